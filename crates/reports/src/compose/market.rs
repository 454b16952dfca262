//! What the market did since the report before: cards that came and went, prices, reviews, sellers. Refuses to read the marketplace.

use super::{BARS, ROWS, more};
use crate::findings::{Bar, Col, Part, Value};
use crate::timed::Made;
use crate::{Findings, ReportPlans, ReportsError};
use sauda_accounts::Scope;
use sauda_kernel::{Tenge, Timestamp};
use sauda_research::model::{Snapshot, Source};

/// Snapshots of a source that are looked through: two months of three a day.
const MOST: i64 = 200;

/// What one source did.
struct Moved {
    title: String,
    cards: i64,
    middle: Option<Tenge>,
    /// Against the newest snapshot before.
    middle_bp: Option<i64>,
    fresh: i64,
    gone: i64,
    grown: i64,
    sellers: Option<i64>,
    is_failing: bool,
}

fn moved(source: &Source, snapshots: &[Snapshot], from: Timestamp) -> Option<Moved> {
    let newest = snapshots.first()?;
    let since: Vec<&Snapshot> = snapshots.iter().filter(|one| one.at > from).collect();
    let before = snapshots.iter().find(|one| one.at <= from);
    let sum = |pick: fn(&Snapshot) -> Option<i64>| {
        since
            .iter()
            .filter_map(|one| pick(one))
            .fold(0, i64::saturating_add)
    };
    let was = before.and_then(|one| one.middle).filter(|middle| middle.0 > 0);
    Some(Moved {
        title: source.title().to_owned(),
        cards: newest.cards,
        middle: newest.middle,
        middle_bp: newest
            .middle
            .zip(was)
            .map(|(now, was)| (now.0 - was.0).saturating_mul(10_000) / was.0),
        fresh: sum(|one| one.fresh),
        gone: sum(|one| one.gone),
        grown: sum(|one| one.grown),
        sellers: newest.sellers,
        is_failing: source.trouble.is_some(),
    })
}

pub(super) async fn compose(
    plans: &ReportPlans,
    scope: &Scope,
    made: &Made,
) -> Result<Findings, ReportsError> {
    let mut all = Vec::new();
    let mut silent = 0_usize;
    for source in plans.research.sources(scope).await? {
        let snapshots = plans.research.snapshots(scope, &source.id, MOST).await?;
        match moved(&source, &snapshots, made.from_at) {
            Some(one) => all.push(one),
            None => silent += 1,
        }
    }
    all.sort_by(|one, other| (other.grown, &one.title).cmp(&(one.grown, &other.title)));
    let sum = |pick: fn(&Moved) -> i64| all.iter().map(pick).fold(0, i64::saturating_add);
    let head = if all.is_empty() {
        Findings::new("market-none")
    } else {
        Findings::new("market")
            .arg("fresh", Value::Number(sum(|one| one.fresh)))
            .arg("gone", Value::Number(sum(|one| one.gone)))
            .arg("grown", Value::Number(sum(|one| one.grown)))
    };
    let failing = all.iter().filter(|one| one.is_failing).count() + silent;
    let mut found = head.part(bars(&all)).part(table(&all));
    if failing > 0 {
        found = found.say("market-failing", vec![("n".to_owned(), Value::count(failing))]);
    }
    Ok(found)
}

fn bars(all: &[Moved]) -> Part {
    Part::Bars {
        word: "market-grown".to_owned(),
        in_time: false,
        bars: all
            .iter()
            .filter(|one| one.grown > 0)
            .take(BARS)
            .map(|one| Bar {
                label: Value::Text(one.title.clone()),
                value: Value::Number(one.grown),
                before: None,
                range: None,
            })
            .collect(),
    }
}

fn table(all: &[Moved]) -> Part {
    Part::Table {
        word: "market".to_owned(),
        columns: vec![
            Col::text("source"),
            Col::number("cards"),
            // Prices of the shelf are everybody's to see.
            Col::number("middle"),
            Col::number("change"),
            Col::number("fresh"),
            Col::number("gone"),
            Col::number("grown"),
            Col::number("sellers"),
        ],
        rows: all
            .iter()
            .take(ROWS)
            .map(|one| {
                vec![
                    Value::Text(one.title.clone()),
                    Value::Number(one.cards),
                    Value::known(one.middle, |middle| Value::Number(middle.0)),
                    Value::known(one.middle_bp, Value::Change),
                    Value::Number(one.fresh),
                    Value::Number(one.gone),
                    Value::Number(one.grown),
                    Value::known(one.sellers, Value::Number),
                ]
            })
            .collect(),
        more: more(all.len(), ROWS),
    }
}
