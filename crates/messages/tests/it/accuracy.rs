//! How well intents are told on messages of our own that nothing is learned from. Refuses to fall under what was reached.

use sauda_messages::understand::{Intent, understand};
use std::collections::BTreeMap;

const MESSAGES: &str = include_str!("../../data/check.txt");

fn rows() -> Vec<(Intent, &'static str, &'static str)> {
    let (mut intent, mut language, mut rows) = (Intent::Other, "", Vec::new());
    for line in MESSAGES
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(word) = line.strip_prefix("== ") {
            intent = Intent::of_word(word).unwrap();
        } else if let Some(word) = line.strip_prefix("= ") {
            language = word;
        } else {
            rows.push((intent, language, line));
        }
    }
    rows
}

fn macro_f1(rows: &[(Intent, &str, &str)]) -> f64 {
    let mut counts: BTreeMap<Intent, (f64, f64)> = BTreeMap::new();
    for (truth, _, text) in rows {
        let (said, _) = understand(text, None).intent();
        if said == *truth {
            counts.entry(*truth).or_default().0 += 1.0;
        } else {
            counts.entry(*truth).or_default().1 += 1.0;
            counts.entry(said).or_default().1 += 1.0;
        }
    }
    let there = Intent::ALL
        .iter()
        .filter(|intent| rows.iter().any(|(truth, ..)| truth == *intent));
    let scores: Vec<f64> = there
        .map(|intent| {
            let (right, wrong) = counts.get(intent).copied().unwrap_or_default();
            2.0 * right / 2.0_f64.mul_add(right, wrong)
        })
        .collect();
    scores.iter().sum::<f64>() / f64::from(u32::try_from(scores.len()).unwrap())
}

#[test]
fn intents_of_unlearned_messages_are_told_in_each_language() {
    let rows = rows();
    assert!(rows.len() > 200);
    let all = macro_f1(&rows);
    assert!(all >= 0.95, "macro F1 {all:.3}");
    for language in ["ru", "kk", "mix"] {
        let own: Vec<_> = rows.iter().filter(|row| row.1 == language).copied().collect();
        let score = macro_f1(&own);
        assert!(score >= 0.93, "{language}: macro F1 {score:.3}");
    }
}
