//! What a question says of delivery: the service, who pays, the seller's own fees over the published tariff. Refuses to guess a fee.

use super::{
    fields::Members,
    question::Question,
    refusal::Refusal,
    show::note,
    wanted::{DeliveryAsked, delivery_asked},
};
use crate::rates::Confidence;
use crate::{
    Band, Delivery, DeliveryService, DeliveryStep, FloorError, delivery_steps, fee_at, own_steps, steps_over,
};
use sauda_kernel::{Money, Tenge};
use serde_json::Value;

/// Bands of an own tariff at most: as many as a merchant may have rates.
const MOST_BANDS: usize = 2_000;

impl Question {
    pub(super) fn set_delivery(&mut self, members: &Members<'_>) -> Result<(), Refusal> {
        let asked = delivery_asked(members)?;
        self.delivery = asked.clone();
        self.parts.delivery = match asked {
            DeliveryAsked::NotCounted => {
                if self.price.is_some() {
                    self.notes.push(note("delivery-not-counted", "no delivery is given: its fee is not counted; give delivery city, kazakhstan, express, pickup or delivery_fee"));
                }
                Delivery::None
            }
            DeliveryAsked::BuyerPays | DeliveryAsked::Pickup => Delivery::None,
            DeliveryAsked::Given(fee) => Delivery::Fixed(fee),
            DeliveryAsked::Tariff(service) => self.tariff(service)?,
        };
        if let (Some(vat), Delivery::Fixed(_), false) =
            (&mut self.parts.vat, &self.parts.delivery, self.partial)
        {
            vat.delivery_credited = false;
        }
        Ok(())
    }

    /// The tariff of a service: all its steps, or where a part of it was never published, the fee around the asked price.
    pub(super) fn tariff(&mut self, service: DeliveryService) -> Result<Delivery, Refusal> {
        let at = self.day.noon();
        let grams = match (self.grams, self.price) {
            (Some(grams), _) => grams,
            (None, price) => {
                let light = self.steps(service, 1).ok();
                let heavy = self.steps(service, 10_000_000).ok();
                let same = |price: Tenge| match (&light, &heavy) {
                    (Some(light), Some(heavy)) => {
                        let fee = |steps: &[DeliveryStep]| {
                            steps
                                .iter()
                                .rev()
                                .find(|step| step.from <= price)
                                .map(|step| step.fee)
                        };
                        fee(light) == fee(heavy)
                    }
                    _ => false,
                };
                if price.is_some_and(same) {
                    self.notes.push(note(
                        "weight-assumed",
                        "the weight is not given: dearer prices are computed for up to 5 kg",
                    ));
                    1
                } else {
                    return Err(Refusal::missing(
                        "weight_kg",
                        "give the weight: from this price on the delivery fee depends on it",
                    ));
                }
            }
        };
        match self.steps(service, grams) {
            Ok(steps) => Ok(Delivery::Steps(steps)),
            Err(FloorError::NoTariff { .. }) if self.price.is_some() => {
                let price = self.price.unwrap_or_default();
                let (fee, sure) = fee_at(service, grams, price, at).map_err(|problem| {
                    Refusal::failure(&problem, Some("delivery"), "give delivery_fee, or another date")
                })?;
                self.partial = true;
                let sure = if sure == Confidence::High {
                    ""
                } else {
                    ", and not sure"
                };
                self.notes.push(note("tariff-partial", format!("on this day the tariff is known only around this price{sure}: break-even and ladder take the same fee at all prices")));
                Ok(Delivery::Fixed(fee))
            }
            Err(problem) => Err(Refusal::failure(
                &problem,
                Some("delivery"),
                "give delivery_fee, or another date",
            )),
        }
    }

    /// The steps of a service for a weight: own fees over the published ones.
    fn steps(&self, service: DeliveryService, grams: i64) -> Result<Vec<DeliveryStep>, FloorError> {
        let own = own_steps(self.own_tariff.iter().copied(), service, Some(grams));
        steps_over(own, || delivery_steps(service, grams, self.day.noon()))
    }

    /// Whether an own fee holds for a service at the asked price.
    pub(super) fn is_own(&self, service: DeliveryService) -> bool {
        let own = own_steps(self.own_tariff.iter().copied(), service, self.grams.or(Some(1)));
        let from = own.first().map(|step| step.from);
        from.is_some_and(|from| self.price.is_none_or(|price| from <= price))
    }
}

/// `own_tariff`: a list of `{"service","fee"}` with `from` in tenge and `up_to_kg` where they are wanted.
pub(super) fn own_tariff(members: &Members<'_>) -> Result<Vec<(Band, Money)>, Refusal> {
    let Some((path, value)) = members.get(&["own_tariff"])? else {
        return Ok(Vec::new());
    };
    let wanted = "a list of at most 2000 fees such as {\"service\":\"city\",\"from\":10000,\"up_to_kg\":5,\"fee\":990}";
    let rows = value.as_array().filter(|rows| rows.len() <= MOST_BANDS);
    let rows = rows.ok_or_else(|| Refusal::wrong(&path, value, wanted))?;
    rows.iter()
        .enumerate()
        .map(|(place, row)| own_fee(&format!("{path}[{place}]"), row))
        .collect()
}

fn own_fee(path: &str, row: &Value) -> Result<(Band, Money), Refusal> {
    let members = Members::read(path, row, &["service", "from", "up_to_kg", "fee"])?;
    let missing = |name: &str, hint: &str| Refusal::missing(&members.at(name), hint);
    let word = members.text(&["service"])?;
    let word = word.ok_or_else(|| missing("service", "give city, kazakhstan or express"))?;
    let fee = members.money(&["fee"])?;
    let fee = fee.ok_or_else(|| missing("fee", "give tenge with tax, and 0 where the buyer pays"))?;
    let from = members.whole(&["from"], "whole tenge of the order")?;
    let up_to = members.decimal(&["up_to_kg"], 3, "kilograms, such as 5 or 0.5")?;
    let band = Band::new(&word, up_to, from).filter(|_| fee >= Money::ZERO);
    let wanted = "city, kazakhstan or express, a fee of at least 0, from at least 0 tenge, up to 10000 kg";
    Ok((band.ok_or_else(|| Refusal::wrong(path, row, wanted))?, fee))
}
