//! One report that was made: its page, and its files for paper, tables and pictures.

use super::{show::made_state, to_line};
use crate::{
    charts::Bar,
    door::Desk,
    pages::export::csv_file,
    views::{
        parts::State as Shown,
        reports::{Block, NamedBar, ReportPage, SentLine, ToLine},
    },
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse as _, Response},
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_messages::team::{PostState, Way, told_trouble};
use sauda_reports::timed::{Kept, MadeId, MadeState, Paper, PaperBar, PaperBlock, Recipient, Sent};

fn paper(desk: &Desk, scope: &Scope, language: sauda_edge::Language, kept: &Kept) -> Paper {
    desk.report_plans
        .paper(kept, language, scope.may(Right::ViewMoney))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams((slug, id)): PathParams<(String, MadeId)>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let path = format!("/s/{slug}/automation/reports/made/{id}");
    let at = desk
        .at_shop(&who.session, who.language, &path, "automation", &slug, None)
        .await?;
    let kept = desk.report_plans.report(scope, &id).await?;
    let places = if scope.may(Right::ViewAutomation) {
        desk.report_plans.places(scope).await?
    } else {
        Vec::new()
    };
    let paper = paper(&desk, scope, who.language, &kept);
    let made = &kept.made;
    let is_made = made.state == MadeState::Made;
    let blocks = if is_made {
        paper.blocks.into_iter().map(block).collect()
    } else {
        Vec::new()
    };
    let view = ReportPage {
        id: id.to_string(),
        title: paper.title,
        subtitle: paper.subtitle,
        head: paper.head,
        state: made_state(made.state),
        at: made.made_at.unwrap_or(made.created_at),
        by: made.by.clone(),
        job: made.job.as_ref().map(ToString::to_string),
        has_picture: blocks
            .iter()
            .any(|block| matches!(block, Block::Named { .. } | Block::InTime { .. })),
        blocks,
        sent: kept.sent.iter().map(sent_line).collect(),
        unsent: made
            .unsent
            .iter()
            .filter_map(|unsent| {
                Some((
                    to_line(&Recipient::parse(&unsent.who)?, &places),
                    unsent.why.clone(),
                ))
            })
            .collect(),
    };
    desk.draw(&at.shell, &view)
}

fn sent_line(sent: &Sent) -> SentLine {
    let word = match (sent.delivered.way, sent.is_group) {
        (Way::Telegram, true) => "group",
        (Way::Telegram, false) => "chat",
        (Way::Mail, _) => "address",
    };
    let who = match sent.delivered.way {
        Way::Telegram => sent.who.clone(),
        Way::Mail => sent.delivered.address.clone(),
    };
    let tone = match sent.delivered.state {
        PostState::Sent => "ok",
        PostState::Queued | PostState::Sending => "accent",
        PostState::Failed => "bad",
        PostState::Unclear => "warn",
    };
    SentLine {
        to: ToLine { word, who },
        at: sent.delivered.at,
        state: Shown::new(sent.delivered.state.word(), tone),
        trouble: sent
            .delivered
            .trouble
            .as_deref()
            .filter(|_| sent.delivered.state != PostState::Sent)
            .map(told_trouble),
    }
}

fn block(block: PaperBlock) -> Block {
    match block {
        PaperBlock::Say(text) => Block::Say { text },
        PaperBlock::Facts(facts) => Block::Facts {
            rows: facts
                .into_iter()
                .map(|fact| (fact.name, fact.value, fact.before))
                .collect(),
        },
        PaperBlock::Table {
            title,
            columns,
            rows,
            more,
        } => Block::Table {
            title,
            columns,
            rows,
            more,
        },
        PaperBlock::Bars {
            title,
            in_time: true,
            bars,
        } => Block::InTime {
            title,
            rows: bars
                .iter()
                .map(|bar| (bar.label.clone(), bar.value.clone()))
                .collect(),
            bars: in_time(&bars),
        },
        PaperBlock::Bars { title, bars, .. } => Block::Named {
            title,
            bars: bars
                .into_iter()
                .map(|bar| NamedBar {
                    label: bar.label,
                    value: bar.value,
                    share: bar.share.abs() / 10,
                    is_loss: bar.share < 0,
                    before: bar.before.map(|(value, share)| (value, share.abs() / 10)),
                    range: bar.range.map(|(range, _)| range),
                })
                .collect(),
        },
    }
}

fn tenths(value: i64) -> String {
    format!("{}.{}", value / 10, value % 10)
}

/// Bars over a line, and under it what was lost.
fn in_time(bars: &[PaperBar]) -> Vec<Bar> {
    let most = |sign: i64| {
        bars.iter()
            .map(|bar| i64::from(bar.share) * sign)
            .max()
            .unwrap_or(0)
            .max(0)
    };
    let (above, below) = (most(1), most(-1));
    let whole = (above + below).max(1);
    let slot = 10_000 / i64::try_from(bars.len()).unwrap_or(1).max(1);
    bars.iter()
        .enumerate()
        .map(|(place, bar)| {
            let at = i64::try_from(place).unwrap_or(0) * slot;
            let height = i64::from(bar.share.abs()) * 1_000 / whole;
            let base = above * 1_000 / whole;
            Bar {
                x: tenths(at + slot * 16 / 100),
                width: tenths(slot * 68 / 100),
                y: tenths(if bar.share < 0 { base } else { base - height }),
                height: tenths(height),
                value: i64::from(bar.share),
                label: bar.label.clone(),
                is_now: place + 1 == bars.len(),
            }
        })
        .collect()
}

/// `report.pdf`, `report.png` or `report.csv`.
pub(super) async fn file(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams((_, id, file)): PathParams<(String, MadeId, String)>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let kept = desk.report_plans.report(scope, &id).await?;
    if kept.made.state != MadeState::Made {
        return Err(Refusal::no_page());
    }
    let paper = paper(&desk, scope, who.language, &kept);
    let name = kept.made.file_name();
    let (mime, end, drawn) = match file.as_str() {
        "report.csv" => return csv_file(&format!("{name}.csv"), &paper.rows()),
        "report.pdf" => {
            let drawn = tokio::task::spawn_blocking(move || Some(paper.pdf()));
            ("application/pdf", "pdf", drawn.await)
        }
        "report.png" => {
            let drawn = tokio::task::spawn_blocking(move || paper.picture());
            ("image/png", "png", drawn.await)
        }
        _ => return Err(Refusal::no_page()),
    };
    let bug = || Refusal::new(Kind::Bug, Public::new("bug"));
    let bytes = match drawn.map_err(|_| bug())? {
        None => return Err(Refusal::no_page()),
        Some(Err(error)) => {
            tracing::error!(%error, "a report could not be drawn");
            return Err(bug());
        }
        Some(Ok(bytes)) => bytes,
    };
    let named = format!("inline; filename=\"{name}.{end}\"");
    Ok((
        [
            (header::CONTENT_TYPE, mime.to_owned()),
            (header::CONTENT_DISPOSITION, named),
        ],
        bytes,
    )
        .into_response())
}
