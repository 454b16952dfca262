//! Snapshots of many days as a file that is written while it leaves: CSV or Parquet. Holds one day of one source in memory, or one
//! group of Parquet rows; refuses ranges that end before they begin.

mod parquet;
mod table;

use crate::{
    Research, ResearchError,
    model::Source,
    store::{exports, rows, sources},
};
use sauda_accounts::Scope;
use sauda_kernel::{Tenge, Timestamp};
use std::collections::{HashMap, VecDeque};

/// What the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Commas, UTF-8, whole tenge.
    Csv,
    Parquet,
}

impl FileKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Csv, Self::Parquet]
            .into_iter()
            .find(|kind| kind.word() == word)
    }

    /// Media type of the file.
    pub const fn media(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }
}

/// Which snapshots: one source or all, days in Almaty, both included.
#[derive(Debug, Clone)]
pub struct ExportQuestion {
    pub source: Option<String>,
    pub from: Timestamp,
    pub to: Timestamp,
    pub kind: FileKind,
}

/// A card of a snapshot, as a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarketRow {
    pub at: Timestamp,
    pub source: String,
    pub source_title: String,
    pub card: String,
    pub title: String,
    pub brand: Option<String>,
    pub place: i64,
    pub price: Option<Tenge>,
    pub rating_milli: Option<i64>,
    pub reviews: Option<i64>,
}

/// Title and brand of cards.
type Names = HashMap<String, (String, Option<String>)>;

/// A file under way.
pub struct Export {
    research: Research,
    scope: Scope,
    titles: HashMap<String, String>,
    days: VecDeque<(String, Timestamp)>,
    /// Names of the cards of a source, for days that lie packed without them.
    names: Option<(String, Names)>,
    writer: Option<Writer>,
    /// Rows written so far.
    pub rows: u64,
}

enum Writer {
    Csv { begun: bool },
    Parquet(Box<parquet::Sheet>),
}

impl Research {
    /// Begins a file of snapshots.
    ///
    /// # Errors
    /// When there is no such source, or the days cannot be.
    pub async fn export(&self, scope: &Scope, question: &ExportQuestion) -> Result<Export, ResearchError> {
        let (from, to) = (question.from.local_midnight(), question.to.local_midnight());
        if to < from {
            return Err(ResearchError::Days {
                from: day_word(from),
                to: day_word(to),
            });
        }
        if let Some(id) = &question.source {
            self.source(scope, id).await?;
        }
        let days = exports::days(&self.db, scope, question.source.as_deref(), from, to).await?;
        let known = sources::list(&self.db, scope).await?;
        Ok(Export {
            research: self.clone(),
            scope: scope.clone(),
            titles: known
                .iter()
                .map(|source: &Source| (source.id.clone(), source.title().to_owned()))
                .collect(),
            days: days.into(),
            names: None,
            writer: Some(match question.kind {
                FileKind::Csv => Writer::Csv { begun: false },
                FileKind::Parquet => Writer::Parquet(Box::new(parquet::Sheet::begin()?)),
            }),
            rows: 0,
        })
    }
}

/// `2026-11-20`.
pub(crate) fn day_word(day: Timestamp) -> String {
    day.rfc3339_almaty().chars().take(10).collect()
}

impl Export {
    /// The next piece of the file; nothing when it is whole.
    ///
    /// # Errors
    /// When the database does not answer or an archive is damaged: the file then stays cut.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ResearchError> {
        loop {
            let Some(writer) = self.writer.as_mut() else {
                return Ok(None);
            };
            if let Writer::Csv { begun } = writer
                && !*begun
            {
                *begun = true;
                return Ok(Some(table::head()));
            }
            let Some((source, day)) = self.days.pop_front() else {
                return match self.writer.take() {
                    Some(Writer::Parquet(sheet)) => sheet.end().map(Some),
                    _ => Ok(None),
                };
            };
            let rows = self.day(&source, day).await?;
            self.rows += u64::try_from(rows.len()).unwrap_or(0);
            let piece = match self.writer.as_mut() {
                Some(Writer::Csv { .. }) => table::lines(&rows),
                Some(Writer::Parquet(sheet)) => sheet.add(rows)?,
                None => Vec::new(),
            };
            if !piece.is_empty() {
                return Ok(Some(piece));
            }
        }
    }

    /// All rows of a day, wherever it lies.
    async fn day(&mut self, source: &str, day: Timestamp) -> Result<Vec<MarketRow>, ResearchError> {
        let title = self
            .titles
            .get(source)
            .cloned()
            .unwrap_or_else(|| source.to_owned());
        let db = &self.research.db;
        let open = rows::day(db, &self.scope, source, day).await?;
        if !open.is_empty() {
            return Ok(open
                .into_iter()
                .map(|(at, row)| MarketRow {
                    at,
                    source: source.to_owned(),
                    source_title: title.clone(),
                    card: row.card,
                    title: row.title,
                    brand: row.brand,
                    place: row.place,
                    price: row.price,
                    rating_milli: row.rating_milli,
                    reviews: row.reviews,
                })
                .collect());
        }
        let Some(text) = self.research.archived(&self.scope, source, day).await? else {
            return Ok(Vec::new());
        };
        if self.names.as_ref().is_none_or(|(known, _)| known != source) {
            let names = exports::names(&self.research.db, &self.scope, source).await?;
            self.names = Some((source.to_owned(), names));
        }
        let names = self.names.as_ref().map(|(_, names)| names);
        let damaged = || ResearchError::Store(sauda_store::StoreError::Sealed("the archive is damaged"));
        text.lines()
            .skip(1)
            .map(|line| {
                let row = table::packed(line).ok_or_else(damaged)?;
                let name = names.and_then(|names| names.get(&row.card));
                Ok(MarketRow {
                    source: source.to_owned(),
                    source_title: title.clone(),
                    title: name.map(|(title, _)| title.clone()).unwrap_or_default(),
                    brand: name.and_then(|(_, brand)| brand.clone()),
                    ..row
                })
            })
            .collect()
    }
}
