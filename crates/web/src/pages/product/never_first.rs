//! Why an offer has not been first for a week. Refuses to guess: says nothing when the history does not tell.

use crate::{door::Desk, views::parts::Told};
use sauda_accounts::Scope;
use sauda_edge::Refusal;
use sauda_kernel::{Span, Tenge};
use sauda_pricing::{
    model::{Rung, RungKind},
    service::OfferView,
};

/// Not first for so long is worth a sentence.
const WEEK: i64 = 7;

pub(super) async fn why(
    desk: &Desk,
    scope: &Scope,
    facts: &OfferView,
    city: &str,
    floor: Option<Tenge>,
) -> Result<Option<Told>, Refusal> {
    let behind = facts
        .place
        .as_ref()
        .and_then(|row| row.place)
        .is_some_and(|place| place > 1);
    if !behind || !facts.own.managed {
        return Ok(None);
    }
    let now = desk.now();
    let since = now.minus(Span::from_days(WEEK));
    let points = desk
        .pricing
        .price_points(scope, &facts.offer.id, city, since)
        .await?;
    let is_old = points.first().is_some_and(|point| point.at <= since);
    if !is_old || points.iter().any(|point| point.place == Some(1)) {
        return Ok(None);
    }
    Ok(reason(&facts.ladder, floor).map(|said| said.arg("days", WEEK)))
}

fn reason(ladder: &[Rung], floor: Option<Tenge>) -> Option<Told> {
    let rival = ladder.iter().find(|rung| rung.kind == RungKind::Rival)?;
    let own = ladder.iter().find(|rung| rung.kind == RungKind::Own);
    if let Some(floor) = floor.filter(|floor| rival.price <= *floor) {
        return Some(
            Told::new("floor")
                .arg("floor", floor.get())
                .arg("rival", rival.price.get()),
        );
    }
    let own = own?;
    match (rival.delivery_days, own.delivery_days) {
        (Some(theirs), Some(ours)) if theirs < ours => return Some(Told::new("delivery")),
        _ => {}
    }
    (rival.rating_milli > own.rating_milli).then(|| Told::new("rating"))
}
