//! A run of the day on paper: what was done, what waits for people, what runs low. Refuses to count: the run's report does.

use crate::{
    door::{Desk, language},
    format::Moment,
    words::{Language, Words},
};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use fluent_bundle::FluentArgs;
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_kernel::{DayRunId, Kind, Public, Timestamp};
use sauda_labels::{Block, Column, LabelsError, Sheet, sheet_pdf};
use sauda_orders::{DayItem, DayView, model::DayReport};

/// Most troubles that are printed.
const MOST: i64 = 500;

pub(super) async fn pdf(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, id)): PathParams<(String, DayRunId)>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let seen = desk.orders.day(who.scope(), &shop.id, &id, MOST).await?;
    let to = language(who.language);
    let sheet = sheet(desk.pages.words(), to, desk.now(), &shop.name, &seen);
    let made = tokio::task::spawn_blocking(move || sheet_pdf(&sheet))
        .await
        .map_err(|_| Refusal::new(Kind::Bug, Public::new("bug")))?;
    let file = made.map_err(|error: LabelsError| {
        tracing::error!(%error, "a report could not be drawn");
        Refusal::new(Kind::Bug, Public::new("bug"))
    })?;
    let named = format!("inline; filename=\"day-{id}.pdf\"");
    Ok((
        [
            (header::CONTENT_TYPE, "application/pdf".to_owned()),
            (header::CONTENT_DISPOSITION, named),
        ],
        file,
    )
        .into_response())
}

/// The report of a run as PDF, for whoever sends it by another way than a page.
///
/// # Errors
/// When it cannot be drawn.
pub fn day_report(
    words: &Words,
    language: Language,
    now: Timestamp,
    shop: &str,
    seen: &DayView,
) -> Result<Vec<u8>, LabelsError> {
    sheet_pdf(&sheet(words, language, now, shop, seen))
}

/// Says words of the report in its language.
struct Said<'a> {
    words: &'a Words,
    language: Language,
}

impl Said<'_> {
    fn with(&self, key: &str, args: &[(&'static str, String)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, value.clone());
        }
        self.words.text(self.language, key, &filled)
    }
    fn of(&self, key: &str) -> String {
        self.with(key, &[])
    }
    fn column(&self, key: &str, share: f32, is_number: bool) -> Column {
        Column {
            title: self.of(key),
            share,
            is_number,
        }
    }
}

/// The report of a run in a language.
pub fn sheet(words: &Words, language: Language, now: Timestamp, shop: &str, seen: &DayView) -> Sheet {
    let say = Said { words, language };
    let moment = Moment { words, language, now };
    let run = &seen.run;
    let took = run.ended_at.map(|end| moment.span(end.since(run.started_at)));
    let by = if run.started_by.is_empty() {
        say.of("day-by-schedule")
    } else {
        run.started_by.clone()
    };
    let state = say.of(&format!("day-run-{}", run.state.word()));
    let subtitle = [Some(shop.to_owned()), Some(state), took, Some(by)];
    let subtitle: Vec<String> = subtitle.into_iter().flatten().collect();
    let mut blocks = Vec::new();
    if let Some(report) = &run.report {
        blocks.push(done(&say, report));
    }
    blocks.extend(steps(&say, seen));
    if !seen.troubles.is_empty() {
        blocks.extend(troubles(&say, &seen.troubles));
    }
    if let Some(report) = &run.report {
        blocks.extend(left(&say, report));
    }
    Sheet {
        title: say.with("day-run-title", &[("at", moment.when(run.started_at))]),
        subtitle: subtitle.join(" · "),
        blocks,
        page: say.with("day-page", &[("n", "{n}".to_owned()), ("m", "{m}".to_owned())]),
    }
}

fn done(say: &Said<'_>, report: &DayReport) -> Block {
    let facts = [
        ("day-fact-orders", report.orders),
        ("day-fact-accepted", report.accepted),
        ("day-fact-assembled", report.assembled),
        ("day-fact-waybills", report.waybills),
        ("day-fact-troubled", report.troubled),
        ("day-fact-asked", report.asked),
        ("day-fact-confirmed", report.confirmed),
    ];
    // Where nobody is asked about sizes nothing is said of it.
    let told = |key: &str| report.asked > 0 || !matches!(key, "day-fact-asked" | "day-fact-confirmed");
    Block::Facts(
        facts
            .iter()
            .filter(|(key, _)| told(key))
            .map(|(key, count)| (say.of(key), count.to_string()))
            .collect(),
    )
}

fn steps(say: &Said<'_>, seen: &DayView) -> [Block; 2] {
    let rows = seen.steps.iter().map(|(step, counts)| {
        vec![
            say.of(&format!("day-step-{}", step.step.word())),
            format!("{} / {}", counts.done, counts.total()),
            counts.trouble.to_string(),
        ]
    });
    [
        Block::Heading(say.of("day-steps")),
        Block::Table {
            columns: vec![
                say.column("day-col-step", 3.0, false),
                say.column("day-col-done", 1.0, true),
                say.column("day-col-trouble", 1.0, true),
            ],
            rows: rows.collect(),
        },
    ]
}

fn troubles(say: &Said<'_>, items: &[DayItem]) -> [Block; 2] {
    let rows = items.iter().map(|item| {
        let why = item
            .trouble
            .as_deref()
            .map(|word| say.of(&format!("day-why-{word}")));
        let told = item.trouble_text.as_ref().map(|text| format!("«{text}»"));
        vec![
            item.code.clone(),
            say.of(&format!("day-short-{}", item.step.word())),
            [why, told].into_iter().flatten().collect::<Vec<_>>().join(": "),
        ]
    });
    [
        Block::Heading(say.of("day-troubles")),
        Block::Table {
            columns: vec![
                say.column("order-col-code", 1.0, false),
                say.column("day-col-step", 1.6, false),
                say.column("day-col-why", 3.0, false),
            ],
            rows: rows.collect(),
        },
    ]
}

/// What runs low, and how many orders stand where.
fn left(say: &Said<'_>, report: &DayReport) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !report.low.is_empty() {
        let rows = report.low.iter();
        blocks.push(Block::Heading(say.of("day-low")));
        blocks.push(Block::Table {
            columns: vec![
                say.column("return-col-goods", 4.0, false),
                say.column("return-col-sku", 2.0, false),
                say.column("day-col-left", 1.0, true),
            ],
            rows: rows
                .map(|low| vec![low.title.clone(), low.sku.clone(), low.pieces.to_string()])
                .collect(),
        });
    }
    if !report.stages.is_empty() {
        let stages = report.stages.iter();
        blocks.push(Block::Heading(say.of("day-left-open")));
        blocks.push(Block::Facts(
            stages
                .map(|(stage, count)| (say.of(&format!("stage-{stage}")), count.to_string()))
                .collect(),
        ));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use crate::words::{Language, Words};
    use fluent_bundle::FluentArgs;
    use sauda_orders::model::{DayStep, Stage};

    #[test]
    fn every_step_and_stage_of_a_report_has_a_name_in_every_language() {
        let words = Words::load().expect("locales are whole");
        let steps = DayStep::ALL.iter().flat_map(|step| {
            let word = step.word();
            [format!("day-step-{word}"), format!("day-short-{word}")]
        });
        let stages = Stage::ALL.iter().map(|stage| format!("stage-{}", stage.word()));
        for key in steps.chain(stages) {
            for language in Language::ALL {
                let text = words.text(language, &key, &FluentArgs::new());
                assert!(!text.starts_with('⟦'), "{key} in {}", language.code());
            }
        }
    }
}
