//! `sauda day`: runs the day of a shop from a terminal and shows how far it is. Joins the run that is open; never starts a second.

use crate::{logs, rooms::Rooms, serve};
use anyhow::{Context as _, bail};
use indicatif::{ProgressBar, ProgressStyle};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::{Arg, Language, Words};
use sauda_orders::{DayItem, DayRun, DayView, model::DayState};
use std::{process::ExitCode, time::Duration};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// How often it is looked.
const LOOK: Duration = Duration::from_millis(300);
/// So long a run may stand still while another process should be working on it.
const PATIENCE: u32 = 100;

/// What to run.
#[derive(Debug, clap::Args)]
pub struct DayArgs {
    /// Short name of the shop, as in its address; needed when several have a key.
    #[arg(long)]
    shop: Option<String>,
    /// Language of what is shown.
    #[arg(long, default_value = "ru", value_parser = ["ru", "kk", "en"])]
    lang: String,
    /// One JSON object a line instead of words: each step as it ends, then the report.
    #[arg(long)]
    json: bool,
}

/// Runs the day. 0: done; 2: done, some orders wait for a person; 1: stopped.
pub async fn run(rooms: Rooms, args: DayArgs) -> anyhow::Result<ExitCode> {
    let language = Language::parse(&args.lang).context("--lang is ru, kk or en")?;
    let (scope, shop) = shop_of(&rooms, args.shop.as_deref()).await?;
    let stop = CancellationToken::new();
    let tasks = TaskTracker::new();
    let works_here = serve::order_work(&rooms, &tasks, &stop).await?;
    let run = rooms
        .orders
        .start_day(&scope, &shop.id)
        .await
        .with_context(|| shop.name.clone())?;
    let run = if matches!(run.state, DayState::Paused | DayState::Stopped) {
        rooms.orders.go_on_day(&scope, &shop.id, &run.id).await?;
        rooms.orders.day(&scope, &shop.id, &run.id, 0).await?.run
    } else {
        run
    };
    let show = Show {
        language,
        json: args.json,
        bar: bar(args.json)?,
    };
    let seen = follow(&rooms, &scope, &run, &show, works_here.is_some()).await;
    show.bar.finish_and_clear();
    stop.cancel();
    tasks.close();
    drop(tokio::time::timeout(Duration::from_secs(10), tasks.wait()).await);
    drop(works_here);
    let seen = seen?;
    show.end(&shop, &seen);
    rooms.db.close().await;
    Ok(match seen.run.state {
        DayState::Done if seen.troubles.is_empty() => ExitCode::SUCCESS,
        DayState::Done => ExitCode::from(2),
        _ => ExitCode::FAILURE,
    })
}

/// The shop that was named, or the only one with a key.
async fn shop_of(rooms: &Rooms, named: Option<&str>) -> anyhow::Result<(Scope, Shop)> {
    let mut found = Vec::new();
    let mut all = Vec::new();
    for shop in rooms.catalog.all_shops().await? {
        let scope = Scope::system(shop.merchant.clone(), "day from a terminal");
        all.push(shop.slug.clone());
        let is_wanted = match named {
            Some(slug) => shop.slug == slug,
            None => rooms.catalog.shop_key(&scope, &shop.id).await?.is_some(),
        };
        if is_wanted {
            found.push((scope, shop));
        }
    }
    match (found.len(), named) {
        (1, _) => found.pop().context("a shop"),
        (0, Some(slug)) => bail!("there is no shop {slug:?}; there are: {}", all.join(", ")),
        (0, None) => bail!("no shop has a key to its orders: give one under Settings, Shops"),
        _ => {
            let slugs: Vec<&str> = found.iter().map(|(_, shop)| shop.slug.as_str()).collect();
            bail!(
                "several shops have a key: choose with --shop: {}",
                slugs.join(", ")
            )
        }
    }
}

fn bar(json: bool) -> anyhow::Result<ProgressBar> {
    if json {
        return Ok(ProgressBar::hidden());
    }
    let style = ProgressStyle::with_template("{bar:30} {pos:>3}% {elapsed_precise} {wide_msg}")?;
    Ok(ProgressBar::new(100).with_style(style))
}

/// Looks at a run until it does not go on by itself.
async fn follow(
    rooms: &Rooms,
    scope: &Scope,
    run: &DayRun,
    show: &Show,
    works_here: bool,
) -> anyhow::Result<DayView> {
    let (mut told, mut still) = (0, 0);
    let mut before = String::new();
    loop {
        let seen = rooms.orders.day(scope, &run.shop, &run.id, 1).await?;
        told = show.steps(&seen, told);
        if seen.run.state != DayState::Running {
            return Ok(seen);
        }
        let now = format!("{:?}", seen.steps);
        still = if now == before { still + 1 } else { 0 };
        before = now;
        if still == PATIENCE && !works_here {
            logs::complain(
                "nothing has moved for half a minute: is `sauda serve` running? It does the work on this database",
            );
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// How the run is shown.
struct Show {
    language: Language,
    json: bool,
    bar: ProgressBar,
}

impl Show {
    fn say(&self, key: &str, args: &[(&str, Arg)]) -> String {
        Words::shared().text(self.language, key, args)
    }

    /// Tells the steps that ended since; how many have by now.
    fn steps(&self, seen: &DayView, told: usize) -> usize {
        let ended = seen
            .steps
            .iter()
            .take_while(|(step, _)| !step.state.is_ahead())
            .count();
        for (step, counts) in seen.steps.iter().take(ended).skip(told) {
            if self.json {
                let took = step.began_at.zip(step.ended_at).map(|(from, to)| to.since(from));
                logs::say(
                    &serde_json::json!({
                        "step": step.step.word(), "state": step.state.word(), "total": counts.total(),
                        "done": counts.done, "trouble": counts.trouble, "took_ms": took.map(|took| took.as_millis()),
                    })
                    .to_string(),
                );
            } else {
                let name = self.say(&format!("day-step-{}", step.step.word()), &[]);
                let state = self.say(&format!("day-state-{}", state_word(step, counts)), &[]);
                let of = if counts.total() > 0 {
                    format!(" {}/{}", counts.done, counts.total())
                } else {
                    String::new()
                };
                self.bar.suspend(|| logs::say(&format!("{name}: {state}{of}")));
            }
        }
        if let Some((step, counts)) = seen.steps.get(ended) {
            let whole = seen.steps.len().max(1);
            let part = if counts.total() > 0 {
                (counts.total() - counts.open()) * 100 / counts.total()
            } else {
                0
            };
            let done = u64::try_from(ended).unwrap_or(0) * 100 + u64::try_from(part).unwrap_or(0);
            self.bar.set_position(done / u64::try_from(whole).unwrap_or(1));
            self.bar.set_message(format!(
                "{} {}/{}",
                self.say(&format!("day-step-{}", step.step.word()), &[]),
                counts.done,
                counts.total()
            ));
        }
        ended
    }

    fn end(&self, shop: &Shop, seen: &DayView) {
        if self.json {
            let report = seen.run.report.clone().unwrap_or_default();
            logs::say(
                &serde_json::json!({
                    "day": seen.run.id.to_string(), "shop": shop.slug, "state": seen.run.state.word(),
                    "stopped_by": seen.run.trouble, "report": report,
                    "troubles": seen.troubles.iter().map(trouble_json).collect::<Vec<_>>(),
                })
                .to_string(),
            );
            return;
        }
        if let Some(report) = &seen.run.report {
            logs::say(&self.say(
                "day-report",
                &[
                    ("accepted", Arg::Number(report.accepted)),
                    ("assembled", Arg::Number(report.assembled)),
                    ("waybills", Arg::Number(report.waybills)),
                ],
            ));
            if report.asked > 0 {
                logs::say(&self.say(
                    "day-report-sizes",
                    &[
                        ("asked", Arg::Number(report.asked)),
                        ("confirmed", Arg::Number(report.confirmed)),
                    ],
                ));
            }
        }
        if let Some(trouble) = &seen.run.trouble {
            logs::complain(&self.say(&format!("day-trouble-{trouble}"), &[]));
        }
        for item in &seen.troubles {
            let why = item.trouble.as_deref().unwrap_or("refused");
            let text = item.trouble_text.as_deref().map(|text| format!(": «{text}»"));
            logs::complain(&format!(
                "{} {}{} {}",
                item.code,
                self.say(&format!("day-why-{why}"), &[]),
                text.unwrap_or_default(),
                self.say(&format!("day-fix-{why}"), &[])
            ));
        }
    }
}

fn state_word(step: &sauda_orders::RunStep, counts: &sauda_orders::ItemCounts) -> &'static str {
    match step.state {
        sauda_orders::model::StepState::Skipped => "skipped",
        _ if counts.trouble > 0 => "warn",
        _ => "done",
    }
}

fn trouble_json(item: &DayItem) -> serde_json::Value {
    serde_json::json!({
        "order": item.code, "step": item.step.word(), "why": item.trouble, "text": item.trouble_text,
    })
}
