//! What went wrong since the report before: notices, jobs that gave up, days that stopped, acts on orders that were refused, messages
//! to buyers and to the team that did not arrive. Refuses to hide what was mended meanwhile: it happened.

use super::{ROWS, more};
use crate::findings::{Bar, Col, Part, Value};
use crate::timed::Made;
use crate::{Findings, ReportPlans, ReportsError};
use sauda_accounts::Scope;
use sauda_catalog::{Notice, Tone};
use sauda_jobs::{JobFilter, JobState, JobView};
use sauda_messages::{
    model::Message,
    team::{Trouble, told_trouble},
};
use sauda_orders::{
    DayRun, FailedCommand, OrdersError,
    model::{CommandState, DayState},
};

/// Notices, jobs and messages that are looked through.
const MOST: i64 = 200;
const MOST_JOBS: u32 = 200;

pub(super) async fn compose(
    plans: &ReportPlans,
    scope: &Scope,
    made: &Made,
) -> Result<Findings, ReportsError> {
    let (from, shop) = (made.from_at, made.shop.as_ref());
    let notices: Vec<Notice> = plans
        .catalog
        .notices_since(scope, shop, from, MOST)
        .await?
        .into_iter()
        .filter(|notice| notice.tone != Tone::Info)
        .collect();
    let filter = JobFilter {
        state: Some(JobState::Parked),
        merchant: Some(scope.merchant().clone()),
        limit: MOST_JOBS,
        ..JobFilter::default()
    };
    let mut jobs = plans.jobs.list(&filter).await?;
    jobs.retain(|job| job.updated_at >= from && shop.is_none_or(|shop| job.payload.contains(shop.as_str())));
    let mut days = Vec::new();
    for one in plans.catalog.shops(scope).await? {
        if shop.is_some_and(|shop| *shop != one.id) {
            continue;
        }
        let runs = match plans.orders.days(scope, &one.id).await {
            Ok(runs) => runs,
            Err(OrdersError::Catalog(_)) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let stopped = runs
            .into_iter()
            .filter(|run| run.state == DayState::Stopped && run.started_at >= from);
        days.extend(stopped.map(|run| (one.name.clone(), run)));
    }
    let is_wanted = |one: &sauda_kernel::ShopId| shop.is_none_or(|shop| shop == one);
    let mut commands = plans.orders.failed_commands(scope, from, MOST).await?;
    commands.retain(|one| is_wanted(&one.shop));
    let mut untold = plans.team.undelivered(scope, from, MOST).await?;
    untold.retain(|one| is_wanted(&one.shop));
    let mut unsent = plans.team.troubles(scope).await?;
    unsent.retain(|trouble| trouble.at >= from);
    let counts = [
        ("notices", notices.len()),
        ("jobs", jobs.len()),
        ("days", days.len()),
        ("commands", commands.len()),
        ("untold", untold.len()),
        ("unsent", unsent.len()),
    ];
    let all: usize = counts.iter().map(|(_, count)| count).sum();
    let head = if all == 0 {
        Findings::new("errors-none")
    } else {
        Findings::new("errors").arg("n", Value::count(all))
    };
    let bars = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(word, count)| Bar {
            label: Value::Key(format!("report-part-{word}")),
            value: Value::count(*count),
            before: None,
            range: None,
        });
    let bars = Part::Bars {
        word: "errors".to_owned(),
        in_time: false,
        bars: bars.collect(),
    };
    Ok(head
        .part(bars)
        .part(of_notices(&notices))
        .part(of_jobs(&jobs))
        .part(of_days(&days))
        .part(of_commands(&commands))
        .part(of_untold(&untold))
        .part(of_unsent(&unsent)))
}

fn of_notices(notices: &[Notice]) -> Part {
    Part::Table {
        word: "notices".to_owned(),
        columns: vec![Col::text("what"), Col::number("times"), Col::number("last")],
        rows: notices
            .iter()
            .take(ROWS)
            .map(|notice| {
                let said = Value::Notice {
                    word: notice.word.clone(),
                    args: notice.args.clone(),
                };
                vec![said, Value::Number(notice.times), Value::Moment(notice.last_at)]
            })
            .collect(),
        more: more(notices.len(), ROWS),
    }
}

fn of_jobs(jobs: &[JobView]) -> Part {
    Part::Table {
        word: "jobs".to_owned(),
        columns: vec![Col::text("what"), Col::text("why"), Col::number("last")],
        rows: jobs
            .iter()
            .take(ROWS)
            .map(|job| {
                vec![
                    Value::Key(format!("job-{}", job.name.replace('.', "-"))),
                    Value::known(job.error_text.clone(), Value::Text),
                    Value::Moment(job.updated_at),
                ]
            })
            .collect(),
        more: more(jobs.len(), ROWS),
    }
}

fn of_days(days: &[(String, DayRun)]) -> Part {
    Part::Table {
        word: "days".to_owned(),
        columns: vec![Col::text("shop"), Col::text("why"), Col::number("last")],
        rows: days
            .iter()
            .take(ROWS)
            .map(|(shop, run)| {
                vec![
                    Value::Text(shop.clone()),
                    Value::known(run.trouble.as_ref(), |word| {
                        Value::Key(format!("day-trouble-{word}"))
                    }),
                    Value::Moment(run.started_at),
                ]
            })
            .collect(),
        more: more(days.len(), ROWS),
    }
}

fn of_commands(commands: &[FailedCommand]) -> Part {
    Part::Table {
        word: "commands".to_owned(),
        columns: vec![
            Col::text("number"),
            Col::text("what"),
            Col::text("why"),
            Col::number("last"),
        ],
        rows: commands
            .iter()
            .take(ROWS)
            .map(|one| {
                vec![
                    Value::Text(one.code.clone()),
                    Value::Key(format!("act-{}", one.kind.word())),
                    match one.state {
                        CommandState::Unseen => Value::Key("report-command-unseen".to_owned()),
                        _ => Value::known(one.said.clone(), Value::Text),
                    },
                    Value::Moment(one.asked_at),
                ]
            })
            .collect(),
        more: more(commands.len(), ROWS),
    }
}

/// Words of troubles that have a text of their own.
const TOLD: [&str; 12] = [
    "no_recipient",
    "silence",
    "not_true",
    "switched_off",
    "person",
    "erased",
    "not_seen",
    "not_delivered",
    "logged_out",
    "closed",
    "unconfirmed",
    "no_connection",
];

fn of_untold(untold: &[Message]) -> Part {
    Part::Table {
        word: "untold".to_owned(),
        columns: vec![Col::text("number"), Col::text("why"), Col::number("last")],
        rows: untold
            .iter()
            .take(ROWS)
            .map(|one| {
                let word = one.trouble.as_deref().unwrap_or("");
                vec![
                    Value::known(one.order_code.clone(), Value::Text),
                    if TOLD.contains(&word) {
                        Value::Key(format!("message-trouble-{word}"))
                    } else {
                        Value::known(one.trouble_text.clone().or(one.trouble.clone()), Value::Text)
                    },
                    Value::Moment(one.created_at),
                ]
            })
            .collect(),
        more: more(untold.len(), ROWS),
    }
}

fn of_unsent(unsent: &[Trouble]) -> Part {
    Part::Table {
        word: "unsent".to_owned(),
        columns: vec![Col::text("what"), Col::text("why"), Col::number("last")],
        rows: unsent
            .iter()
            .take(ROWS)
            .map(|one| {
                vec![
                    Value::Key(format!("team-what-{}", one.what.word())),
                    Value::Key(format!("team-trouble-{}", told_trouble(&one.word))),
                    Value::Moment(one.at),
                ]
            })
            .collect(),
        more: more(unsent.len(), ROWS),
    }
}
