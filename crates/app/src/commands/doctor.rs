//! `sauda doctor`: looks at everything the program needs, tells one trouble from another, and says what to do.

use crate::{config::Config, logs, rooms::Rooms};
use sauda_accounts::Scope;
use sauda_catalog::AccessState;
use sauda_kernel::{Clock as _, Span, SystemClock};
use sauda_market::{Egress, Marketplace as _};
use std::{collections::BTreeSet, path::Path, process::ExitCode};

/// One finding: good, or bad with the way out.
struct Finding {
    good: bool,
    what: String,
    todo: Option<String>,
}

fn good(what: impl Into<String>) -> Finding {
    Finding {
        good: true,
        what: what.into(),
        todo: None,
    }
}

fn bad(what: impl Into<String>, todo: impl Into<String>) -> Finding {
    Finding {
        good: false,
        what: what.into(),
        todo: Some(todo.into()),
    }
}

/// Looks and tells; fails when something is bad.
pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let mut findings = vec![clock(), disk(&config)];
    let market = config.kaspi.clone();
    match Rooms::open(config).await {
        Ok(rooms) => {
            findings.push(good("database: answers, tables are up to date"));
            findings.push(match rooms.cluster.usage().await {
                Ok(_) if rooms.config.redis.url.is_empty() => {
                    good("shared state: in this process (redis.url is not set)")
                }
                Ok(_) => good("Redis: answers"),
                Err(error) => bad(
                    format!("Redis: {error}"),
                    "start it or correct redis.url; price changes wait meanwhile",
                ),
            });
            findings.extend(sessions(&rooms).await?);
            findings.extend(lines(&rooms).await?);
            findings.extend(team(&rooms).await?);
        }
        Err(error) => findings.push(bad(
            format!("database: {error:#}"),
            "correct database.url, start the database, or free the file",
        )),
    }
    match sauda_market_kaspi::KaspiMarket::new(market) {
        Ok(market) => {
            for finding in market.doctor(&Egress::DIRECT).await {
                let text = format!("Kaspi: {finding}");
                findings.push(if finding.is_good() {
                    good(text)
                } else {
                    bad(text, finding.advice())
                });
            }
            logs::say(&format!("marketplace: {}", market.name()));
        }
        Err(error) => findings.push(bad(
            format!("kaspi settings: {error}"),
            "correct the section [kaspi]",
        )),
    }
    let mut failed = false;
    for finding in &findings {
        logs::say(&format!(
            "{} {}",
            if finding.good { "ok  " } else { "BAD " },
            finding.what
        ));
        if let Some(todo) = &finding.todo {
            logs::say(&format!("       → {todo}"));
        }
        failed |= !finding.good;
    }
    Ok(if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The bots of all merchants, and the mail server.
async fn team(rooms: &Rooms) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for merchant in rooms.accounts.merchants().await? {
        let scope = Scope::system(merchant.id.clone(), "doctor");
        let Some(bot) = rooms.team.bot(&scope).await? else {
            findings.push(good(format!(
                "Telegram of {}: no bot is connected",
                merchant.name
            )));
            continue;
        };
        let said = format!("Telegram of {}: @{}", merchant.name, bot.user_name);
        findings.push(match rooms.team.try_bot(&scope).await {
            Ok(_) => good(format!("{said} answers, {} messages wait", bot.waiting)),
            Err(error) => bad(
                format!("{said}: {error}"),
                "a wrong key: connect the bot anew in Messages → Telegram; no connection: see telegram.api_url and the network",
            ),
        });
    }
    if rooms.team.sends_mail() {
        findings.push(match rooms.team.try_mail().await {
            Ok(()) => good("mail: the server takes our sign-in"),
            Err(error) => bad(format!("mail: {error}"), "correct the section [mail]"),
        });
    } else {
        findings.push(good("mail: mail.host is not set, no letters are sent"));
    }
    Ok(findings)
}

/// A clock before this program was written is wrong.
fn clock() -> Finding {
    let now = SystemClock.now();
    if now.local().year < 2026 {
        return bad(
            format!("clock: {now}"),
            "set the machine's time (timedatectl set-ntp true): limits and receipts depend on it",
        );
    }
    good(format!("clock: {now}"))
}

/// Whether the data folder takes a file.
fn disk(config: &Config) -> Finding {
    let Some(path) = config.database.url.strip_prefix("sqlite:") else {
        return good("disk: the database is elsewhere");
    };
    let path = Path::new(path.trim_start_matches("//"));
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let probe = folder.join(".sauda-doctor");
    let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&probe, vec![0_u8; 1 << 20]));
    let _ = std::fs::remove_file(&probe);
    match written {
        Ok(()) => good(format!("disk: {} takes files", folder.display())),
        Err(error) => bad(
            format!("disk: {} does not take a megabyte: {error}", folder.display()),
            "free space or correct the rights of the folder",
        ),
    }
}

/// The state of every kept session, and whether it still lives.
async fn sessions(rooms: &Rooms) -> anyhow::Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for shop in rooms.catalog.all_shops().await? {
        let scope = Scope::system(shop.merchant.clone(), "doctor");
        let said = format!("shop {} ({})", shop.name, shop.uid);
        findings.push(match shop.access_state {
            Some(AccessState::Connected) => match rooms.catalog.cabinet(&scope, &shop.id).await {
                Ok(cabinet) => match rooms.catalog.market().shops(&cabinet.egress, &cabinet.session).await {
                    Ok(_) => good(format!("{said}: session lives")),
                    Err(error) => bad(format!("{said}: {error}"), "renew it in Settings → Shops if the session ended; otherwise see the lines about Kaspi"),
                },
                Err(error) => bad(format!("{said}: {error}"), "renew it in Settings → Shops"),
            },
            Some(state) => bad(format!("{said}: {}", state.word()), "open Settings → Shops and sign in again"),
            None => good(format!("{said}: fed by files, no session")),
        });
        if rooms.catalog.shop_key(&scope, &shop.id).await?.is_some() {
            findings.push(match rooms.orders.try_key(&scope, &shop.id).await {
                Ok(()) => good(format!("{said}: key to the orders works")),
                Err(error) => bad(
                    format!("{said}: key to the orders: {error}"),
                    "a bad token: give the key of the cabinet's settings anew in Settings → Shops; no answer in time: the official interface answers from Kazakhstan only",
                ),
            });
        }
        let quiet = shop.contact_at.map(|at| rooms.clock.now().since(at));
        if quiet.is_some_and(|quiet| quiet > Span::from_hours(24)) {
            findings.push(bad(
                format!("{said}: no contact for {} h", quiet.map_or(0, Span::as_mins) / 60),
                "check that the worker role runs",
            ));
        }
    }
    Ok(findings)
}

/// How every WhatsApp line stands, as its server says it now.
async fn lines(rooms: &Rooms) -> anyhow::Result<Vec<Finding>> {
    let shops = rooms.catalog.all_shops().await?;
    let merchants: BTreeSet<_> = shops.into_iter().map(|shop| shop.merchant).collect();
    let mut findings = Vec::new();
    for merchant in merchants {
        let scope = Scope::system(merchant, "doctor");
        for view in rooms.messages.lines(&scope).await? {
            let said = format!("WhatsApp {} at {}", view.line.name, view.line.server);
            // Opening asks the server, and sets anew where its events come to.
            rooms.messages.open_line(&scope, &view.line.id).await?;
            let now = rooms.messages.line(&scope, &view.line.id).await?;
            findings.push(match (&now.line.trouble, now.line.state.can_send()) {
                (None, true) => good(format!("{said}: works, {} messages wait", now.waiting)),
                (Some((_, text, _)), _) => bad(
                    format!("{said}: {text}"),
                    "correct the address or the key under Messages → WhatsApp, or start the server",
                ),
                (None, false) => bad(
                    format!("{said}: {}", now.line.state.word()),
                    "open Messages → WhatsApp and scan the code with the phone",
                ),
            });
        }
    }
    Ok(findings)
}
