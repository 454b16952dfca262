//! A report in the words of one reader: lines for a talk, a sheet for paper and picture, a table file, blocks for a page. Refuses to find
//! anything: it says what was found.

use super::model::{Made, PlanKind};
use crate::findings::{Bar, Col, Part, Value};
use sauda_accounts::Language;
use sauda_kernel::{Money, Span, Timestamp};
use sauda_labels::{Block, Column, LabelsError, Sheet, sheet_pdf, sheet_picture};
use sauda_messages::team::{Said, Speaker, notice_words};

/// Rows of a table that are told in a talk.
const TOLD: usize = 5;
/// Rows of a table on a picture.
const SHOWN: usize = 6;

/// A name and its value, with the same before when that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperFact {
    pub name: String,
    pub value: String,
    pub before: Option<String>,
}

/// A bar: its length is thousandths of the longest, below zero for a loss.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperBar {
    pub label: String,
    pub value: String,
    pub share: i32,
    pub before: Option<(String, i32)>,
    /// Between which values it lies most likely, and how long they would be.
    pub range: Option<(String, [i32; 2])>,
}

/// A part of a report in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperBlock {
    Say(String),
    Facts(Vec<PaperFact>),
    Table {
        title: String,
        /// Name, and whether it is of numbers.
        columns: Vec<(String, bool)>,
        rows: Vec<Vec<String>>,
        /// What of it is not here.
        more: Option<String>,
    },
    Bars {
        title: String,
        in_time: bool,
        bars: Vec<PaperBar>,
    },
}

/// A report in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    pub title: String,
    pub subtitle: String,
    /// It in one sentence.
    pub head: String,
    pub blocks: Vec<PaperBlock>,
    /// `{n}` and `{m}` stand for the page and their number.
    pub page: String,
    was: String,
}

struct Say<'a> {
    speaker: &'a dyn Speaker,
    language: Language,
    now: Timestamp,
}

/// A whole number with its thousands apart.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + 4);
    if number < 0 {
        out.push('\u{2212}');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// From one number to another.
fn range_of(low: i64, high: i64) -> String {
    format!("{}–{}", grouped(low), grouped(high))
}

impl Say<'_> {
    fn say(&self, key: &str, args: &[(&str, Said)]) -> String {
        self.speaker.say(self.language, self.now, key, args)
    }

    fn tenths(&self, tenths: i64) -> String {
        let comma = if self.language == Language::En { '.' } else { ',' };
        format!("{}{comma}{}", grouped(tenths / 10), (tenths % 10).abs())
    }

    fn value(&self, value: &Value) -> String {
        let plain = |said| self.say("team-value", &[("value", said)]);
        match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => grouped(*number),
            Value::Tenths(tenths) => self.tenths(*tenths),
            Value::Range(low, high) => range_of(*low, *high),
            Value::Money(tiyn) => plain(Said::Money(Money::from_tiyn(*tiyn))),
            Value::Change(bp) => {
                let sign = if *bp < 0 { "\u{2212}" } else { "+" };
                format!("{sign}{}\u{a0}%", self.tenths((bp.abs() + 5) / 10))
            }
            Value::Day(at) => plain(Said::Day(*at)),
            Value::Moment(at) => plain(Said::Moment(*at)),
            Value::Key(key) => self.say(key, &[]),
            Value::Notice { word, args } => {
                notice_words(self.speaker, self.language, self.now, word, args.iter())
            }
            Value::Unknown => "—".to_owned(),
        }
    }

    /// A value in a sentence: numbers choose the plural there.
    fn said(&self, value: &Value) -> Said {
        match value {
            Value::Number(number) => Said::Number(*number),
            Value::Money(tiyn) => Said::Money(Money::from_tiyn(*tiyn)),
            Value::Day(at) => Said::Day(*at),
            Value::Moment(at) => Said::Moment(*at),
            Value::Key(key) => Said::Key(key.clone()),
            other => Said::Text(self.value(other)),
        }
    }

    fn sentence(&self, key: &str, args: &[(String, Value)]) -> String {
        let args: Vec<(&str, Said)> = args
            .iter()
            .map(|(name, value)| (name.as_str(), self.said(value)))
            .collect();
        self.say(key, &args)
    }

    fn block(&self, part: &Part, sees_money: bool) -> Option<PaperBlock> {
        let shown = |value: &Value| sees_money || !value.is_money();
        match part {
            Part::Say { word, args } => args
                .iter()
                .all(|(_, value)| shown(value))
                .then(|| PaperBlock::Say(self.sentence(&format!("report-say-{word}"), args))),
            Part::Facts { rows } => {
                let facts: Vec<PaperFact> = rows
                    .iter()
                    .filter(|(_, value, _)| shown(value))
                    .map(|(word, value, before)| PaperFact {
                        name: self.say(&format!("report-fact-{word}"), &[]),
                        value: self.value(value),
                        before: before.as_ref().map(|before| self.value(before)),
                    })
                    .collect();
                (!facts.is_empty()).then_some(PaperBlock::Facts(facts))
            }
            Part::Table {
                word,
                columns,
                rows,
                more,
            } => Some(self.table(word, columns, rows, *more, sees_money)),
            Part::Bars { word, in_time, bars } => {
                bars.iter()
                    .all(|bar| shown(&bar.value))
                    .then(|| PaperBlock::Bars {
                        title: self.say(&format!("report-part-{word}"), &[]),
                        in_time: *in_time,
                        bars: self.bars(bars),
                    })
            }
        }
    }

    fn table(
        &self,
        word: &str,
        columns: &[Col],
        rows: &[Vec<Value>],
        more: i64,
        sees_money: bool,
    ) -> PaperBlock {
        let kept = |column: &&Col| sees_money || !column.is_money;
        PaperBlock::Table {
            title: self.say(&format!("report-part-{word}"), &[]),
            columns: columns
                .iter()
                .filter(kept)
                .map(|column| {
                    (
                        self.say(&format!("report-col-{}", column.word), &[]),
                        column.is_number,
                    )
                })
                .collect(),
            rows: rows
                .iter()
                .map(|row| {
                    let cells = columns.iter().zip(row).filter(|(column, _)| kept(column));
                    cells.map(|(_, value)| self.value(value)).collect()
                })
                .collect(),
            more: (more > 0).then(|| self.say("report-more", &[("n", Said::Number(more))])),
        }
    }

    fn bars(&self, bars: &[Bar]) -> Vec<PaperBar> {
        let size = |value: &Value| match value {
            Value::Number(size) | Value::Tenths(size) | Value::Money(size) | Value::Change(size) => *size,
            _ => 0,
        };
        let longest = bars
            .iter()
            .flat_map(|bar| [Some(&bar.value), bar.before.as_ref()])
            .flatten()
            .map(|value| size(value).abs())
            .chain(bars.iter().filter_map(|bar| bar.range.map(|(_, high)| high)))
            .max()
            .unwrap_or(0)
            .max(1);
        let of_longest = |size: i64| {
            let share = i128::from(size) * 1_000 / i128::from(longest);
            i32::try_from(share).unwrap_or(0)
        };
        let share = |value: &Value| of_longest(size(value));
        bars.iter()
            .map(|bar| PaperBar {
                label: self.value(&bar.label),
                value: self.value(&bar.value),
                share: share(&bar.value),
                before: bar
                    .before
                    .as_ref()
                    .map(|before| (self.value(before), share(before))),
                range: bar
                    .range
                    .map(|(low, high)| (range_of(low, high), [low, high].map(of_longest))),
            })
            .collect()
    }
}

impl Paper {
    /// What a report found, in words. Money is left out for eyes without the right to it.
    pub fn of(
        speaker: &dyn Speaker,
        language: Language,
        now: Timestamp,
        made: &Made,
        shop: Option<&str>,
        sees_money: bool,
    ) -> Self {
        let say = Say {
            speaker,
            language,
            now,
        };
        let kind = say.say(&format!("report-kind-{}", made.kind.word()), &[]);
        let shop = shop.map_or_else(|| say.say("report-all-shops", &[]), str::to_owned);
        let span = span(&say, made);
        let findings = made.findings.clone().unwrap_or_default();
        let hides = |args: &[(String, Value)]| !sees_money && args.iter().any(|(_, value)| value.is_money());
        let head = if findings.head.is_empty() {
            say.say("report-making", &[])
        } else if hides(&findings.args) {
            say.say(
                &format!("report-head-{}-bare", findings.head),
                &bare(&say, &findings.args),
            )
        } else {
            say.sentence(&format!("report-head-{}", findings.head), &findings.args)
        };
        Self {
            title: made.name.clone(),
            subtitle: [kind, shop, span].join(" · "),
            head,
            blocks: findings
                .parts
                .iter()
                .filter_map(|part| say.block(part, sees_money))
                .collect(),
            page: say.say("day-page", &[("n", Said::from("{n}")), ("m", Said::from("{m}"))]),
            was: say.say("report-was", &[]),
        }
    }

    /// Headings with names and values, short: for a talk and a letter.
    pub fn lines(&self) -> Vec<(String, Vec<(String, String)>)> {
        let first = vec![
            (String::new(), self.head.clone()),
            (String::new(), self.subtitle.clone()),
        ];
        let mut parts = vec![(String::new(), first)];
        for block in &self.blocks {
            match block {
                PaperBlock::Say(text) => parts.push((String::new(), vec![(String::new(), text.clone())])),
                PaperBlock::Facts(facts) => {
                    let rows = facts.iter().map(|fact| (fact.name.clone(), self.fact(fact)));
                    parts.push((String::new(), rows.collect()));
                }
                PaperBlock::Table {
                    title, rows, more, ..
                } => {
                    let mut told: Vec<(String, String)> = rows
                        .iter()
                        .take(TOLD)
                        .map(|row| {
                            let (name, rest) = row
                                .split_first()
                                .map_or(("", &[][..]), |(name, rest)| (name.as_str(), rest));
                            let rest: Vec<&str> = rest
                                .iter()
                                .map(String::as_str)
                                .filter(|cell| *cell != "—")
                                .collect();
                            (name.to_owned(), rest.join(" · "))
                        })
                        .collect();
                    if rows.len() <= TOLD {
                        told.extend(more.clone().map(|more| (String::new(), more)));
                    } else {
                        told.push((String::new(), "…".to_owned()));
                    }
                    parts.push((title.clone(), told));
                }
                PaperBlock::Bars { .. } => {}
            }
        }
        parts
    }

    fn fact(&self, fact: &PaperFact) -> String {
        match &fact.before {
            Some(before) => format!("{} ({} {before})", fact.value, self.was),
            None => fact.value.clone(),
        }
    }

    fn sheet(&self, rows: usize) -> Sheet {
        let mut blocks = vec![Block::Text(self.head.clone())];
        for block in &self.blocks {
            match block {
                PaperBlock::Say(text) => blocks.push(Block::Text(text.clone())),
                PaperBlock::Facts(facts) => blocks.push(Block::Facts(
                    facts
                        .iter()
                        .map(|fact| (fact.name.clone(), self.fact(fact)))
                        .collect(),
                )),
                PaperBlock::Table {
                    title,
                    columns,
                    rows: all,
                    more,
                } => {
                    blocks.push(Block::Heading(title.clone()));
                    blocks.push(Block::Table {
                        columns: columns
                            .iter()
                            .map(|(title, is_number)| Column {
                                title: title.clone(),
                                share: if *is_number { 1.0 } else { 2.6 },
                                is_number: *is_number,
                            })
                            .collect(),
                        rows: all.iter().take(rows).cloned().collect(),
                    });
                    blocks.extend(more.clone().map(Block::Text));
                }
                PaperBlock::Bars { title, in_time, bars } => {
                    blocks.push(Block::Heading(title.clone()));
                    let bars = bars.iter().map(drawn).collect();
                    blocks.push(if *in_time {
                        Block::BarsInTime(bars)
                    } else {
                        Block::Bars(bars)
                    });
                }
            }
        }
        Sheet {
            title: self.title.clone(),
            subtitle: self.subtitle.clone(),
            blocks,
            page: self.page.clone(),
        }
    }

    /// The whole report on paper.
    ///
    /// # Errors
    /// When it cannot be drawn: our mistake.
    pub fn pdf(&self) -> Result<Vec<u8>, LabelsError> {
        sheet_pdf(&self.sheet(usize::MAX))
    }

    /// Its drawing for a small screen; nothing when it draws nothing.
    pub fn picture(&self) -> Option<Result<Vec<u8>, LabelsError>> {
        let draws = self
            .blocks
            .iter()
            .any(|block| matches!(block, PaperBlock::Bars { .. }));
        draws.then(|| sheet_picture(&self.sheet(SHOWN)))
    }

    /// Every figure as rows of a table file, all of the same length.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let one = |text: &String| vec![text.clone()];
        let mut out = vec![one(&self.title), one(&self.subtitle), one(&self.head)];
        for block in &self.blocks {
            match block {
                PaperBlock::Say(text) => out.push(one(text)),
                PaperBlock::Facts(facts) => out.extend(facts.iter().map(|fact| {
                    let before = fact.before.clone().unwrap_or_default();
                    vec![fact.name.clone(), fact.value.clone(), before]
                })),
                PaperBlock::Table {
                    title, columns, rows, ..
                } => {
                    out.push(one(title));
                    out.push(columns.iter().map(|(title, _)| title.clone()).collect());
                    out.extend(rows.iter().cloned());
                }
                PaperBlock::Bars { title, bars, .. } => {
                    out.push(one(title));
                    out.extend(bars.iter().map(|bar| {
                        let before = bar
                            .before
                            .as_ref()
                            .map_or_else(String::new, |(before, _)| before.clone());
                        let range = bar.range.as_ref().map(|(range, _)| range.clone());
                        vec![
                            bar.label.clone(),
                            bar.value.clone(),
                            before,
                            range.unwrap_or_default(),
                        ]
                    }));
                }
            }
        }
        let longest = out.iter().map(Vec::len).max().unwrap_or(0);
        for row in &mut out {
            row.resize(longest, String::new());
        }
        out
    }
}

fn drawn(bar: &PaperBar) -> sauda_labels::Bar {
    let share = |thousandths: i32| i16::try_from(thousandths).map_or(0.0, |share| f32::from(share) / 1_000.0);
    sauda_labels::Bar {
        label: bar.label.clone(),
        value: bar.value.clone(),
        share: share(bar.share),
        before: bar.before.as_ref().map(|(_, before)| share(*before)),
        range: bar.range.as_ref().map(|(_, range)| range.map(share)),
    }
}

/// The args of a head without its money.
fn bare<'a>(say: &Say<'_>, args: &'a [(String, Value)]) -> Vec<(&'a str, Said)> {
    args.iter()
        .filter(|(_, value)| !value.is_money())
        .map(|(name, value)| (name.as_str(), say.said(value)))
        .collect()
}

/// Which days it is about.
fn span(say: &Say<'_>, made: &Made) -> String {
    let days = |from, to| say.say("report-span", &[("from", Said::Day(from)), ("to", Said::Day(to))]);
    match made.kind {
        PlanKind::Reorder | PlanKind::Forecast => say.say("report-at", &[("at", Said::Day(made.due_at))]),
        PlanKind::Profit => {
            let (from, until) = made.sums();
            let last = until.minus(Span::from_hours(1));
            if from == last.local_midnight() {
                say.say("report-at", &[("at", Said::Day(from))])
            } else {
                days(from, last)
            }
        }
        PlanKind::Market | PlanKind::Errors => days(made.from_at, made.due_at),
    }
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
