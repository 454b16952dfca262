//! Learns the weights of `data/weights.bin` from the phrases beside it and tells how well. Refuses any other data; a CSV file of
//! messages (`id,intent,lang,text`) given as argument is only measured.

use sauda_messages::understand::{
    Intent,
    fold::tokens,
    learn::{Sample, learn, samples},
    lexicon::lexicon,
    model::Model,
    phrases,
};
use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;

const FOLDS: usize = 5;

/// Right, wrongly said, missed.
type Counts = BTreeMap<Intent, (u32, u32, u32)>;

fn tell(counts: &mut Counts, truth: Intent, said: Intent) {
    if truth == said {
        counts.entry(truth).or_default().0 += 1;
    } else {
        counts.entry(said).or_default().1 += 1;
        counts.entry(truth).or_default().2 += 1;
    }
}

fn macro_f1(counts: &Counts) -> f64 {
    let there = counts.values().filter(|(right, _, missed)| right + missed > 0);
    let scores: Vec<f64> = there
        .map(|(right, wrong, missed)| 2.0 * f64::from(*right) / f64::from(2 * right + wrong + missed))
        .collect();
    scores.iter().sum::<f64>() / f64::from(u32::try_from(scores.len()).unwrap_or(1).max(1))
}

fn said(model: &Model, text: &str) -> (Intent, f64) {
    model
        .rank(&tokens(text), lexicon())
        .first()
        .copied()
        .unwrap_or((Intent::Other, 0.0))
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut out = std::io::stdout().lock();
    let mut arguments = std::env::args().skip(1);
    let only_write = std::env::args().any(|argument| argument == "--write");
    let file = arguments.find(|argument| !argument.starts_with("--"));
    if file.is_none() && !only_write {
        let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
        for fold in 0..FOLDS {
            let model =
                Model::read(&learn(&samples(|place| place % FOLDS != fold)).to_bytes()).ok_or("no model")?;
            for (_, phrase) in phrases::all()
                .enumerate()
                .filter(|(place, _)| place % FOLDS == fold)
            {
                let (intent, _) = said(&model, phrase.text);
                tell(counts.entry("all").or_default(), phrase.intent, intent);
                tell(counts.entry(phrase.language).or_default(), phrase.intent, intent);
                if phrase.intent != intent && std::env::args().any(|argument| argument == "--errors") {
                    writeln!(out, "{:?} said {intent:?}: {}", phrase.intent, phrase.text)?;
                }
            }
        }
        for (language, counts) in counts {
            writeln!(
                out,
                "own phrases, {FOLDS} folds, {language}: macro F1 {:.3}",
                macro_f1(&counts)
            )?;
        }
    }
    let all: Vec<Sample> = samples(|_| true);
    let bytes = learn(&all).to_bytes();
    let model = Model::read(&bytes).ok_or("no model")?;
    if let Some(file) = file {
        measure(&model, &file, &mut out)?;
    } else {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/data/weights.bin"), &bytes)?;
        writeln!(out, "{} samples, {} bytes of weights", all.len(), bytes.len())?;
    }
    Ok(())
}

fn measure(model: &Model, file: &str, out: &mut impl std::io::Write) -> Result<(), Box<dyn Error>> {
    let mut rows: Vec<(Intent, String, String)> = Vec::new();
    for row in csv::Reader::from_path(file)?.records() {
        let row = row?;
        let field = |place: usize| row.get(place).unwrap_or_default().to_owned();
        rows.push((
            Intent::of_word(&field(1)).ok_or("an unknown intent")?,
            field(2),
            field(3),
        ));
    }
    let part = std::env::args().find_map(|argument| argument.strip_prefix("--half=").map(str::to_owned));
    let mut seen: BTreeMap<Intent, usize> = BTreeMap::new();
    let totals = rows
        .iter()
        .fold(BTreeMap::<Intent, usize>::new(), |mut totals, row| {
            *totals.entry(row.0).or_default() += 1;
            totals
        });
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    for (intent, language, text) in &rows {
        let place = seen.entry(*intent).or_default();
        *place += 1;
        let first = *place <= totals.get(intent).copied().unwrap_or(0).div_ceil(2);
        if part.as_deref().is_some_and(|part| (part == "1") != first) {
            continue;
        }
        let (said, sure) = said(model, text);
        tell(counts.entry("all".to_owned()).or_default(), *intent, said);
        tell(counts.entry(language.clone()).or_default(), *intent, said);
        if *intent != said && std::env::args().any(|argument| argument == "--errors") {
            writeln!(out, "{intent:?} said {said:?} {sure:.2}: {text}")?;
        }
    }
    for (language, counts) in counts {
        writeln!(out, "{language}: macro F1 {:.3}", macro_f1(&counts))?;
    }
    Ok(())
}
