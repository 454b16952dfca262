//! Stopping and starting the bot of a shop: the pause, and the switch off / dry run / on.

use crate::{
    door::Desk,
    views::guard::{BotSwitch, Pause},
};
use axum::{
    Router,
    extract::State,
    response::{Redirect, Response},
    routing::{get, post},
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public, Span, Timestamp};
use sauda_pricing::service::{PauseSubject, ShopMode};
use serde::Deserialize;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/prices/pause", get(ask).post(pause))
        .route("/s/{shop}/prices/resume", post(resume))
        .route("/s/{shop}/bot", get(bot).post(switch))
}

async fn ask(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices/pause"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let pulse = desk.pricing.pulse(who.scope(), &at.shop.id).await?;
    desk.draw(
        &at.shell,
        &Pause {
            on_the_way: pulse.flying,
        },
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PauseForm {
    /// `hour`, `morning` or `open`.
    until: String,
}

async fn pause(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<PauseForm>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let until = match form.until.as_str() {
        "hour" => Some(desk.now().plus(Span::from_hours(1))),
        "morning" => Some(morning(desk.now())),
        "open" => None,
        other => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("until").arg("value", other),
            ));
        }
    };
    desk.pricing
        .pause(who.scope(), PauseSubject::Shop(shop.id), until)
        .await?;
    Ok(Redirect::to(&format!("/s/{slug}/prices")))
}

/// The next nine o'clock in Almaty.
fn morning(now: Timestamp) -> Timestamp {
    let today = now.local_midnight().plus(Span::from_hours(9));
    if today > now {
        today
    } else {
        today.plus(Span::from_days(1))
    }
}

/// Takes the pause of the shop off, and the pause of everything when that is what holds it.
async fn resume(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.pricing
        .resume(who.scope(), &PauseSubject::Shop(shop.id))
        .await?;
    desk.pricing
        .resume(who.scope(), &PauseSubject::Everything)
        .await?;
    Ok(Redirect::to(&format!("/s/{slug}/prices")))
}

async fn bot(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/bot"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let settings = desk.pricing.shop_settings(who.scope(), &at.shop.id).await?;
    let view = BotSwitch {
        mode: settings.mode.word(),
        with_limits: desk.pricing.with_limits(who.scope(), &at.shop.id).await?,
        goods: desk.catalog.offer_count(&at.shop.id).await?,
    };
    desk.draw(&at.shell, &view)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SwitchForm {
    mode: String,
}

async fn switch(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<SwitchForm>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let wrong = || {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value")
                .field("mode")
                .arg("value", &form.mode),
        )
    };
    let mode = ShopMode::parse(&form.mode).ok_or_else(wrong)?;
    desk.pricing.set_mode(who.scope(), &shop.id, mode).await?;
    Ok(Redirect::to(&format!("/s/{slug}/today")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn morning_is_the_next_nine_oclock_in_almaty() {
        let night = Timestamp::from_almaty(2026, 11, 20, 3, 0, 0).unwrap();
        assert_eq!(
            morning(night),
            Timestamp::from_almaty(2026, 11, 20, 9, 0, 0).unwrap()
        );
        let evening = Timestamp::from_almaty(2026, 11, 20, 21, 0, 0).unwrap();
        assert_eq!(
            morning(evening),
            Timestamp::from_almaty(2026, 11, 21, 9, 0, 0).unwrap()
        );
    }
}
