//! Changing one offer: limits, cost, strategy, rule, pin.

use super::{
    no_change, offer::OwnView, rule_settings::SettingsBody, rule_settings::strategy_or_null,
    rule_settings_parts::PinBody,
};
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{IfMatch, Sum, Versioned, present},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{OfferId, RuleId, Tenge};
use sauda_pricing::{model::Strategy, service::OfferPatch};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// What to change of an offer: an absent member stays, `null` clears it.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OfferPatch)]
pub(crate) struct OfferPatchBody {
    /// Id of a rule.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub rule_id: Option<Option<RuleId>>,
    /// Whether the bot keeps the price.
    pub managed: Option<bool>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub min: Option<Option<Sum>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub max: Option<Option<Sum>>,
    /// Purchase cost of one piece.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub cost: Option<Option<Sum>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Sum>)]
    pub step: Option<Option<Sum>>,
    #[serde(default, deserialize_with = "present")]
    #[schema(schema_with = strategy_or_null)]
    pub strategy: Option<Option<Strategy>>,
    /// Fixes the price.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<PinBody>)]
    pub pin: Option<Option<PinBody>>,
    /// The other overrides, whole.
    pub settings: Option<SettingsBody>,
    /// A minimum under the cost floor is wanted so.
    #[serde(default)]
    pub confirm_below_cost: bool,
}

impl Example for OfferPatchBody {
    fn example() -> Value {
        json!({
            "min": {"amount_minor": 3_490_000, "currency": "KZT"},
            "max": {"amount_minor": 4_290_000, "currency": "KZT"},
            "cost": {"amount_minor": 2_750_000, "currency": "KZT"},
            "strategy": {"kind": "stay_top_n", "n": 3},
            "rule_id": null,
        })
    }
}

fn price(member: Option<Option<Sum>>, field: &str) -> Result<Option<Option<Tenge>>, Refusal> {
    member
        .map(|sum| sum.map(|sum| sum.price(field)).transpose())
        .transpose()
}

impl OfferPatchBody {
    fn read(self) -> Result<OfferPatch, Refusal> {
        let pin = match self.pin {
            None => None,
            Some(None) => Some(None),
            Some(Some(pin)) => {
                let pin = pin.read("pin.price")?;
                Some(Some((pin.price, pin.until)))
            }
        };
        Ok(OfferPatch {
            rule: self.rule_id,
            managed: self.managed,
            min: price(self.min, "min")?,
            max: price(self.max, "max")?,
            cost: self.cost.map(|sum| sum.map(Sum::money)),
            step: price(self.step, "step")?,
            strategy: self.strategy,
            pin,
            settings: self.settings.map(SettingsBody::read).transpose()?,
            confirmed: self.confirm_below_cost,
        })
    }
}

pub(crate) fn change_op() -> Op {
    op::<need::ManagePrices>("change_offer", "Change limits, cost, strategy, rule or pin")
        .versioned()
        .body::<OfferPatchBody>()
        .shows::<super::offer::OwnView>()
}

pub(crate) async fn change(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OfferId>,
    IfMatch(seen): IfMatch,
    JsonBody(body): JsonBody<OfferPatchBody>,
) -> Result<Versioned<OwnView>, Refusal> {
    let patch = body.read()?;
    if patch
        == (OfferPatch {
            confirmed: patch.confirmed,
            ..OfferPatch::default()
        })
    {
        return Err(no_change());
    }
    let own = state
        .pricing
        .change_offer(&caller.scope, &id, &patch, seen)
        .await?;
    let version = own.version;
    Ok(Versioned(
        OwnView::of(own, caller.scope.may(Right::ViewMoney)),
        version,
    ))
}
