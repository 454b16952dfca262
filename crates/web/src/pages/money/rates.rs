//! Rates: published commissions to look up, and the merchant's own from a day on. Refuses to change what is published.

use super::{fill, hundredths, moment_of, sum_typed};
use crate::{
    around::AtShop,
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::path_of,
    views::{
        money_rates::{DeliveryFee, OwnBand, OwnRateRow, PublishedRate, RatesPage, TaxRate},
        parts::{Form, Told},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_economics::command::millionths_of;
use sauda_economics::money::{NewRate, RateKind};
use sauda_economics::rates::{
    CommissionRate, Day, Fact, KNOWN_TO, commission, find_categories, mrp, regimes_on, unit_taxes, vat_rate,
};
use sauda_economics::{Band, tariff_on};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Money, OwnRateId};
use serde::Deserialize;

/// Categories that a search shows.
const FOUND: usize = 20;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RatesQuery {
    q: String,
    /// Tables of this day; today when empty.
    on: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<RatesQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let today = Day::of(desk.now());
    let mut form = Form::of(&[
        ("kind", "commission"),
        ("from", &today.to_string()),
        ("on", &query.on),
    ]);
    let day = match query.on.trim() {
        "" => today,
        typed => Day::parse(typed).unwrap_or_else(|| {
            let told = Told::new("rates-day").arg("value", typed.to_owned());
            form = form.clone().refuse("on", told);
            today
        }),
    };
    let mut view = view(&desk, who.scope(), query.q.trim(), day, form).await?;
    let (asked, goods) = goods_of(&desk, who.scope(), &at, query.q.trim()).await?;
    if let Some(goods) = goods {
        view.found = goods
            .as_ref()
            .map(|category| published(category, day))
            .unwrap_or_default();
        view.goods = Some((asked, goods));
    }
    desk.draw(&at.shell, &view)
}

/// The goods that a search names by card, link or article, own or of the market: their name and their category, which nobody may
/// have said.
async fn goods_of(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    asked: &str,
) -> Result<(String, Option<Option<String>>), Refusal> {
    if asked.is_empty() {
        return Ok((String::new(), None));
    }
    let goods = desk.catalog.goods_sold(scope, &[], &[asked]).await?;
    if let Some(facts) = goods.of(None, asked).map(|product| &product.facts) {
        let category = facts.subcategory.clone().or_else(|| facts.category.clone());
        return Ok((facts.name(), Some(category)));
    }
    let Some(card) = fill::card_of(asked) else {
        return Ok((String::new(), None));
    };
    let mut typed = fill::Typed::from([("link".to_owned(), asked.to_owned())]);
    Ok(match fill::from_card(desk, scope, at, &mut typed, &card).await? {
        Ok(name) => (name, Some(typed.remove("category"))),
        Err(_) => (String::new(), None),
    })
}

/// The commission of a category that the table knows by its name or path, else categories like it.
fn published(category: &str, day: Day) -> Vec<PublishedRate> {
    let found = match commission(category, day) {
        Ok(rate) => vec![rate],
        Err(_) => find_categories(category, day, FOUND).unwrap_or_default(),
    };
    found.into_iter().map(shown).collect()
}

fn shown(rate: CommissionRate) -> PublishedRate {
    PublishedRate {
        category: rate.category,
        rate_bp: rate.rate.0,
        with_vat_bp: rate.with_vat.map(|rate| rate.0),
        from: rate.from,
        confidence: rate.confidence.word(),
        source: rate.source,
    }
}

/// Deliveries and taxes of a day, as the published tables have them.
fn tables(day: Day) -> (Vec<DeliveryFee>, Vec<TaxRate>) {
    let fees = tariff_on(day).into_iter().map(|band| DeliveryFee {
        service: band.service,
        from: band.from,
        to: band.to,
        above_kg: band.above_kg,
        up_to_kg: band.up_to_kg,
        fee: band.fee,
        is_seller: band.payer == "seller",
        source: band.source,
        confidence: band.confidence.word(),
        valid_from: band.valid_from,
    });
    let line = |word: &str, fact: Fact, of: &'static str| TaxRate {
        word: word.to_owned(),
        hundredths: fact.hundredths,
        of,
        from: fact.from,
        source: fact.source,
        confidence: fact.confidence.word(),
    };
    let mut taxes: Vec<TaxRate> = regimes_on(day)
        .into_iter()
        .filter_map(|regime| {
            let told = unit_taxes(regime, None, None, false, day).ok()?;
            let of = if told.profit_tax.0 > 0 {
                "profit"
            } else {
                "turnover"
            };
            Some(line(&format!("tax-regime-{}", regime.word()), told.fact, of))
        })
        .collect();
    taxes.extend(vat_rate(day).ok().map(|fact| line("part-vat", fact, "turnover")));
    taxes.extend(mrp(day).ok().map(|fact| line("tax-mrp", fact, "sum")));
    (fees.collect(), taxes)
}

async fn view(desk: &Desk, scope: &Scope, query: &str, day: Day, form: Form) -> Result<RatesPage, Refusal> {
    let own = desk.money.rates(scope).await?;
    let (fees, taxes) = tables(day);
    let found = find_categories(query, day, FOUND).unwrap_or_default();
    Ok(RatesPage {
        query: query.to_owned(),
        day: day.noon(),
        found: found.into_iter().map(shown).collect(),
        goods: None,
        fees,
        taxes,
        own: own
            .all()
            .iter()
            .map(|rate| {
                let is_sum = matches!(rate.kind, RateKind::Packaging | RateKind::Delivery);
                let is_currency = rate.kind == RateKind::Currency;
                OwnRateRow {
                    id: rate.id.to_string(),
                    kind: rate.kind.word(),
                    pack: unpacked(rate.kind, &rate.subject),
                    band: band_of(rate.kind, &rate.subject),
                    subject: if is_sum {
                        String::new()
                    } else {
                        rate.subject.clone()
                    },
                    share_bp: (!is_sum && !is_currency).then_some(rate.value),
                    each: is_currency.then(|| super::rate_typed(rate.value)),
                    sum: is_sum.then(|| Money::from_tiyn(rate.value)),
                    from: moment_of(&rate.from_day),
                    source: rate.source.clone(),
                    note: rate.note.clone(),
                    set_by: rate.set_by.clone(),
                }
            })
            .collect(),
        kinds: RateKind::ALL.map(RateKind::word).to_vec(),
        known_to: moment_of(KNOWN_TO),
        form,
        may_edit: scope.may(Right::ManagePrices),
    })
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
pub(super) struct RateForm {
    kind: String,
    subject: String,
    /// What packaging is for: `sku`, `weight`, `volume`; all without it.
    pack: String,
    /// Of a delivery: the service, orders from so many tenge on, parcels up to so many kilograms.
    service: String,
    band_from: String,
    band_kg: String,
    value: String,
    from: String,
    source: String,
    note: String,
}

pub(super) async fn set(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<RateForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    scope.require(Right::ViewMoney)?;
    let mut form = Form::of(&[
        ("kind", &typed.kind),
        ("subject", &typed.subject),
        ("pack", &typed.pack),
        ("service", &typed.service),
        ("band_from", &typed.band_from),
        ("band_kg", &typed.band_kg),
        ("value", &typed.value),
        ("from", &typed.from),
        ("source", &typed.source),
        ("note", &typed.note),
    ]);
    let wrong = |name: &str, value: &str| Told::new("wrong-value").arg("value", value).arg("name", name);
    let kind = RateKind::parse(&typed.kind);
    let value = match kind {
        Some(RateKind::Currency) => millionths_of(&typed.value).ok_or_else(|| wrong("value", &typed.value)),
        Some(RateKind::Packaging | RateKind::Delivery) => sum_typed("value", &typed.value),
        _ => hundredths(&typed.value).ok_or_else(|| wrong("value", &typed.value)),
    };
    let from = Day::parse(&typed.from);
    if kind.is_none() {
        form = form.refuse("kind", wrong("kind", &typed.kind));
    }
    let value = match value {
        Ok(value) => Some(value),
        Err(told) => {
            form = form.refuse("value", told);
            None
        }
    };
    if from.is_none() {
        form = form.refuse("from", wrong("from", &typed.from));
    }
    let subject = match kind {
        Some(RateKind::Packaging) => packed(&typed.pack, &typed.subject).ok_or_else(|| {
            (
                "subject",
                Told::new("money-class").arg("value", typed.subject.clone()),
            )
        }),
        Some(RateKind::Delivery) => band(&typed).map_err(|(name, value)| {
            (
                name,
                Told::new("wrong-value").arg("value", value).arg("name", name),
            )
        }),
        _ => Ok(typed.subject.clone()),
    };
    let subject = match subject {
        Ok(subject) => Some(subject),
        Err((name, told)) => {
            form = form.refuse(name, told);
            None
        }
    };
    if let (Some(kind), Some(value), Some(from), Some(subject)) = (kind, value, from, subject) {
        let new = NewRate {
            kind,
            subject,
            value,
            from,
            source: typed.source,
            note: typed.note,
        };
        match desk.money.set_rate(scope, new).await {
            Ok(_) => return Ok(Did::new("did-rate-set").at(&format!("/s/{slug}/money/rates"))),
            Err(error) => match form_refusals(&error) {
                Some(refusals) => form = form.refused(&refusals),
                None => return Err(error.into()),
            },
        }
    }
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    form.values.insert("on".to_owned(), String::new());
    let view = view(&desk, scope, "", Day::of(desk.now()), form).await?;
    desk.again(&at.shell, &view)
}

pub(super) async fn remove(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, OwnRateId)>,
) -> Result<Response, Refusal> {
    who.scope().require(Right::ViewMoney)?;
    desk.money.remove_rate(who.scope(), &id).await?;
    Ok(Did::new("did-rate-removed").at(&format!("/s/{slug}/money/rates")))
}

/// Thousandths of what was typed with at most three digits behind the comma; none for what is no number above nothing.
fn thousandths(typed: &str) -> Option<i64> {
    let plain: String = typed.chars().filter(|one| !one.is_whitespace()).collect();
    let plain = plain.replace(',', ".");
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let fits = part.len() <= 3 && !whole.is_empty() && whole.len() <= 6;
    let number: i64 = fits.then(|| format!("{whole}{part:0<3}").parse().ok())??;
    (number > 0).then_some(number)
}

/// Which parcels a fee of delivery is for, or the field that says no such thing, with what was typed there.
fn band(typed: &RateForm) -> Result<String, (&'static str, String)> {
    let grams = match typed.band_kg.trim() {
        "" => None,
        text => Some(thousandths(text).ok_or_else(|| ("band_kg", typed.band_kg.clone()))?),
    };
    let from: String = typed
        .band_from
        .chars()
        .filter(|one| !one.is_whitespace())
        .collect();
    let from: Option<i64> = match from.as_str() {
        "" => None,
        text => {
            let whole = text.parse().ok().filter(|from: &i64| *from >= 0);
            Some(whole.ok_or_else(|| ("band_from", typed.band_from.clone()))?)
        }
    };
    let band = Band::new(&typed.service, grams, from).ok_or_else(|| ("service", typed.service.clone()))?;
    Ok(band.to_string())
}

/// Which parcels an own fee of delivery is for, as people read it.
fn band_of(kind: RateKind, subject: &str) -> Option<OwnBand> {
    let band = Band::parse(subject).filter(|_| kind == RateKind::Delivery)?;
    Some(OwnBand {
        service: band.service.word(),
        from: band.from,
        up_to: band.up_to.map(with_comma),
    })
}

/// Thousandths as people type them.
fn with_comma(thousandths: i64) -> String {
    let text = format!("{},{:03}", thousandths / 1_000, thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

/// What a packaging rate is for, from what was typed: an article, kilograms or litres; none for what is no size.
fn packed(class: &str, typed: &str) -> Option<String> {
    match class {
        "" | "all" => Some(String::new()),
        "sku" => Some(format!("sku:{}", typed.trim())).filter(|_| !typed.trim().is_empty()),
        "weight" => thousandths(typed).map(|grams| format!("weight:{grams}")),
        "volume" => thousandths(typed).map(|volume| format!("volume:{volume}")),
        _ => None,
    }
}

/// The class of a packaging rate and its size as people type it.
fn unpacked(kind: RateKind, subject: &str) -> Option<(String, String)> {
    let (class, size) = subject.split_once(':').filter(|_| kind == RateKind::Packaging)?;
    let size = match size.parse::<i64>() {
        Ok(size) if class != "sku" => with_comma(size),
        _ => size.to_owned(),
    };
    Some((class.to_owned(), size))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_band_is_typed_in_tenge_and_kilograms_and_comes_back_so() {
        let typed = |service: &str, from: &str, kg: &str| RateForm {
            service: service.to_owned(),
            band_from: from.to_owned(),
            band_kg: kg.to_owned(),
            ..RateForm::default()
        };
        let kept = band(&typed("city", "10 000", "1,5")).unwrap();
        assert_eq!(kept, "city/weight:1500/from:10000");
        let shown = band_of(RateKind::Delivery, &kept).unwrap();
        assert_eq!(
            (shown.service, shown.from, shown.up_to.as_deref()),
            ("city", 10_000, Some("1,5"))
        );
        assert_eq!(band(&typed("express", "", "")).unwrap(), "express");
        let refused = |service, from, kg| band(&typed(service, from, kg)).unwrap_err().0;
        assert_eq!(
            (
                refused("moon", "", ""),
                refused("city", "много", ""),
                refused("city", "", "0")
            ),
            ("service", "band_from", "band_kg")
        );
        assert!(band_of(RateKind::Packaging, "city").is_none());
    }

    #[test]
    fn sizes_of_packaging_are_typed_in_kilograms_and_litres_and_come_back_so() {
        let told = |class: &str, typed: &str| {
            let subject = packed(class, typed)?;
            unpacked(RateKind::Packaging, &subject)
        };
        assert_eq!(packed("weight", "1,5").as_deref(), Some("weight:1500"));
        assert_eq!(
            told("volume", "0,25"),
            Some(("volume".to_owned(), "0,25".to_owned()))
        );
        assert_eq!(told("sku", " 12 "), Some(("sku".to_owned(), "12".to_owned())));
        assert_eq!(packed("all", "1,5").as_deref(), Some(""));
        assert_eq!(
            (
                packed("weight", "много"),
                packed("weight", "0"),
                packed("sku", " ")
            ),
            (None, None, None)
        );
    }
}
