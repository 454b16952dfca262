//! A shop's size tables: a file is looked at whole, then holds whole or not at all; the last change can be taken back. Refuses
//! tables with anything wrong in them.

use crate::{
    Orders, OrdersError,
    fit::{FitWrong, table_file},
    store::{fit_facts, fit_tables},
};
use sauda_accounts::Scope;
use sauda_kernel::{FitTablesId, ShopId, Timestamp};
use sauda_sizes::chart::Charts;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Lines of all tables of a shop.
pub(crate) const MOST_LINES: usize = 5_000;
/// States that a page lists.
const LAST: i64 = 20;

/// One size of a table as it came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableLine {
    /// Its row in the file; 0 when it was written by hand.
    pub row: u32,
    pub brand: Option<String>,
    pub item: Option<String>,
    pub category: Option<String>,
    /// A word of the size advice.
    pub gender: Option<String>,
    pub size: String,
    /// `chest`, `chest_from`, … with what was written.
    pub measures: BTreeMap<String, String>,
}

impl TableLine {
    /// Of which table it is: brand, item, category, gender.
    pub fn keys(&self) -> [Option<String>; 4] {
        [&self.brand, &self.item, &self.category, &self.gender].map(Clone::clone)
    }
}

/// What is wrong with a row; the text is `size-table-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct TableProblem {
    pub row: u32,
    pub column: String,
    pub code: String,
    pub value: String,
}

impl TableProblem {
    pub(crate) fn new(row: u32, column: &str, code: &str, value: &str) -> Self {
        Self {
            row,
            column: column.to_owned(),
            code: code.to_owned(),
            value: value.chars().take(60).collect(),
        }
    }
}

/// How a state of the tables stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TablesState {
    Loaded,
    Current,
    Past,
    Undone,
}

impl TablesState {
    const ALL: [Self; 4] = [Self::Loaded, Self::Current, Self::Past, Self::Undone];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Loaded => "loaded",
            Self::Current => "current",
            Self::Past => "past",
            Self::Undone => "undone",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// One state of a shop's tables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tables {
    pub id: FitTablesId,
    /// Name of the file, or of the table that was changed by hand.
    pub title: String,
    pub state: TablesState,
    pub lines: Vec<TableLine>,
    pub problems: Vec<TableProblem>,
    /// How many tables the lines make.
    pub tables: i64,
    pub before: Option<FitTablesId>,
    pub by: String,
    pub made_at: Timestamp,
    pub held_at: Option<Timestamp>,
}

impl Tables {
    /// The lines by table, in the order in which tables were first named.
    pub fn by_table(&self) -> Vec<([Option<String>; 4], Vec<&TableLine>)> {
        let mut found: Vec<([Option<String>; 4], Vec<&TableLine>)> = Vec::new();
        for line in &self.lines {
            let keys = line.keys();
            match found.iter_mut().find(|(known, _)| *known == keys) {
                Some((_, lines)) => lines.push(line),
                None => found.push((keys, vec![line])),
            }
        }
        found
    }
}

/// Lines as the size advice reads them, and what is wrong with them.
pub(crate) fn charts(lines: &[TableLine]) -> (Charts, Vec<TableProblem>) {
    let mut charts = Charts::default();
    let mut problems = Vec::new();
    for line in lines {
        let words = line
            .measures
            .iter()
            .map(|(name, text)| (name.as_str(), text.as_str()));
        if let Err(wrong) = charts.add(line.keys(), &line.size, words) {
            let value = line
                .measures
                .get(&wrong.field)
                .map_or(line.size.as_str(), String::as_str);
            problems.push(TableProblem::new(line.row, &wrong.field, wrong.code, value));
        }
    }
    for (at, wrong) in charts.settle() {
        let chart = charts.charts().get(at);
        let keys =
            chart.map(|chart| [&chart.brand, &chart.item, &chart.category, &chart.gender].map(Clone::clone));
        let first = lines.iter().find(|line| Some(line.keys()) == keys);
        let name: Vec<String> = keys.into_iter().flatten().flatten().collect();
        problems.push(TableProblem::new(
            first.map_or(0, |line| line.row),
            &wrong.field,
            wrong.code,
            &name.join(", "),
        ));
    }
    (charts, problems)
}

impl Orders {
    /// Looks at a file of size tables and keeps it beside those that hold; nothing changes yet.
    ///
    /// # Errors
    /// When there is no such shop, or the file is no table.
    pub async fn load_size_tables(
        &self,
        scope: &Scope,
        shop: &ShopId,
        title: &str,
        bytes: &[u8],
    ) -> Result<Tables, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let (lines, problems) = table_file::lines(bytes).map_err(OrdersError::Table)?;
        self.keep_tables(scope, shop, title, lines, problems).await
    }

    async fn keep_tables(
        &self,
        scope: &Scope,
        shop: &ShopId,
        title: &str,
        lines: Vec<TableLine>,
        mut problems: Vec<TableProblem>,
    ) -> Result<Tables, OrdersError> {
        if lines.len() > MOST_LINES {
            return Err(OrdersError::FitWrong(FitWrong::Tables("too-many")));
        }
        let (charts, wrong) = charts(&lines);
        problems.extend(wrong);
        problems.sort_by(|one, other| (one.row, &one.column).cmp(&(other.row, &other.column)));
        let tables = Tables {
            id: self.id(),
            title: title.chars().take(200).collect(),
            state: TablesState::Loaded,
            tables: i64::try_from(charts.charts().len()).unwrap_or(i64::MAX),
            lines,
            problems,
            before: None,
            by: scope.actor_name().to_owned(),
            made_at: self.clock.now(),
            held_at: None,
        };
        fit_tables::insert(&self.db, scope, shop, &tables).await?;
        Ok(tables)
    }

    /// The looked-at tables hold from now on, whole, in the place of those that held.
    ///
    /// # Errors
    /// When there are no such tables, something is wrong with them, or others came in between.
    pub async fn hold_size_tables(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &FitTablesId,
    ) -> Result<Tables, OrdersError> {
        let tables = self.size_tables_of(scope, shop, id).await?;
        if !tables.problems.is_empty() || tables.lines.is_empty() {
            return Err(OrdersError::FitWrong(FitWrong::Tables("has-problems")));
        }
        self.hold(scope, shop, id).await
    }

    async fn hold(&self, scope: &Scope, shop: &ShopId, id: &FitTablesId) -> Result<Tables, OrdersError> {
        let mut tx = self.db.write().await?;
        let (_, before) = fit_facts::numbers(&mut tx, shop).await?;
        let now = self.clock.now();
        if fit_tables::hold(&mut tx, scope, shop, id, before.as_ref(), now).await? == 0 {
            return Err(OrdersError::FitWrong(FitWrong::Tables("changed")));
        }
        self.audit(&mut tx, scope, "size_tables.held", id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        self.size_tables_of(scope, shop, id).await
    }

    /// The tables that hold are taken back; those before them hold again, or none.
    ///
    /// # Errors
    /// When there are no such tables, or they do not hold.
    pub async fn take_back_size_tables(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &FitTablesId,
    ) -> Result<(), OrdersError> {
        let tables = self.size_tables_of(scope, shop, id).await?;
        let mut tx = self.db.write().await?;
        if tables.state != TablesState::Current
            || fit_tables::take_back(&mut tx, scope, shop, &tables).await? == 0
        {
            return Err(OrdersError::FitWrong(FitWrong::Tables("changed")));
        }
        self.audit(&mut tx, scope, "size_tables.taken_back", id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    /// The table of these keys is written anew, or goes when there are no lines; all others stay. Can be taken back.
    ///
    /// # Errors
    /// When there is no such shop, or something is wrong with the lines.
    pub async fn edit_size_table(
        &self,
        scope: &Scope,
        shop: &ShopId,
        keys: &[Option<String>; 4],
        lines: Vec<TableLine>,
    ) -> Result<Tables, OrdersError> {
        let current = self.size_tables(scope, shop).await?;
        let mut all: Vec<TableLine> = current
            .map(|current| current.lines)
            .unwrap_or_default()
            .into_iter()
            .filter(|line| line.keys() != *keys)
            .collect();
        all.extend(lines);
        let named: Vec<&str> = keys.iter().flatten().map(String::as_str).collect();
        let tables = self
            .keep_tables(scope, shop, &named.join(", "), all, Vec::new())
            .await?;
        if !tables.problems.is_empty() {
            return Ok(tables);
        }
        self.hold(scope, shop, &tables.id).await
    }

    /// The size tables that hold.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn size_tables(&self, scope: &Scope, shop: &ShopId) -> Result<Option<Tables>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        match fit_facts::numbers(&self.db, shop).await?.1 {
            Some(id) => Ok(fit_tables::find(&self.db, shop, &id).await?),
            None => Ok(None),
        }
    }

    /// One state of the tables.
    ///
    /// # Errors
    /// When the shop has no such tables.
    pub async fn size_tables_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &FitTablesId,
    ) -> Result<Tables, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        fit_tables::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| OrdersError::NoTables { id: id.to_string() })
    }

    /// The last states of the tables, the newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn size_tables_history(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<Vec<Tables>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(fit_tables::last(&self.db, shop, LAST).await?)
    }
}
