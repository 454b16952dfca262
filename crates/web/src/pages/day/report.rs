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
use sauda_orders::DayView;

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

/// The report of a run in a language.
pub fn sheet(words: &Words, language: Language, now: Timestamp, shop: &str, seen: &DayView) -> Sheet {
    let say = |key: &str, args: &[(&'static str, String)]| {
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, value.clone());
        }
        words.text(language, key, &filled)
    };
    let moment = Moment { words, language, now };
    let run = &seen.run;
    let took = run.ended_at.map(|end| moment.span(end.since(run.started_at)));
    let state = say(&format!("day-run-{}", run.state.word()), &[]);
    let by = if run.started_by.is_empty() {
        say("day-by-schedule", &[])
    } else {
        run.started_by.clone()
    };
    let subtitle = [Some(shop.to_owned()), Some(state), took, Some(by)];
    let subtitle: Vec<String> = subtitle.into_iter().flatten().collect();
    let mut blocks = Vec::new();
    if let Some(report) = &run.report {
        let facts = [
            ("day-fact-orders", report.orders),
            ("day-fact-accepted", report.accepted),
            ("day-fact-assembled", report.assembled),
            ("day-fact-waybills", report.waybills),
            ("day-fact-troubled", report.troubled),
        ];
        blocks.push(Block::Facts(
            facts
                .iter()
                .map(|(key, count)| (say(key, &[]), count.to_string()))
                .collect(),
        ));
    }
    let column = |key: &str, share, is_number| Column {
        title: say(key, &[]),
        share,
        is_number,
    };
    blocks.push(Block::Heading(say("day-steps", &[])));
    blocks.push(Block::Table {
        columns: vec![
            column("day-col-step", 3.0, false),
            column("day-col-done", 1.0, true),
            column("day-col-trouble", 1.0, true),
        ],
        rows: seen
            .steps
            .iter()
            .map(|(step, counts)| {
                vec![
                    say(&format!("day-step-{}", step.step.word()), &[]),
                    format!("{} / {}", counts.done, counts.total()),
                    counts.trouble.to_string(),
                ]
            })
            .collect(),
    });
    if !seen.troubles.is_empty() {
        blocks.push(Block::Heading(say("day-troubles", &[])));
        blocks.push(Block::Table {
            columns: vec![
                column("order-col-code", 1.0, false),
                column("day-col-step", 1.6, false),
                column("day-col-why", 3.0, false),
            ],
            rows: seen
                .troubles
                .iter()
                .map(|item| {
                    let why = item
                        .trouble
                        .as_deref()
                        .map(|word| say(&format!("day-why-{word}"), &[]));
                    let told = item.trouble_text.as_ref().map(|text| format!("«{text}»"));
                    vec![
                        item.code.clone(),
                        say(&format!("day-short-{}", item.step.word()), &[]),
                        [why, told].into_iter().flatten().collect::<Vec<_>>().join(": "),
                    ]
                })
                .collect(),
        });
    }
    let low = run
        .report
        .as_ref()
        .map(|report| &report.low)
        .filter(|low| !low.is_empty());
    if let Some(low) = low {
        blocks.push(Block::Heading(say("day-low", &[])));
        blocks.push(Block::Table {
            columns: vec![
                column("return-col-goods", 4.0, false),
                column("return-col-sku", 2.0, false),
                column("day-col-left", 1.0, true),
            ],
            rows: low
                .iter()
                .map(|low| vec![low.title.clone(), low.sku.clone(), low.pieces.to_string()])
                .collect(),
        });
    }
    let stages = run
        .report
        .as_ref()
        .map(|report| &report.stages)
        .filter(|stages| !stages.is_empty());
    if let Some(stages) = stages {
        blocks.push(Block::Heading(say("day-left-open", &[])));
        blocks.push(Block::Facts(
            stages
                .iter()
                .map(|(stage, count)| (say(&format!("stage-{stage}"), &[]), count.to_string()))
                .collect(),
        ));
    }
    Sheet {
        title: say("day-run-title", &[("at", moment.when(run.started_at))]),
        subtitle: subtitle.join(" · "),
        blocks,
        page: say("day-page", &[("n", "{n}".to_owned()), ("m", "{m}".to_owned())]),
    }
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
