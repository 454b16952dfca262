//! How the outside world and the program itself are: budgets and health.

use super::owner;
use crate::{
    door::Desk,
    views::{
        automation::{BudgetLine, BudgetWindow, Budgets, Health, HealthLine},
        parts::Told,
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::Scope;
use sauda_catalog::AccessState;
use sauda_edge::{PathParams, Person, Refusal, need};
use sauda_jobs::JobState;
use sauda_kernel::Span;
use std::collections::BTreeMap;

/// Counts of requests to this program concern nobody but it.
const OWN: &str = "requests-";
/// Contact older than this is worth a look.
const SILENT: Span = Span::from_mins(30);
/// A queue that waits longer than this is behind.
const BEHIND: Span = Span::from_mins(5);

pub(super) async fn budgets(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/automation/budgets"),
            "automation",
            &slug,
            None,
        )
        .await?;
    let is_alone = owner(&desk, who.scope()).await?.is_none();
    let names = names(&desk, who.scope()).await?;
    let mut budgets = Vec::new();
    for usage in desk.cluster.usage().await? {
        let name = names.get(&usage.scope);
        if usage.name.starts_with(OWN) || name.is_none() && !is_alone {
            continue;
        }
        // Windows inside a second only keep requests apart: nobody spends them.
        let spent = usage
            .windows
            .iter()
            .filter(|window| window.per >= Span::from_secs(1));
        let windows = spent.map(|window| {
            let (used, max) = (i64::from(window.used), i64::from(window.max));
            BudgetWindow {
                used,
                max,
                per: window.per,
                share: (used * 100).checked_div(max).unwrap_or(0).min(100),
            }
        });
        budgets.push(BudgetLine {
            windows: windows.collect(),
            word: usage.name,
            is_direct: usage.scope == "direct",
            scope: name.cloned().unwrap_or(usage.scope),
            blocked_until: usage.blocked_until.filter(|until| *until > desk.now()),
        });
    }
    desk.draw(&at.shell, &Budgets { budgets })
}

/// What people call the owners of budgets: logins and shops by their ids, proxies by their addresses.
async fn names(desk: &Desk, scope: &Scope) -> Result<BTreeMap<String, String>, Refusal> {
    let mut names = BTreeMap::new();
    for access in desk.catalog.accesses(scope).await? {
        names.insert(access.id.to_string(), access.login_masked);
    }
    for shop in desk.catalog.shops(scope).await? {
        names.insert(shop.id.to_string(), shop.name);
    }
    for proxy in desk.catalog.proxies(scope).await? {
        names.insert(proxy.name.clone(), proxy.name);
    }
    Ok(names)
}

pub(super) async fn health(
    State(desk): State<Desk>,
    who: Person<need::ViewAutomation>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/automation/health"),
            "automation",
            &slug,
            None,
        )
        .await?;
    let now = desk.now();
    let mut lines = Vec::new();
    let mut line = |word, tone, said: Told, subject: Option<String>, at| {
        lines.push(HealthLine {
            word,
            tone,
            said,
            subject,
            at,
        })
    };
    for shop in desk.catalog.shops(who.scope()).await? {
        let pulse = desk.pricing.pulse(who.scope(), &shop.id).await?;
        match pulse.checked_at {
            Some(seen) if now.since(seen) > SILENT => line(
                "storefront",
                "warn",
                Told::new("silent").arg("minutes", now.since(seen).as_mins()),
                Some(shop.name.clone()),
                seen,
            ),
            Some(seen) => line(
                "storefront",
                "ok",
                Told::new("heard"),
                Some(shop.name.clone()),
                seen,
            ),
            None => line(
                "storefront",
                "off",
                Told::new("never"),
                Some(shop.name.clone()),
                now,
            ),
        }
        let contact = shop.contact_at.unwrap_or(now);
        let (tone, said) = match shop.access_state {
            Some(AccessState::Connected) if shop.contact_at.is_some() => ("ok", Told::new("heard")),
            Some(AccessState::Connected) => ("off", Told::new("never")),
            Some(AccessState::Blocked) => ("bad", Told::new("sign-in-blocked")),
            Some(
                AccessState::SessionEnded
                | AccessState::NeedsCode
                | AccessState::WrongPassword
                | AccessState::New,
            ) => ("bad", Told::new("session")),
            None => ("off", Told::new("off")),
        };
        line("cabinet", tone, said, Some(shop.name), contact);
    }
    // Every reading on this page asks the database: its answer is timed by one of them.
    let begun = desk.now();
    let counts = desk.jobs.counts().await?;
    let took = desk.now().since(begun);
    line(
        "database",
        if took > Span::from_secs(1) { "warn" } else { "ok" },
        Told::new("answers").arg("ms", took.as_millis()),
        None,
        desk.now(),
    );
    let waiting: u64 = counts
        .iter()
        .filter(|count| count.state == JobState::Waiting)
        .map(|count| count.jobs)
        .sum();
    let oldest = desk.jobs.oldest_wait().await?;
    let said = Told::new("queue")
        .arg("n", waiting)
        .arg("seconds", oldest.as_secs());
    line(
        "queue",
        if oldest > BEHIND { "warn" } else { "ok" },
        said,
        None,
        now,
    );
    for stuck in desk.jobs.stuck().await? {
        line(
            "stuck",
            "warn",
            Told::new("stuck")
                .arg("minutes", stuck.takes.as_mins())
                .arg("job", stuck.run.name),
            None,
            stuck.run.started_at,
        );
    }
    if desk.cluster.is_shared() {
        let begun = desk.now();
        match desk.cluster.ping().await {
            Ok(()) => line(
                "redis",
                "ok",
                Told::new("answers").arg("ms", desk.now().since(begun).as_millis()),
                None,
                desk.now(),
            ),
            Err(error) => {
                tracing::warn!(%error, "the shared state does not answer");
                line("redis", "bad", Told::new("silent-now"), None, desk.now());
            }
        }
    }
    desk.draw(&at.shell, &Health { lines })
}
