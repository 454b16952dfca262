//! Reports that were made: the list, and one with what it found and where it went.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Moment, Page, Shown, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_reports::timed::{Made as Report, MadeFilter, MadeId, PaperBlock, PlanKind};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A report that was made, in short.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Report)]
pub(crate) struct ReportView {
    pub id: String,
    pub plan_id: String,
    pub name: String,
    /// `reorder`, `forecast`, `profit`, `market` or `errors`.
    pub kind: &'static str,
    pub shop_id: Option<String>,
    /// `making`, `made` or `failed`.
    pub state: &'static str,
    /// Who wanted it now; empty when its time came.
    pub by: String,
    pub due_at: Moment,
    pub made_at: Option<Moment>,
}

impl From<&Report> for ReportView {
    fn from(made: &Report) -> Self {
        Self {
            id: made.id.to_string(),
            plan_id: made.plan.to_string(),
            name: made.name.clone(),
            kind: made.kind.word(),
            shop_id: made.shop.as_ref().map(ToString::to_string),
            state: made.state.word(),
            by: made.by.clone(),
            due_at: made.due_at.into(),
            made_at: made.made_at.map(Moment),
        }
    }
}

/// Which reports.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct ReportsQuery {
    /// Only this kind: `reorder`, `forecast`, `profit`, `market` or `errors`.
    kind: Option<String>,
    /// `next` of the page before.
    after: Option<String>,
    /// At most so many; 50 without it.
    limit: Option<u32>,
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewToday>("list_reports", "Reports that were made, newest first")
        .about("Only kinds that the caller may see.")
        .query::<ReportsQuery>()
        .lists::<ReportView>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
    QueryParams(query): QueryParams<ReportsQuery>,
) -> Result<Shown<Page<ReportView>>, Refusal> {
    let kind = query.kind.as_deref().map(|word| {
        PlanKind::parse(word).ok_or_else(|| {
            Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("kind").arg("value", word),
            )
        })
    });
    let before = query
        .after
        .as_deref()
        .map(|after| MadeId::parse(after).map_err(|_| bad_cursor(after)));
    let limit = limit_of(query.limit)?;
    let filter = MadeFilter {
        kinds: kind.transpose()?.into_iter().collect(),
        before: before.transpose()?,
        limit: i64::try_from(limit).unwrap_or(50).saturating_add(1),
        ..MadeFilter::default()
    };
    let mut made = state.report_plans.made(&caller.scope, &filter).await?;
    let is_more = made.len() > limit;
    made.truncate(limit);
    Ok(Shown(Page {
        next: made.last().filter(|_| is_more).map(|last| last.id.to_string()),
        items: made.iter().map(ReportView::from).collect(),
    }))
}

/// A part of a report in the words of its language: a sentence, rows of names and values, or a table under a heading.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportPart)]
pub(crate) struct PartView {
    /// Empty for a sentence and for facts.
    pub title: String,
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

/// Where a report went.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportDelivery)]
pub(crate) struct DeliveryView {
    /// `telegram` or `mail`.
    pub way: &'static str,
    pub address: String,
    /// `queued`, `sending`, `sent`, `failed` or `unclear`.
    pub state: &'static str,
    pub at: Option<Moment>,
}

/// A recipient that got nothing.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportUnsent)]
pub(crate) struct UnsentView {
    pub recipient: String,
    /// `unconfirmed`, `no-right`, `group`, `unlinked`, `unknown` or `nobody`.
    pub why: String,
}

/// A report with what it found.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WholeReport)]
pub(crate) struct WholeView {
    pub report: ReportView,
    /// It in one sentence.
    pub head: String,
    pub parts: Vec<PartView>,
    pub deliveries: Vec<DeliveryView>,
    pub unsent: Vec<UnsentView>,
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewToday>("show_report", "What a report found and where it went")
        .about("In the language of the report. Sums are left out for callers without the right to money.")
        .shows::<WholeView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewToday>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<MadeId>,
) -> Result<Shown<WholeView>, Refusal> {
    let scope = &caller.scope;
    let kept = state.report_plans.report(scope, &id).await?;
    let paper = state
        .report_plans
        .paper(&kept, kept.made.language, scope.may(Right::ViewMoney));
    Ok(Shown(WholeView {
        report: ReportView::from(&kept.made),
        head: paper.head,
        parts: paper.blocks.into_iter().map(part).collect(),
        deliveries: kept
            .sent
            .iter()
            .map(|sent| DeliveryView {
                way: sent.delivered.way.word(),
                address: sent.delivered.address.clone(),
                state: sent.delivered.state.word(),
                at: sent.delivered.at.map(Moment),
            })
            .collect(),
        unsent: kept
            .made
            .unsent
            .into_iter()
            .map(|unsent| UnsentView {
                recipient: unsent.who,
                why: unsent.why,
            })
            .collect(),
    }))
}

fn part(block: PaperBlock) -> PartView {
    let plain = |title, rows| PartView {
        title,
        columns: Vec::new(),
        rows,
    };
    match block {
        PaperBlock::Say(text) => plain(String::new(), vec![vec![text]]),
        PaperBlock::Facts(facts) => {
            let rows = facts.into_iter().map(|fact| {
                let mut row = vec![fact.name, fact.value];
                row.extend(fact.before);
                row
            });
            plain(String::new(), rows.collect())
        }
        PaperBlock::Table {
            title, columns, rows, ..
        } => PartView {
            title,
            columns: columns.into_iter().map(|(title, _)| title).collect(),
            rows,
        },
        PaperBlock::Bars { title, bars, .. } => {
            let rows = bars.into_iter().map(|bar| {
                let mut row = vec![bar.label, bar.value];
                row.extend(bar.before.map(|(before, _)| before));
                row.extend(bar.range.map(|(range, _)| range));
                row
            });
            plain(title, rows.collect())
        }
    }
}
