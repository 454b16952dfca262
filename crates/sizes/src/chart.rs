//! Size tables of brands and pieces: lines of girths that win over the tables of bodies. Refuses lines that contradict
//! themselves.

use std::io::Read;

/// What a table may measure, in the order of [`Line::girths`].
pub const MEASURES: [&str; 7] = ["chest", "underbust", "waist", "hips", "height", "weight", "foot"];

/// One size of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    pub size: String,
    /// From and to of each of [`MEASURES`].
    pub girths: [Option<(f64, f64)>; 7],
}

/// The table of one piece or brand, smallest size first.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Chart {
    pub brand: Option<String>,
    pub item: Option<String>,
    pub category: Option<String>,
    pub gender: Option<String>,
    pub lines: Vec<Line>,
}

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct ChartProblem {
    pub code: &'static str,
    /// The column or measure to blame.
    pub field: String,
    /// Line of the file, from 1; none inside of a question.
    pub line: Option<u64>,
    pub message: String,
    pub hint: &'static str,
}

fn problem(code: &'static str, field: &str, message: String, hint: &'static str) -> ChartProblem {
    ChartProblem {
        code,
        field: field.to_owned(),
        line: None,
        message,
        hint,
    }
}

impl Chart {
    /// Adds one size from its words: `chest` with `88-92`, or `chest_from` with `chest_to`.
    ///
    /// # Errors
    /// A column nobody knows, a value that is no number, a line that measures nothing.
    pub fn add<'a>(
        &mut self,
        size: &str,
        words: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), ChartProblem> {
        let size = size.trim();
        if size.is_empty() {
            let hint = "write the size in the column size";
            return Err(problem(
                "missing-field",
                "size",
                "a line without a size".to_owned(),
                hint,
            ));
        }
        if self.lines.iter().any(|line| line.size.eq_ignore_ascii_case(size)) {
            let message = format!("the size {size} stands twice in the table");
            return Err(problem("twice", "size", message, "leave one line for each size"));
        }
        let mut ends: [(Option<f64>, Option<f64>); 7] = [(None, None); 7];
        for (name, text) in words {
            put(&mut ends, name, text)?;
        }
        let mut girths = [None; 7];
        for ((girth, (from, to)), name) in girths.iter_mut().zip(ends).zip(MEASURES) {
            *girth = match (from, to) {
                (None, None) => None,
                (Some(from), Some(to)) if from > to => {
                    let message = format!("{name} of {size} goes from {from} to {to}");
                    return Err(problem(
                        "wrong-value",
                        name,
                        message,
                        "put the smaller number first",
                    ));
                }
                (Some(one), Some(other)) => Some((one, other)),
                (Some(one), None) | (None, Some(one)) => Some((one, one)),
            };
        }
        if girths.iter().all(Option::is_none) {
            let message = format!("the size {size} has no measures");
            let hint = "give chest, underbust, waist, hips, height, weight or foot";
            return Err(problem("no-measures", "size", message, hint));
        }
        self.lines.push(Line {
            size: size.to_owned(),
            girths,
        });
        Ok(())
    }

    /// Checks that every measure grows from line to line; turns a table around that begins with the largest size.
    ///
    /// # Errors
    /// A measure that goes up and down, or fewer than two sizes.
    pub fn settle(&mut self) -> Result<(), ChartProblem> {
        if self.lines.len() < 2 {
            let message = format!("a table of {} sizes", self.lines.len());
            return Err(problem("too-short", "table", message, "give two sizes at least"));
        }
        let falls = (0..MEASURES.len()).all(|measure| {
            let middles = self.middles(measure);
            middles
                .windows(2)
                .all(|pair| matches!(pair, [left, right] if left.1 >= right.1))
        });
        if falls {
            self.lines.reverse();
        }
        for (measure, name) in MEASURES.iter().enumerate() {
            for pair in self.middles(measure).windows(2) {
                if let [(left, one), (right, other)] = pair
                    && one > other
                {
                    let size = |at: usize| self.lines.get(at).map_or("", |line| line.size.as_str());
                    let message = format!(
                        "{name} of {} ({one}) is above that of {} ({other})",
                        size(*left),
                        size(*right)
                    );
                    let hint =
                        "order the lines from the smallest size to the largest and correct the numbers";
                    return Err(problem("not-rising", name, message, hint));
                }
            }
        }
        Ok(())
    }

    /// Orders the lines by the first measure that all of them have: for tables that come without an order.
    pub fn sort(&mut self) {
        let whole = (0..MEASURES.len()).find(|at| {
            self.lines
                .iter()
                .all(|line| line.girths.get(*at).is_some_and(Option::is_some))
        });
        if let Some(at) = whole {
            let middle = |line: &Line| {
                line.girths
                    .get(at)
                    .copied()
                    .flatten()
                    .map_or(0.0, |(from, to)| from + to)
            };
            self.lines
                .sort_by(|left, right| middle(left).total_cmp(&middle(right)));
        }
    }

    /// Line and middle of a measure, where the table has it.
    #[must_use]
    pub fn middles(&self, measure: usize) -> Vec<(usize, f64)> {
        self.lines
            .iter()
            .enumerate()
            .filter_map(|(at, line)| {
                let (from, to) = (*line.girths.get(measure)?)?;
                Some((at, f64::midpoint(from, to)))
            })
            .collect()
    }

    /// Where a measured body lies among the lines; none when the table does not measure that.
    #[must_use]
    pub fn place(&self, measure: usize, value: f64) -> Option<f64> {
        let middles = self.middles(measure);
        let rows: Vec<f64> = middles.iter().map(|(at, _)| crate::tables::real(*at)).collect();
        let values: Vec<f64> = middles.iter().map(|(_, value)| *value).collect();
        let distinct = values
            .windows(2)
            .all(|pair| matches!(pair, [left, right] if left < right));
        if values.len() < 2 || !distinct {
            // Letters may share a height: where a measure stands still, it says nothing.
            return None;
        }
        crate::tables::value(&rows, crate::tables::place(&values, value)?)
    }

    /// The line of a size.
    #[must_use]
    pub fn line_of(&self, size: &str) -> Option<usize> {
        self.lines
            .iter()
            .position(|line| line.size.to_lowercase() == size.trim().to_lowercase())
    }
}

fn put(ends: &mut [(Option<f64>, Option<f64>); 7], name: &str, text: &str) -> Result<(), ChartProblem> {
    let bare = name.trim().to_lowercase();
    let bare = bare.replace("_cm", "").replace("_kg", "");
    let (measure, end) = match bare.rsplit_once('_') {
        Some((measure, "from" | "min")) => (measure, -1),
        Some((measure, "to" | "max")) => (measure, 1),
        _ => (bare.as_str(), 0),
    };
    let measure = match measure {
        "bust" => "chest",
        "hip" => "hips",
        "foot_length" => "foot",
        other => other,
    };
    let slot = MEASURES
        .iter()
        .position(|one| *one == measure)
        .and_then(|at| ends.get_mut(at));
    let Some(slot) = slot else {
        let message = format!("unknown column {name:?} in a size table");
        let hint = "columns: size, chest, underbust, waist, hips, height, weight, foot, each also with _from and _to";
        return Err(problem("unknown-field", name, message, hint));
    };
    let text = text
        .trim()
        .replace(',', ".")
        .replace(['\u{2013}', '\u{2014}'], "-");
    if text.is_empty() {
        return Ok(());
    }
    let (from, to) = text.split_once('-').unwrap_or((&text, &text));
    let read = |part: &str| {
        let value = part.trim().parse::<f64>().ok();
        value.filter(|value| value.is_finite() && (1.0..=400.0).contains(value))
    };
    let (Some(from), Some(to)) = (read(from), read(to)) else {
        let message = format!("{name} is {text:?}, not a measure");
        return Err(problem(
            "wrong-value",
            name,
            message,
            "write centimetres or kilograms, `92` or `88-92`",
        ));
    };
    match end {
        -1 => slot.0 = Some(from),
        1 => slot.1 = Some(to),
        _ => *slot = (Some(from), Some(to)),
    }
    Ok(())
}

/// Tables of a shop, found by piece, then by brand, category and gender.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Charts {
    charts: Vec<Chart>,
}

impl Charts {
    /// Reads tables from CSV: brand, item, category, gender, size and measures; a line belongs to the table of its words.
    ///
    /// # Errors
    /// The first line that cannot be used, with its number.
    pub fn read(input: impl Read) -> Result<Self, ChartProblem> {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(input);
        let broken = |error: &csv::Error| ChartProblem {
            line: error.position().map(csv::Position::line),
            ..problem(
                "bad-csv",
                "table",
                error.to_string(),
                "send CSV with a first line of column names, in UTF-8",
            )
        };
        let names = reader.headers().map_err(|error| broken(&error))?.clone();
        let mut charts = Self::default();
        for record in reader.records() {
            let record = record.map_err(|error| broken(&error))?;
            let line = record.position().map(csv::Position::line);
            let word = |wanted: &str| {
                let found = names
                    .iter()
                    .zip(&record)
                    .find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
                found
                    .map(|(_, text)| text.trim().to_owned())
                    .filter(|text| !text.is_empty())
            };
            let keys = ["brand", "item", "category", "gender"].map(word);
            if keys.iter().take(2).all(Option::is_none) {
                let message = "a line that belongs to no brand and no item".to_owned();
                let mut found = problem("missing-field", "brand", message, "fill brand or item");
                found.line = line;
                return Err(found);
            }
            let rest = names.iter().zip(&record).filter(|(name, _)| {
                !["brand", "item", "category", "gender", "size", "source", "note"]
                    .iter()
                    .any(|key| name.trim().eq_ignore_ascii_case(key))
            });
            let size = word("size").unwrap_or_default();
            charts
                .of(keys)
                .add(&size, rest)
                .map_err(|found| ChartProblem { line, ..found })?;
        }
        for chart in &mut charts.charts {
            chart.settle()?;
        }
        Ok(charts)
    }

    /// Adds one line to the table of its brand, item, category and gender; [`Charts::settle`] checks the tables.
    ///
    /// # Errors
    /// What is wrong with the line.
    pub fn add<'a>(
        &mut self,
        keys: [Option<String>; 4],
        size: &str,
        words: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Result<(), ChartProblem> {
        if keys.iter().take(2).all(Option::is_none) {
            let message = "a line that belongs to no brand and no item".to_owned();
            return Err(problem("missing-field", "brand", message, "fill brand or item"));
        }
        self.of(keys).add(size, words)
    }

    /// Checks every table; what is wrong, with the number of the table.
    pub fn settle(&mut self) -> Vec<(usize, ChartProblem)> {
        let settled = self.charts.iter_mut().map(Chart::settle).enumerate();
        settled
            .filter_map(|(at, settled)| settled.err().map(|problem| (at, problem)))
            .collect()
    }

    /// The tables, in the order in which they were first named.
    #[must_use]
    pub fn charts(&self) -> &[Chart] {
        &self.charts
    }

    fn of(&mut self, [brand, item, category, gender]: [Option<String>; 4]) -> &mut Chart {
        let at = self.charts.iter().position(|chart| {
            (&chart.brand, &chart.item, &chart.category, &chart.gender) == (&brand, &item, &category, &gender)
        });
        let at = at.unwrap_or(self.charts.len());
        if at == self.charts.len() {
            self.charts.push(Chart {
                brand,
                item,
                category,
                gender,
                lines: Vec::new(),
            });
        }
        #[expect(clippy::indexing_slicing, reason = "found or pushed just above")]
        &mut self.charts[at]
    }

    /// The table nearest to a piece: its own, else its brand's of the same category and gender, else its brand's.
    #[must_use]
    pub fn find(
        &self,
        item: Option<&str>,
        brand: Option<&str>,
        category: Option<&str>,
        gender: Option<&str>,
    ) -> Option<&Chart> {
        let same = |wanted: &Option<String>, given: Option<&str>| match (wanted, given) {
            (None, _) => Some(0),
            (Some(wanted), Some(given)) if wanted.to_lowercase() == given.trim().to_lowercase() => Some(1),
            (Some(_), _) => None,
        };
        let score = |chart: &Chart| {
            Some(
                8 * same(&chart.item, item)?
                    + 4 * same(&chart.brand, brand)?
                    + 2 * same(&chart.category, category)?
                    + same(&chart.gender, gender)?,
            )
        };
        self.charts
            .iter()
            .filter_map(|chart| Some((score(chart)?, chart)))
            .filter(|(score, _)| *score >= 4)
            .max_by_key(|(score, _)| *score)
            .map(|(_, chart)| chart)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CSV: &str = "brand,category,gender,size,chest,waist_from,waist_to\n\
        Alfa,dress,women,S,84-88,66,70\nAlfa,dress,women,M,88-92,70,74\nAlfa,dress,women,L,\"92,5-96\",74,78\n";

    #[test]
    fn a_table_is_read_and_found_by_its_words() {
        let charts = Charts::read(CSV.as_bytes()).unwrap();
        let chart = charts
            .find(Some("1"), Some("alfa"), Some("dress"), Some("women"))
            .unwrap();
        assert_eq!(chart.place(0, 90.0), Some(1.0));
        assert_eq!(chart.place(2, 68.0), Some(0.0));
        assert_eq!(chart.place(3, 90.0), None);
        assert_eq!(chart.line_of(" m "), Some(1));
        assert!(charts.find(None, Some("beta"), Some("dress"), None).is_none());
        assert!(charts.find(None, Some("alfa"), Some("coat"), None).is_none());
    }

    #[test]
    fn what_cannot_be_a_table_is_refused_with_its_line() {
        let cases = [
            ("brand,size,chest\nA,S,84\nA,M,x\n", "wrong-value", Some(3)),
            ("brand,size,chest\nA,S,88\nA,M,84\nA,L,90\n", "not-rising", None),
            ("brand,size,colour\nA,S,red\n", "unknown-field", Some(2)),
            ("brand,size,chest\n,S,84\n", "missing-field", Some(2)),
            ("brand,size,chest\nA,S,84\nA,s,86\n", "twice", Some(3)),
            ("brand,size,chest\nA,S,\n", "no-measures", Some(2)),
            ("brand,size,chest\nA,S,84\n", "too-short", None),
            ("brand,size,chest\nA,S\n", "bad-csv", Some(2)),
        ];
        for (text, code, line) in cases {
            let found = Charts::read(text.as_bytes()).unwrap_err();
            assert_eq!((found.code, found.line), (code, line), "{text}: {found}");
        }
    }

    #[test]
    fn a_table_from_large_to_small_is_turned_around() {
        let charts = Charts::read("brand,size,chest\nA,L,96\nA,M,92\nA,S,88\n".as_bytes()).unwrap();
        assert_eq!(
            charts.find(None, Some("A"), None, None).unwrap().line_of("S"),
            Some(0)
        );
    }
}
