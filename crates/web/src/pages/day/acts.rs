//! What people do with the day: start, hold, go on, end, leave a step out, do one again, set when it starts.

use super::show::load_runs;
use crate::{
    carried::{Did, is_own},
    door::{Desk, form_refusals},
    views::parts::Form,
};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{DayRunId, Kind, Public};
use sauda_orders::model::{DaySettings, DayStep};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct StartForm {
    #[serde(default)]
    back: String,
}

/// Starts the day, or leads to the run that is open.
pub(super) async fn start(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<StartForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.orders.start_day(who.scope(), &shop.id).await?;
    let list = format!("/s/{slug}/orders");
    let back = if is_own(&form.back) { &form.back } else { &list };
    Ok(Did::new("did-day-started").at(&format!("{back}#run")))
}

#[derive(Deserialize)]
pub(super) struct TurnForm {
    /// `pause`, `go-on` or `end`.
    act: String,
    #[serde(default)]
    back: String,
}

fn unknown(value: &str) -> Refusal {
    Refusal::new(
        Kind::Invalid,
        Public::new("invalid-value").field("act").arg("value", value),
    )
}

fn back_to(typed: &str, slug: &str, id: &DayRunId) -> String {
    if is_own(typed) {
        typed.to_owned()
    } else {
        format!("/s/{slug}/orders/runs/{id}")
    }
}

/// Holds a run, lets it go on or ends it.
pub(super) async fn turn(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, id)): PathParams<(String, DayRunId)>,
    FormBody(form): FormBody<TurnForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let did = match form.act.as_str() {
        "pause" => {
            desk.orders.pause_day(scope, &shop.id, &id).await?;
            "did-day-paused"
        }
        "go-on" => {
            desk.orders.go_on_day(scope, &shop.id, &id).await?;
            "did-day-goes-on"
        }
        "end" => {
            desk.orders.end_day(scope, &shop.id, &id).await?;
            "did-day-ended"
        }
        other => return Err(unknown(other)),
    };
    Ok(Did::new(did).at(&back_to(&form.back, &slug, &id)))
}

/// Leaves a step out or does it again.
pub(super) async fn step(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, id, word)): PathParams<(String, DayRunId, String)>,
    FormBody(form): FormBody<TurnForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let step = DayStep::parse(&word).ok_or_else(|| {
        Refusal::new(
            Kind::NotFound,
            Public::new("not-found").arg("what", "step").arg("id", &word),
        )
    })?;
    let did = match form.act.as_str() {
        "skip" => {
            desk.orders.skip_step(scope, &shop.id, &id, step).await?;
            "did-day-skipped"
        }
        "repeat" => {
            desk.orders.repeat_step(scope, &shop.id, &id, step).await?;
            "did-day-repeats"
        }
        other => return Err(unknown(other)),
    };
    Ok(Did::new(did).at(&back_to(&form.back, &slug, &id)))
}

#[derive(Deserialize)]
pub(super) struct SettingsForm {
    /// Words of the steps that are done.
    #[serde(default)]
    step: Vec<String>,
    #[serde(default)]
    by_itself: String,
    #[serde(default)]
    starts_at: String,
    #[serde(default)]
    weekday: Vec<u32>,
    #[serde(default)]
    low_stock: String,
}

impl SettingsForm {
    fn settings(&self) -> DaySettings {
        DaySettings {
            skips: DayStep::ALL
                .into_iter()
                .filter(|step| !step.is_needed() && !self.step.iter().any(|word| word == step.word()))
                .collect(),
            starts_at: (self.by_itself == "on").then(|| minute(&self.starts_at).unwrap_or(-1)),
            weekdays: self.weekday.clone(),
            low_stock: self.low_stock.trim().parse().unwrap_or(-1),
        }
    }
}

/// Minute of the day of a text such as `8:30`.
fn minute(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().split_once([':', '.'])?;
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    ((0..24).contains(&hours) && (0..60).contains(&minutes)).then_some(hours * 60 + minutes)
}

pub(super) async fn settings(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<SettingsForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let path = format!("/s/{slug}/orders/runs");
    let settings = form.settings();
    match desk
        .orders
        .put_day_settings(who.scope(), &shop.id, &settings)
        .await
    {
        Ok(()) => Ok(Did::new("did-day-settings").at(&path)),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let typed = Form::of(&[
                ("starts_at", &form.starts_at),
                ("low_stock", &form.low_stock),
                ("by_itself", &form.by_itself),
            ])
            .refused(&refusals);
            let (shell, page) = load_runs(
                &desk,
                &who.session,
                who.language,
                &path,
                &slug,
                Some((typed, settings)),
            )
            .await?;
            desk.again(&shell, &page)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::minute;

    #[test]
    fn a_time_of_the_day_is_read_as_people_type_it() {
        assert_eq!(minute("08:30"), Some(510));
        assert_eq!(minute(" 9.05 "), Some(545));
        assert_eq!(minute("24:00"), None);
        assert_eq!(minute("8"), None);
    }
}
