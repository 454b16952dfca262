//! The product's own rule: saved without overwriting anybody, tried on history before that.

use super::{ProductQuery, load};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::prices::show::{of_public, strategy},
    views::{
        parts::{Form, Told},
        product::Backtest,
    },
};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Money, OfferId, RuleId, Tenge};
use sauda_pricing::{
    PricingError,
    model::Strategy,
    service::{OfferBacktest, OfferPatch, OfferRule, strategy_word},
};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct RuleForm {
    version: String,
    managed: Option<String>,
    rule: String,
    strategy: String,
    places: String,
    margin: String,
    min: String,
    max: String,
    step: String,
    /// Absent for those without the right to see money.
    cost: Option<String>,
    /// A minimum that loses money is wanted so.
    confirmed: Option<String>,
}

/// What was typed, read.
struct Typed {
    rule: Option<RuleId>,
    managed: bool,
    strategy: Option<Strategy>,
    min: Option<Tenge>,
    max: Option<Tenge>,
    step: Option<Tenge>,
    cost: Option<Option<Money>>,
}

impl RuleForm {
    fn form(&self) -> Form {
        Form::of(&[
            ("rule", &self.rule),
            ("strategy", &self.strategy),
            ("places", &self.places),
            ("margin", &self.margin),
            ("min", &self.min),
            ("max", &self.max),
            ("step", &self.step),
            ("cost", self.cost.as_deref().unwrap_or_default()),
            ("confirmed", self.confirmed.as_deref().unwrap_or_default()),
            ("version", &self.version),
        ])
    }

    /// Every field that cannot be read is named at once.
    fn read(&self) -> Result<Typed, Form> {
        let mut form = self.form();
        let mut price = |field: &str, text: &str| {
            let text = text.trim();
            let read = sauda_edge::format::read_tenge(text);
            if !text.is_empty() && read.is_none() {
                form =
                    std::mem::take(&mut form).refuse(field, Told::new("web-number-form").arg("value", text));
            }
            read
        };
        let (min, max, step) = (
            price("min", &self.min),
            price("max", &self.max),
            price("step", &self.step),
        );
        let cost = self
            .cost
            .as_ref()
            .map(|text| price("cost", text).map(Tenge::money));
        let strategy = match strategy(&self.strategy, &self.places, &self.margin) {
            Ok(strategy) => strategy,
            Err((field, said)) => {
                form = form.refuse(field, said);
                None
            }
        };
        let rule = (!self.rule.is_empty()).then(|| RuleId::parse(&self.rule));
        let rule = match rule.transpose() {
            Ok(rule) => rule,
            Err(_) => {
                form = form.refuse(
                    "rule",
                    Told::new("invalid-value").arg("value", self.rule.as_str()),
                );
                None
            }
        };
        if form.refusals.is_empty() {
            Ok(Typed {
                rule,
                managed: self.managed.is_some(),
                strategy,
                min,
                max,
                step,
                cost,
            })
        } else {
            Err(form)
        }
    }
}

impl Typed {
    /// What differs from the rule as it stands.
    fn patch(&self, own: &OfferRule, confirmed: bool) -> OfferPatch {
        OfferPatch {
            rule: changed(&own.rule, &self.rule),
            managed: (own.managed != self.managed).then_some(self.managed),
            min: changed(&own.min, &self.min),
            max: changed(&own.max, &self.max),
            step: changed(&own.step, &self.step),
            cost: self.cost.filter(|cost| *cost != own.cost),
            strategy: changed(&own.settings.strategy, &self.strategy),
            confirmed,
            ..OfferPatch::default()
        }
    }

    /// The rule as it would be, for trying it.
    fn tried(&self, own: &OfferRule) -> OfferRule {
        let mut tried = OfferRule {
            rule: self.rule.clone(),
            managed: self.managed,
            min: self.min,
            max: self.max,
            step: self.step,
            cost: self.cost.unwrap_or(own.cost),
            strategy: self.strategy.map(|strategy| strategy_word(strategy).to_owned()),
            ..own.clone()
        };
        tried.settings.strategy = self.strategy;
        tried
    }
}

fn changed<T: Clone + PartialEq>(was: &Option<T>, now: &Option<T>) -> Option<Option<T>> {
    (was != now).then(|| now.clone())
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
    FormBody(form): FormBody<RuleForm>,
) -> Result<Response, Refusal> {
    let typed = match form.read() {
        Ok(typed) => typed,
        Err(refused) => return again(&desk, &who, &slug, &offer, &query, refused, false).await,
    };
    let own = desk.pricing.offer_rule(who.scope(), &offer).await?;
    let patch = typed.patch(&own, form.confirmed.is_some());
    let expected = form.version.parse().unwrap_or(own.version);
    match desk
        .pricing
        .change_offer(who.scope(), &offer, &patch, expected)
        .await
    {
        Ok(_) => Ok(Did::new("did-rule-saved").at(&query.back(&slug, &offer))),
        Err(error) => {
            let Some(problems) = form_refusals(&error) else {
                return Err(error.into());
            };
            let mut refused = form.form();
            for problem in &problems {
                refused = refused.refuse(problem.field.as_deref().unwrap_or_default(), of_public(problem));
            }
            // What stands now is shown beside; the next press saves over it knowingly.
            if let PricingError::ChangedMeanwhile { .. } = error {
                let now = desk.pricing.offer_rule(who.scope(), &offer).await?;
                refused
                    .values
                    .insert("version".to_owned(), now.version.to_string());
            }
            let asks = matches!(error, PricingError::MinBelowCost { .. });
            again(&desk, &who, &slug, &offer, &query, refused, asks).await
        }
    }
}

async fn again(
    desk: &Desk,
    who: &Person<need::ManagePrices>,
    slug: &str,
    offer: &OfferId,
    query: &ProductQuery,
    form: Form,
    needs_confirmation: bool,
) -> Result<Response, Refusal> {
    let mut loaded = load(
        desk,
        &who.session,
        who.language,
        &query.back(slug, offer),
        slug,
        offer,
        query,
    )
    .await?;
    loaded.view.rule = form;
    loaded.view.needs_confirmation = needs_confirmation;
    desk.again(&loaded.at.shell, &loaded.view)
}

/// Tries what was typed on the last thirty days; nothing is saved.
pub(super) async fn backtest(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
    FormBody(form): FormBody<RuleForm>,
) -> Result<Response, Refusal> {
    let typed = match form.read() {
        Ok(typed) => typed,
        Err(refused) => return again(&desk, &who, &slug, &offer, &query, refused, false).await,
    };
    let mut loaded = load(
        &desk,
        &who.session,
        who.language,
        &query.back(&slug, &offer),
        &slug,
        &offer,
        &query,
    )
    .await?;
    let named = match &typed.rule {
        Some(rule) => desk.pricing.rule(who.scope(), rule).await?.settings,
        None => sauda_pricing::model::Settings::default(),
    };
    let tried = typed.tried(&loaded.facts.own);
    match desk
        .pricing
        .backtest_offer(who.scope(), &offer, &loaded.at.city, &tried, Some(&named))
        .await
    {
        Ok(done) => {
            loaded.view.rule = form.form();
            loaded.view.is_managed = typed.managed;
            loaded.view.backtest = Some(shown(&done));
            desk.draw(&loaded.at.shell, &loaded.view)
        }
        Err(error) => {
            let Some(problems) = form_refusals(&error) else {
                return Err(error.into());
            };
            let mut refused = form.form();
            for problem in &problems {
                refused = refused.refuse(problem.field.as_deref().unwrap_or_default(), of_public(problem));
            }
            loaded.view.rule = refused;
            desk.again(&loaded.at.shell, &loaded.view)
        }
    }
}

fn shown(done: &OfferBacktest) -> Backtest {
    let (today, tried) = (&done.comparison.today, &done.comparison.tried);
    Backtest {
        days: tried.days,
        changes: i64::from(tried.changes),
        first_bp: tried.first_share.0,
        first_now_bp: today.first_share.0,
        margin_bp: tried.average_margin.map(|margin| margin.0),
        profit_apart: done.comparison.profit_gain,
        worst_day: tried.worst_day.map(|worst| worst.day),
        worst_day_profit: tried.worst_day.and_then(|worst| worst.profit),
        at_floor: i64::from(tried.floor_share.0 > 0),
        products: 1,
        too_short: tried.reservation.is_some(),
    }
}
