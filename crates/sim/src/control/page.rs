//! `/_sim/`: the control page, plain HTML without scripts or outside hosts. Refuses to hold state between requests.

use crate::{
    control::{
        actions::RivalChange,
        faults::{Fault, FaultKind, Service},
        settings::SettingsPatch,
        views,
    },
    kaspi::wire::{found, html},
    locks::read,
    options::Speed,
    sim::Sim,
};
use axum::{
    Form,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use sauda_kernel::Span;
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;

#[derive(Debug, Deserialize)]
pub struct Shown {
    card: Option<String>,
    city: Option<String>,
}

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;max-width:72rem;margin:1.5rem auto;padding:0 1rem;color:#1c2420;background:#fbfaf7}\
table{border-collapse:collapse;margin:.4rem 0}td,th{padding:.2rem .7rem .2rem 0;text-align:left;border-bottom:1px solid #ddd8cc}\
h2{font-size:1.05rem;margin:1.6rem 0 .3rem}form{display:inline-block;margin:.15rem .4rem .15rem 0}input,button,select{font:inherit;padding:.15rem .45rem}";

/// `GET /_sim/`
pub async fn home(State(sim): State<Arc<Sim>>, Query(shown): Query<Shown>) -> Response {
    let mut page = format!(
        "<!doctype html><html lang=\"ru\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Симулятор Kaspi</title><style>{STYLE}</style></head><body><h1>Симулятор Kaspi</h1>"
    );
    let world = views::world(&sim);
    clock(&mut page, &world);
    codes(&mut page, &sim, &world);
    shops(&mut page, &world);
    card(&mut page, &sim, &shown);
    super::channels::show(&mut page, &sim);
    faults(&mut page, &sim);
    switches(&mut page, &sim);
    page.push_str("<h2>Счётчики</h2><table>");
    for (name, value) in views::counters(&sim).as_object().into_iter().flatten() {
        if value.is_u64() {
            row(&mut page, &[name, &text(value)]);
        }
    }
    page.push_str("</table><p>JSON: <a href=\"/_sim/api/world\">мир</a>, <a href=\"/_sim/api/ledger\">журнал цен</a>, <a href=\"/_sim/api/sales\">продажи</a>, \
                   <a href=\"/_sim/api/moves\">ходы соперников</a>, <a href=\"/_sim/api/counters\">счётчики</a>, <a href=\"/_sim/api/cards?own=true\">карточки</a>, <a href=\"/_sim/api/whatsapp/sent\">WhatsApp: отправлено</a>, \
                   <a href=\"/_sim/api/whatsapp/heard\">получено</a>, <a href=\"/_sim/api/telegram\">Telegram</a>, <a href=\"/_sim/api/mail\">почта</a></p></body></html>");
    html(StatusCode::OK, page)
}

pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

pub(super) fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn row(page: &mut String, cells: &[&str]) {
    page.push_str("<tr>");
    for cell in cells {
        page.push_str(&format!("<td>{}</td>", escape(cell)));
    }
    page.push_str("</tr>");
}

/// A form with one button and hidden fields.
pub(super) fn button(page: &mut String, label: &str, fields: &[(&str, &str)]) {
    page.push_str("<form method=\"post\" action=\"/_sim/do\">");
    for (name, value) in fields {
        page.push_str(&format!(
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(value)
        ));
    }
    page.push_str(&format!("<button>{}</button></form>", escape(label)));
}

fn clock(page: &mut String, world: &Value) {
    let clock = world.get("clock").cloned().unwrap_or_default();
    let part = |name: &str| clock.get(name).map(text).unwrap_or_default();
    page.push_str(&format!(
        "<h2>Часы</h2><p>{} (UTC), ход: ×{}</p>",
        part("now"),
        part("speed")
    ));
    for speed in ["stepped", "1", "10", "60", "600"] {
        button(page, &format!("×{speed}"), &[("what", "speed"), ("value", speed)]);
    }
    for (label, seconds) in [
        ("+10 с", "10"),
        ("+1 мин", "60"),
        ("+10 мин", "600"),
        ("+1 ч", "3600"),
        ("+1 сутки", "86400"),
    ] {
        button(page, label, &[("what", "step"), ("value", seconds)]);
    }
}

fn codes(page: &mut String, sim: &Sim, world: &Value) {
    page.push_str("<h2>Коды из SMS и писем</h2><table>");
    let codes = sim.identity.codes(None);
    if codes.is_empty() {
        row(page, &["Кодов пока нет"]);
    }
    for sent in codes.iter().rev().take(10) {
        row(page, &[&sent.at, &sent.to, &sent.code]);
    }
    page.push_str("</table><h2>Входы</h2><table>");
    for login in world
        .get("logins")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(20)
    {
        let part = |name: &str| login.get(name).map(text).unwrap_or_default();
        row(
            page,
            &[&part("phone"), &part("mail"), &part("password"), &part("shops")],
        );
    }
    page.push_str("</table>");
    button(page, "Завершить все сессии", &[("what", "end_sessions")]);
}

fn shops(page: &mut String, world: &Value) {
    page.push_str("<h2>Магазины</h2><table><tr><th>id</th><th>Название</th><th>В продаже</th><th>Продано</th><th>Выручка, ₸</th><th>На первом месте, %</th><th>Принято изменений</th><th>Отказано</th><th>Ключ к заказам</th></tr>");
    for shop in world
        .get("shops")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(50)
    {
        let part = |path: &str| shop.pointer(path).map(text).unwrap_or_default();
        row(
            page,
            &[
                &part("/uid"),
                &part("/name"),
                &part("/on_sale"),
                &part("/sold"),
                &part("/revenue"),
                &part("/first_place_percent"),
                &part("/changes/accepted"),
                &part("/changes/refused"),
                &part("/token"),
            ],
        );
    }
    page.push_str("</table>");
    if let Some(uid) = world.pointer("/shops/0/uid").map(text) {
        button(
            page,
            "Купить у первого магазина",
            &[("what", "order"), ("value", &uid)],
        );
    }
}

fn card(page: &mut String, sim: &Sim, shown: &Shown) {
    let city = shown.city.clone().unwrap_or_else(|| "750000000".to_owned());
    let first = sim
        .world
        .popular
        .iter()
        .filter_map(|at| sim.world.card_at(*at))
        .find(|slot| !read(&slot.state).own.is_empty());
    let card = shown
        .card
        .clone()
        .or_else(|| first.map(|slot| slot.info.sku.to_string()))
        .unwrap_or_default();
    page.push_str(&format!(
        "<h2>Карточка</h2><form method=\"get\" action=\"/_sim/\"><input name=\"card\" value=\"{}\"><input name=\"city\" value=\"{}\"><button>Показать</button></form>",
        escape(&card),
        escape(&city)
    ));
    let Some(view) = views::card(sim, &card, &city) else {
        page.push_str("<p>Такой карточки или города нет</p>");
        return;
    };
    page.push_str(&format!(
        "<p>{}</p><table>",
        escape(&view.get("title").map(text).unwrap_or_default())
    ));
    for line in view.get("ladder").and_then(Value::as_array).into_iter().flatten() {
        let part = |name: &str| line.get(name).map(text).unwrap_or_default();
        page.push_str(&format!(
            "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>",
            part("place"),
            escape(&part("merchant")),
            escape(&part("name")),
            escape(&part("temper"))
        ));
        if line.get("own") == Some(&Value::Bool(true)) {
            page.push_str(&format!("{} ₸, свой", part("price")));
        } else {
            page.push_str(&format!(
                "<form method=\"post\" action=\"/_sim/do\"><input type=\"hidden\" name=\"what\" value=\"move\"><input type=\"hidden\" name=\"card\" value=\"{}\">\
                 <input type=\"hidden\" name=\"merchant\" value=\"{}\"><input name=\"value\" size=\"8\" value=\"{}\"><button>Сменить цену</button></form>",
                escape(&card),
                escape(&part("merchant")),
                part("price")
            ));
        }
        page.push_str("</td></tr>");
    }
    page.push_str("</table>");
}

fn faults(page: &mut String, sim: &Sim) {
    page.push_str("<h2>Сбои</h2><p>");
    for (label, kind, service) in BUTTONS {
        button(
            page,
            label,
            &[("what", "fault"), ("kind", kind), ("value", service)],
        );
    }
    page.push_str("</p><table>");
    for fault in sim.faults.list() {
        let kind = serde_json::to_value(fault.kind)
            .map(|v| text(&v))
            .unwrap_or_default();
        row(
            page,
            &[
                &fault.id.to_string(),
                &kind,
                &format!("сработал {}", fault.struck),
            ],
        );
    }
    page.push_str("</table>");
    button(page, "Убрать все сбои", &[("what", "clear_faults")]);
}

const BUTTONS: [(&str, &str, &str); 20] = [
    ("Витрина: 403", "block403", "storefront"),
    ("Витрина: 429 HTML", "html429", "storefront"),
    ("Витрина: HTML с кодом 200", "html200", "storefront"),
    ("Витрина: молчит", "hang", "storefront"),
    ("Витрина: 503", "server_error", "storefront"),
    ("Витрина: обрыв ответа", "cut_body", "storefront"),
    ("Витрина: пустой список", "empty_offers", "offers"),
    ("Витрина: неполная страница", "partial_page", "offers"),
    ("Кабинет: сессия кончилась", "session_ended", "cabinet"),
    ("Кабинет: 503", "server_error", "cabinet"),
    ("Цены: задание теряется", "lost_job", "pricefeed"),
    ("Цены: задание опаздывает", "late_job", "pricefeed"),
    ("WhatsApp: молчит", "hang", "whatsapp"),
    ("WhatsApp: 503", "server_error", "whatsapp"),
    ("WhatsApp: телефон отвязан", "session_ended", "whatsapp"),
    ("Вебхуки: дважды", "duplicate_webhook", "webhooks"),
    ("Вебхуки: чужая подпись", "forged_webhook", "webhooks"),
    ("Вебхуки: пропадают", "lost_webhook", "webhooks"),
    ("Telegram: 503", "server_error", "telegram"),
    ("Почта: отказ", "server_error", "mail"),
];

fn switches(page: &mut String, sim: &Sim) {
    page.push_str("<h2>Переключатели</h2><p>");
    let settings = read(&sim.settings).to_json();
    for (name, value) in settings.as_object().into_iter().flatten() {
        if let Value::Bool(on) = value {
            button(
                page,
                &format!("{name}: {}", if *on { "вкл" } else { "выкл" }),
                &[
                    ("what", "switch"),
                    ("kind", name),
                    ("value", if *on { "false" } else { "true" }),
                ],
            );
        }
    }
    page.push_str("</p>");
}

#[derive(Debug, Default, Deserialize)]
pub struct Act {
    what: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    kind: String,
    #[serde(default)]
    card: String,
    #[serde(default)]
    merchant: String,
}

/// `POST /_sim/do`: one button.
pub async fn act(State(sim): State<Arc<Sim>>, Form(act): Form<Act>) -> Response {
    let outcome = tokio::task::spawn_blocking(move || perform(&sim, &act)).await;
    match outcome {
        Ok(Ok(back)) => found(&back),
        Ok(Err(refusal)) => html(StatusCode::UNPROCESSABLE_ENTITY, escape(&refusal)),
        Err(_) => html(StatusCode::INTERNAL_SERVER_ERROR, ""),
    }
}

fn perform(sim: &Sim, act: &Act) -> Result<String, String> {
    let mut back = "/_sim/".to_owned();
    match act.what.as_str() {
        "speed" => sim.set_speed(act.value.parse::<Speed>().map_err(|error| error.to_string())?),
        "step" => sim.step(Span::from_secs(
            act.value
                .parse()
                .map_err(|_| "not a number of seconds".to_owned())?,
        )),
        "end_sessions" => {
            sim.end_sessions(None).map_err(|missing| missing.to_string())?;
        }
        "order" => {
            sim.order(&act.value, None, None)
                .map_err(|missing| missing.to_string())?;
        }
        "clear_faults" => sim.clear_faults(),
        "fault" => {
            let kind: FaultKind =
                serde_json::from_value(Value::from(act.kind.as_str())).map_err(|error| error.to_string())?;
            let service: Service =
                serde_json::from_value(Value::from(act.value.as_str())).map_err(|error| error.to_string())?;
            sim.add_fault(Fault {
                duration_ms: Some(60_000),
                delay_ms: 120_000,
                ..Fault::new(kind, service)
            });
        }
        "switch" => {
            let patch = serde_json::json!({act.kind.as_str(): act.value == "true"});
            let patch: SettingsPatch = serde_json::from_value(patch).map_err(|error| error.to_string())?;
            sim.change_settings(&patch);
        }
        "move" => {
            let price = act.value.trim().parse().map_err(|_| "not a price".to_owned())?;
            let change = RivalChange {
                price: Some(price),
                ..RivalChange::default()
            };
            sim.change_rival(&act.card, &act.merchant, &change)
                .map_err(|missing| missing.to_string())?;
            back = format!("/_sim/?card={}", act.card);
        }
        other => {
            let done = super::channels::perform(sim, other, &act.value, &act.card, &act.merchant);
            done.ok_or_else(|| format!("unknown button {other}"))??;
        }
    }
    Ok(back)
}
