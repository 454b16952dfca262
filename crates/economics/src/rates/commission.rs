//! The marketplace's commission by category and day. Refuses a category that it does not know, and a branch with two rates.

use super::fact::{Read, hundredths, in_force, read};
use super::region::BasisPointsText;
use super::{Confidence, Day, RateError};
use sauda_kernel::BasisPoints;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::LazyLock;

const TABLE: &str = include_str!("../../../../facts/kaspi_commission_by_category_2026.csv");
const HISTORY: &str = include_str!("../../../../facts/kaspi_commission_history.csv");
const SOURCE: &str = "Tarify_Magazina_na_Kaspi_kz_2026 (guide.kaspi.kz, page updated 2026-01-28)";

#[derive(Debug, Deserialize)]
struct Line {
    category_l1: String,
    path_heuristic: String,
    leaf_heuristic: String,
    rate_excl_vat_pct: String,
    rate_incl_vat_pct: String,
    valid_from: String,
    valid_to: String,
}

/// What was known of commissions before the table.
#[derive(Debug, Deserialize)]
struct Before {
    valid_from: String,
    valid_to: String,
    scope: String,
    source: String,
    confidence: Confidence,
}

/// How a name met the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matched {
    Leaf,
    /// All categories below it have this rate.
    Branch,
}

/// A commission with where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommissionRate {
    /// From the top down, ` > ` between.
    pub category: String,
    pub matched: Matched,
    /// Without value added tax.
    pub rate: BasisPoints,
    /// As the marketplace prints it with tax; none on days for which that is not known.
    pub with_vat: Option<BasisPoints>,
    pub from: String,
    pub to: Option<String>,
    pub source: String,
    pub confidence: Confidence,
}

struct Table {
    lines: Vec<Line>,
    before: Vec<Before>,
    /// Folded leaf, path and path with the top.
    leaves: HashMap<String, usize>,
    /// Folded branch: the lines below it.
    branches: HashMap<String, Vec<usize>>,
    /// Folded names of the top.
    tops: HashSet<String>,
}

static LINES: LazyLock<Result<Table, RateError>> = LazyLock::new(build);

fn build() -> Result<Table, RateError> {
    let lines: Read<Line> = read("kaspi_commission_by_category_2026", TABLE);
    let lines = lines?;
    let before: Read<Before> = read("kaspi_commission_history", HISTORY);
    let mut table = Table {
        before: before?,
        leaves: HashMap::with_capacity(lines.len() * 3),
        branches: HashMap::new(),
        tops: HashSet::new(),
        lines,
    };
    for (index, line) in table.lines.iter().enumerate() {
        let top = fold(&line.category_l1);
        let steps: Vec<String> = line.path_heuristic.split('>').map(fold).collect();
        let path = steps.join(">");
        table.leaves.entry(format!("{top}>{path}")).or_insert(index);
        table.leaves.entry(path).or_insert(index);
        table.leaves.entry(fold(&line.leaf_heuristic)).or_insert(index);
        table.tops.insert(top.clone());
        let mut branches = BTreeSet::from([top.clone()]);
        for depth in 1..steps.len() {
            let branch = steps.iter().take(depth).cloned().collect::<Vec<_>>().join(">");
            branches.insert(format!("{top}>{branch}"));
            branches.insert(branch);
        }
        for branch in branches {
            table.branches.entry(branch).or_default().push(index);
        }
    }
    Ok(table)
}

/// Small letters, one space, no quotes: as names are compared.
fn fold(text: &str) -> String {
    let small = crate::words::fold(text).replace(['"', '«', '»', '“', '”'], "");
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A path as people write it, with `>`, `/`, `|`, `→` or `\` between its steps.
fn fold_path(text: &str) -> Vec<String> {
    text.split(['>', '/', '|', '→', '\\', '»', '›'])
        .map(fold)
        .filter(|step| !step.is_empty())
        .collect()
}

/// The commission of a category on a day, by its last name, a path, or a branch below which all rates are the same.
///
/// # Errors
/// When the category is not known, its branch has several rates, or nothing is known for the day.
pub fn commission(category: &str, day: Day) -> Result<CommissionRate, RateError> {
    let table = LINES.as_ref().map_err(RateError::clone)?;
    if let Some(found) = table.look(category, day) {
        return found;
    }
    let steps = fold_path(category);
    Err(RateError::UnknownCategory {
        category: category.chars().take(120).collect(),
        near: table.near(steps.last().map_or("", String::as_str)),
    })
}

/// The same for many categories at once: nothing where [`commission`] would refuse, and no search for names like it.
pub fn commission_known(category: &str, day: Day) -> Option<BasisPoints> {
    let found = LINES.as_ref().ok()?.look(category, day)?;
    found.ok().map(|rate| rate.rate)
}

/// Categories whose path holds every word of the text, nearest first.
pub fn find_categories(text: &str, day: Day, limit: usize) -> Result<Vec<CommissionRate>, RateError> {
    let table = LINES.as_ref().map_err(RateError::clone)?;
    let found = table.find(text);
    found
        .into_iter()
        .take(limit)
        .filter_map(|index| table.lines.get(index))
        .map(|line| table.rate(line, line.category(), Matched::Leaf, day))
        .collect()
}

impl Line {
    fn category(&self) -> String {
        format!("{} > {}", self.category_l1, self.path_heuristic)
    }
}

impl Table {
    /// The rate of a name that the table knows, or why it has none that day; nothing for a name that it does not know.
    fn look(&self, category: &str, day: Day) -> Option<Result<CommissionRate, RateError>> {
        // A name may itself hold one of the signs that divide paths.
        let whole = fold(category);
        let steps = fold_path(category);
        let path = steps.join(">");
        let leaf = steps.last().cloned().unwrap_or_default();
        let direct = self.leaves.get(&whole).or_else(|| self.leaves.get(&path));
        if let Some(line) = direct.and_then(|index| self.lines.get(*index)) {
            return Some(self.rate(line, line.category(), Matched::Leaf, day));
        }
        if let Some(below) = self.branches.get(&whole).or_else(|| self.branches.get(&path)) {
            return Some(self.branch(category, below, day));
        }
        // The middle of a path is written in many ways; its last name is enough when its top agrees.
        let line = self.leaves.get(&leaf).and_then(|index| self.lines.get(*index))?;
        let agrees = steps
            .first()
            .is_some_and(|top| !self.tops.contains(top) || *top == fold(&line.category_l1));
        (steps.len() > 1 && agrees).then(|| self.rate(line, line.category(), Matched::Leaf, day))
    }

    fn rate(
        &self,
        line: &Line,
        category: String,
        matched: Matched,
        day: Day,
    ) -> Result<CommissionRate, RateError> {
        let text = day.to_string();
        let share = |percent: &str| {
            hundredths(percent)
                .and_then(|bp| i32::try_from(bp).ok())
                .map(BasisPoints)
        };
        let broken = || RateError::Table {
            table: "kaspi_commission_by_category_2026",
            line: 0,
            what: format!("{} is no rate", line.rate_excl_vat_pct),
        };
        let rate = share(&line.rate_excl_vat_pct).ok_or_else(broken)?;
        if in_force(&line.valid_from, &line.valid_to, &text) {
            return Ok(CommissionRate {
                category,
                matched,
                rate,
                with_vat: share(&line.rate_incl_vat_pct),
                from: line.valid_from.clone(),
                to: super::fact::ending(&line.valid_to),
                source: SOURCE.to_owned(),
                confidence: Confidence::High,
            });
        }
        let same = |before: &&Before| {
            before.scope == "same three bands" && in_force(&before.valid_from, &before.valid_to, &text)
        };
        match self.before.iter().find(same) {
            Some(before) => Ok(CommissionRate {
                category,
                matched,
                rate,
                with_vat: None,
                from: before.valid_from.clone(),
                to: super::fact::ending(&before.valid_to),
                source: before.source.clone(),
                confidence: before.confidence,
            }),
            None => Err(RateError::NoCommission {
                day: text,
                known: "known from 2025-01-01 on; before that only undated bands of 7, 10, 12 and 15 % without categories",
            }),
        }
    }

    fn branch(&self, name: &str, below: &[usize], day: Day) -> Result<CommissionRate, RateError> {
        let lines: Vec<&Line> = below.iter().filter_map(|index| self.lines.get(*index)).collect();
        let mut rates: BTreeMap<&str, usize> = BTreeMap::new();
        for line in &lines {
            *rates.entry(&line.rate_excl_vat_pct).or_default() += 1;
        }
        match (lines.first(), rates.len()) {
            (Some(line), 1) => {
                let steps = fold_path(name).len();
                let shown = format!("{} > {}", line.category_l1, line.path_heuristic);
                let skip = usize::from(fold_path(name).first() != Some(&fold(&line.category_l1)));
                let kept: Vec<&str> = shown.split(" > ").take(steps + skip).collect();
                self.rate(line, kept.join(" > "), Matched::Branch, day)
            }
            (Some(line), _) => {
                let told: Vec<String> = rates
                    .iter()
                    .map(|(rate, count)| format!("{rate} % in {count}"))
                    .collect();
                Err(RateError::AmbiguousCategory {
                    category: name.chars().take(120).collect(),
                    rates: told.join(", "),
                    example: line.leaf_heuristic.clone(),
                })
            }
            (None, _) => Err(RateError::UnknownCategory {
                category: name.chars().take(120).collect(),
                near: String::new(),
            }),
        }
    }

    /// Lines with all words, the name's own first, short ones before long ones.
    fn find(&self, text: &str) -> Vec<usize> {
        let whole = fold(text);
        let words: Vec<&str> = whole
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        if words.is_empty() {
            return Vec::new();
        }
        let mut found: Vec<(u8, usize, usize)> = Vec::new();
        for (index, line) in self.lines.iter().enumerate() {
            let leaf = fold(&line.leaf_heuristic);
            let all = fold(&line.category());
            if !words.iter().all(|word| all.contains(word)) {
                continue;
            }
            let rank = match (leaf == whole, leaf.starts_with(&whole), leaf.contains(&whole)) {
                (true, _, _) => 0,
                (_, true, _) => 1,
                (_, _, true) => 2,
                _ => 3,
            };
            found.push((rank, leaf.chars().count(), index));
        }
        found.sort_unstable();
        found.into_iter().map(|(_, _, index)| index).collect()
    }

    /// Up to three names like an unknown one, for its refusal.
    fn near(&self, name: &str) -> String {
        let roots: Vec<String> = name
            .split_whitespace()
            .filter(|word| word.chars().count() > 3)
            .map(|word| word.chars().take(5).collect())
            .collect();
        let mut found = self.find(name);
        for root in &roots {
            if found.len() < 3 {
                found.extend(self.find(root));
            }
        }
        let mut names = Vec::new();
        for index in found {
            if let Some(line) = self.lines.get(index)
                && !names.contains(&line.leaf_heuristic.as_str())
                && names.len() < 3
            {
                names.push(&line.leaf_heuristic);
            }
        }
        if names.is_empty() {
            String::new()
        } else {
            format!("; near: {}", names.join(", "))
        }
    }
}

impl CommissionRate {
    /// The rate as people write it: `10.9`.
    pub fn percent(&self) -> String {
        BasisPointsText(i64::from(self.rate.0)).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn rate(category: &str) -> (i32, Matched) {
        let told = commission(category, day("2026-11-20")).unwrap();
        (told.rate.0, told.matched)
    }

    #[test]
    fn a_category_is_found_by_its_last_name_in_any_case_by_its_path_and_by_a_branch_of_one_rate() {
        assert_eq!(rate("чехлы для СМАРТФОНОВ"), (1_350, Matched::Leaf));
        assert_eq!(
            rate("Телефоны и гаджеты > Аксессуары для телефонов > Чехлы для смартфонов"),
            (1_350, Matched::Leaf)
        );
        assert_eq!(
            rate("Аксессуары для телефонов / Чехлы для смартфонов"),
            (1_350, Matched::Leaf)
        );
        assert_eq!(
            rate("Телефоны и гаджеты/Другое место/Чехлы для смартфонов"),
            (1_350, Matched::Leaf)
        );
        assert_eq!(rate("Мебель"), (1_090, Matched::Branch));
        assert_eq!(rate("Продукты питания"), (640, Matched::Branch));
        let told = commission("Аптека > Лекарства", day("2026-11-20")).unwrap();
        assert_eq!((told.rate.0, told.category.as_str()), (640, "Аптека > Лекарства"));
    }

    #[test]
    fn a_branch_of_two_rates_and_an_unknown_name_are_refused_with_the_way_out() {
        let told = commission("Аксессуары", day("2026-11-20"))
            .unwrap_err()
            .to_string();
        assert!(
            told.starts_with(
                "categories under \"Аксессуары\" have different commissions (10.9 % in 14, 13.5 % in 17)"
            ),
            "{told}"
        );
        let told = commission("чехол смартфон", day("2026-11-20"))
            .unwrap_err()
            .to_string();
        assert!(told.contains("; near: "), "{told}");
        assert!(matches!(
            commission("Мебель > Чехлы для смартфонов", day("2026-11-20")),
            Err(RateError::UnknownCategory { .. })
        ));
    }

    #[test]
    fn a_commission_of_2025_is_told_as_less_sure_and_one_of_2024_is_refused() {
        let told = commission("Мебель", day("2026-01-04")).unwrap();
        assert_eq!(
            (told.rate.0, told.with_vat, told.confidence),
            (1_090, None, Confidence::Medium)
        );
        assert_eq!(
            commission("Мебель", day("2026-01-05")).unwrap().with_vat,
            Some(BasisPoints(1_250))
        );
        assert!(matches!(
            commission("Мебель", day("2024-12-31")),
            Err(RateError::NoCommission { .. })
        ));
    }

    #[test]
    fn all_4125_lines_are_read_and_each_is_found_by_its_own_path() {
        let table = LINES.as_ref().unwrap();
        assert_eq!(table.lines.len(), 4_125);
        let at = day("2026-11-20");
        for line in table.lines.iter().step_by(7) {
            let told = commission(&line.category(), at).unwrap();
            assert_eq!(
                told.rate.0,
                i32::try_from(hundredths(&line.rate_excl_vat_pct).unwrap()).unwrap()
            );
        }
    }
}
