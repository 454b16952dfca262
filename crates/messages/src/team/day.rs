//! A run of a shop's day for the team: how far it is while it goes, and its report as a file when it is over. Refuses to count.

use super::{
    Team, TeamError,
    card::press,
    press::Pressed,
    render::{Drawn, Reader, plain_text},
    speak::Said,
};
use sauda_accounts::Scope;
use sauda_channel::{Attachment, Post, Text, Upload};
use sauda_kernel::{DayRunId, ShopId, Span};
use sauda_orders::{DayRun, DayView, OrdersError, model::DayState};
use std::sync::Arc;

/// How often a message of the day that goes shows something new.
const PROGRESS: Span = Span::from_secs(3);

impl Team {
    /// The day while it goes: the same message shows how far it is.
    pub(super) async fn day_goes(
        &self,
        reader: &Reader<'_>,
        shop: &ShopId,
        run: &DayRunId,
    ) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let name = self.rooms.catalog.shop(scope, shop).await?.name;
        let Some(view) = self.run(scope, shop, run).await? else {
            return Ok(Drawn::Nothing("outdated"));
        };
        let place = view.place().unwrap_or(view.steps.len());
        let head = reader.to.say(
            &format!("team-day-{}", view.run.state.word()),
            &[("shop", Said::Text(name))],
        );
        let mut text = Text::default().bold(head);
        if let Some((step, counts)) = view.steps.get(place.saturating_sub(1))
            && !view.run.state.is_over()
        {
            text = text.then("\n").then(reader.to.say(
                "team-day-step",
                &[
                    ("place", number(place)),
                    ("of", number(view.steps.len())),
                    ("step", Said::Key(format!("day-step-{}", step.step.word()))),
                ],
            ));
            if counts.total() > 0 {
                text = text.then("\n").then(reader.to.say(
                    "team-day-count",
                    &[
                        ("done", Said::Number(counts.done)),
                        ("all", Said::Number(counts.total())),
                    ],
                ));
            }
        }
        if !view.troubles.is_empty() {
            text = text.then("\n").then(
                reader
                    .to
                    .say("team-day-troubles", &[("n", number(view.troubles.len()))]),
            );
        }
        Ok(Drawn::Post {
            post: Post::new(text),
            look_again: (!view.run.state.is_over()).then_some(if view.run.state == DayState::Running {
                PROGRESS
            } else {
                Span::from_mins(1)
            }),
        })
    }

    /// What a run came to.
    pub(super) async fn day_over(
        &self,
        reader: &Reader<'_>,
        shop: &ShopId,
        run: &DayRunId,
    ) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let name = self.rooms.catalog.shop(scope, shop).await?.name;
        let Some(view) = self.run(scope, shop, run).await? else {
            return Ok(Drawn::Nothing("outdated"));
        };
        let mut text = Text::default().bold(reader.to.say(
            &format!("team-day-{}", view.run.state.word()),
            &[("shop", Said::Text(name.clone()))],
        ));
        for (word, count) in report_rows(&view.run) {
            text = text.then("\n").then(
                reader
                    .to
                    .say(&format!("team-day-report-{word}"), &[("n", Said::Number(count))]),
            );
        }
        let burning = press(reader.to.say("team-button-burning", &[]), &Pressed::Burning);
        let buttons: Vec<_> = burning.into_iter().map(|button| vec![button]).collect();
        Ok(match self.on_paper(reader, name, view).await {
            Some(file) => Drawn::File(Upload {
                file,
                caption: text,
                buttons,
                is_quiet: false,
            }),
            None => plain_text(text, buttons),
        })
    }

    /// The report as a file. Without it the words are said alone: a day is never kept quiet for a page.
    async fn on_paper(&self, reader: &Reader<'_>, shop: String, view: DayView) -> Option<Attachment> {
        let (language, now) = (reader.to.language, reader.to.now);
        let began = view.run.started_at.local();
        let speaker = Arc::clone(&self.speaker);
        let drawn =
            tokio::task::spawn_blocking(move || speaker.day_report(language, now, &shop, &view)).await;
        let pdf = match drawn {
            Ok(pdf) => pdf?,
            Err(error) => {
                tracing::error!(%error, "a report could not be drawn");
                return None;
            }
        };
        let name = format!("day-{:04}-{:02}-{:02}.pdf", began.year, began.month, began.day);
        match Attachment::new(&name, "application/pdf", pdf) {
            Ok(file) => Some(file),
            Err(error) => {
                tracing::error!(error = error.word(), "a report cannot be sent as a file");
                None
            }
        }
    }

    /// A run; none when it is gone.
    async fn run(&self, scope: &Scope, shop: &ShopId, run: &DayRunId) -> Result<Option<DayView>, TeamError> {
        match self.rooms.orders.day(scope, shop, run, 0).await {
            Ok(view) => Ok(Some(view)),
            Err(OrdersError::NoDay) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

/// What of a report is worth a line.
fn report_rows(run: &DayRun) -> Vec<(&'static str, i64)> {
    let Some(report) = &run.report else {
        return Vec::new();
    };
    let low = i64::try_from(report.low.len()).unwrap_or(i64::MAX);
    [
        ("orders", report.orders, true),
        ("accepted", report.accepted, true),
        ("assembled", report.assembled, true),
        ("waybills", report.waybills, true),
        ("asked", report.asked, false),
        ("confirmed", report.confirmed, false),
        ("troubled", report.troubled, false),
        ("low", low, false),
    ]
    .into_iter()
    .filter(|(_, count, is_always)| *is_always || *count > 0)
    .map(|(word, count, _)| (word, count))
    .collect()
}

fn number(many: usize) -> Said {
    Said::Number(i64::try_from(many).unwrap_or(i64::MAX))
}
