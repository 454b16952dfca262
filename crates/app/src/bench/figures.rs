//! Measured figures beside their goals, as lines for people and as a table for the handbook. Refuses to round a miss into a hit.

use std::time::Duration;

/// One measured figure.
#[derive(Debug, Clone)]
pub struct Figure {
    pub part: &'static str,
    pub what: String,
    pub value: String,
    /// The goal as people read it and whether it was met; `None` for a figure that only informs.
    pub goal: Option<(String, bool)>,
}

/// All figures of a run.
#[derive(Debug, Default)]
pub struct Figures(Vec<Figure>);

impl Figures {
    /// Notes and prints a figure that only informs.
    pub fn note(&mut self, part: &'static str, what: impl Into<String>, value: impl Into<String>) {
        self.add(Figure {
            part,
            what: what.into(),
            value: value.into(),
            goal: None,
        });
    }

    /// Notes and prints a figure that should be at least so much.
    pub fn at_least(
        &mut self,
        part: &'static str,
        what: impl Into<String>,
        value: f64,
        goal: f64,
        unit: &str,
    ) {
        let goal_met = (format!("≥ {}{unit}", number(goal)), value >= goal);
        self.add(Figure {
            part,
            what: what.into(),
            value: format!("{}{unit}", number(value)),
            goal: Some(goal_met),
        });
    }

    /// Notes and prints a figure that should be at most so much.
    pub fn at_most(
        &mut self,
        part: &'static str,
        what: impl Into<String>,
        value: f64,
        goal: f64,
        unit: &str,
    ) {
        let goal_met = (format!("≤ {}{unit}", number(goal)), value <= goal);
        self.add(Figure {
            part,
            what: what.into(),
            value: format!("{}{unit}", number(value)),
            goal: Some(goal_met),
        });
    }

    fn add(&mut self, figure: Figure) {
        let goal = match &figure.goal {
            None => String::new(),
            Some((goal, true)) => format!("   (goal {goal}: met)"),
            Some((goal, false)) => format!("   (goal {goal}: MISSED)"),
        };
        crate::logs::say(&format!(
            "{:<10} {}: {}{goal}",
            figure.part, figure.what, figure.value
        ));
        self.0.push(figure);
    }

    /// How many goals were missed.
    pub fn missed(&self) -> usize {
        self.0
            .iter()
            .filter(|figure| matches!(figure.goal, Some((_, false))))
            .count()
    }

    /// The table of the handbook.
    pub fn table(&self) -> String {
        let mut text =
            String::from("| Part | What | Measured | Goal | |\n| --- | --- | ---: | ---: | --- |\n");
        for figure in &self.0 {
            let (goal, met) = match &figure.goal {
                None => ("", ""),
                Some((goal, true)) => (goal.as_str(), "met"),
                Some((goal, false)) => (goal.as_str(), "**missed**"),
            };
            text.push_str(&format!(
                "| {} | {} | {} | {goal} | {met} |\n",
                figure.part, figure.what, figure.value
            ));
        }
        text
    }
}

/// Three significant digits, thin groups of thousands.
pub fn number(value: f64) -> String {
    let size = value.abs();
    if size >= 1_000.0 {
        let digits = format!("{value:.0}");
        let (sign, digits) = digits
            .strip_prefix('-')
            .map_or(("", digits.as_str()), |rest| ("-", rest));
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(' ');
            }
            grouped.push(digit);
        }
        return format!("{sign}{grouped}");
    }
    match size {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        _ => format!("{value:.3}"),
    }
}

/// A count as a number of the charts' kind.
pub fn count(value: usize) -> f64 {
    f64::from(u32::try_from(value).unwrap_or(u32::MAX))
}

/// Milliseconds.
pub fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

/// The time below which this share of them lies; the list is sorted by this.
pub fn percentile(times: &mut [Duration], percent: usize) -> Duration {
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(at).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_well_and_misses_are_told() {
        for (value, text) in [
            (1_234_567.8, "1 234 568"),
            (1_000.0, "1 000"),
            (99.95, "100.0"),
            (2.5, "2.50"),
            (0.123_4, "0.123"),
            (-4_500.0, "-4 500"),
        ] {
            assert_eq!(number(value), text);
        }
        let mut figures = Figures::default();
        figures.at_most("pages", "p95", 51.0, 50.0, " ms");
        assert_eq!(figures.missed(), 1);
        assert!(
            figures
                .table()
                .ends_with("| pages | p95 | 51.0 ms | ≤ 50.0 ms | **missed** |\n")
        );
    }

    #[test]
    fn the_ninety_fifth_of_a_hundred_is_the_ninety_fifth() {
        let mut times: Vec<Duration> = (1..=100).rev().map(Duration::from_millis).collect();
        assert_eq!(percentile(&mut times, 95), Duration::from_millis(95));
        assert_eq!(
            percentile(&mut [Duration::from_millis(7)], 95),
            Duration::from_millis(7)
        );
    }
}
