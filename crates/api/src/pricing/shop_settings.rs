//! Defaults of a shop: settings, costs that offers share, and whether prices are published.

use super::rule_settings::SettingsBody;
use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Done, IfMatch, Moment, ShopModeWord, Sum, Versioned, Word, share_of},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_economics::{CommissionVat, DeliveryChoice, DeliveryService, ShopEconomics, Wish};
use sauda_edge::{Caller, JsonBody, PathParams, Refusal, need};
use sauda_kernel::{BasisPoints, Kind, Public, ShopId};
use sauda_pricing::service::{Past, ShopSettings};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

/// How the shop counts delivery.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[schema(as = Delivery)]
pub(crate) enum DeliveryBody {
    /// The buyer pays, or it is counted elsewhere.
    None {},
    /// The same for each order.
    Fixed { fee: Sum },
    /// The marketplace's dated tariff for a parcel of this weight.
    Tariff {
        #[schema(schema_with = service_schema)]
        service: DeliveryService,
        grams: i64,
    },
}

fn service_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    crate::shape::worded_schema(["city", "kazakhstan", "express"])
}

fn vat_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    crate::shape::worded_schema(["none", "published", "times116"])
}

/// What a sale should earn at least: `{"profit": money}` or `{"margin_bp": 1200}`.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = Wish)]
pub(crate) enum WishBody {
    #[serde(rename = "profit")]
    Profit(Sum),
    #[serde(rename = "margin_bp")]
    Margin(i32),
}

/// Costs that offers of a shop share.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Economics)]
pub(crate) struct EconomicsBody {
    /// Basis points of the price.
    pub commission_bp: i32,
    /// Tax on the commission: `none`, `published` (the marketplace's own rates) or `times116`.
    #[schema(schema_with = vat_schema)]
    pub commission_vat: CommissionVat,
    pub tax_bp: i32,
    pub delivery: DeliveryBody,
    pub packaging: Sum,
    pub advertising_bp: i32,
    pub returns_bp: i32,
    pub wish: WishBody,
}

impl From<ShopEconomics> for EconomicsBody {
    fn from(from: ShopEconomics) -> Self {
        Self {
            commission_bp: share_of(from.commission_bp),
            commission_vat: from.commission_vat,
            tax_bp: share_of(from.tax_bp),
            delivery: match from.delivery {
                DeliveryChoice::None => DeliveryBody::None {},
                DeliveryChoice::Fixed { fee } => DeliveryBody::Fixed { fee: fee.into() },
                DeliveryChoice::Tariff { service, grams } => DeliveryBody::Tariff { service, grams },
            },
            packaging: from.packaging.into(),
            advertising_bp: share_of(from.advertising_bp),
            returns_bp: share_of(from.returns_bp),
            wish: match from.wish {
                Wish::Profit(sum) => WishBody::Profit(sum.into()),
                Wish::Margin(share) => WishBody::Margin(share_of(share)),
            },
        }
    }
}

impl From<EconomicsBody> for ShopEconomics {
    fn from(body: EconomicsBody) -> Self {
        Self {
            commission_bp: BasisPoints(body.commission_bp),
            commission_vat: body.commission_vat,
            tax_bp: BasisPoints(body.tax_bp),
            delivery: match body.delivery {
                DeliveryBody::None {} => DeliveryChoice::None,
                DeliveryBody::Fixed { fee } => DeliveryChoice::Fixed { fee: fee.money() },
                DeliveryBody::Tariff { service, grams } => DeliveryChoice::Tariff { service, grams },
            },
            packaging: body.packaging.money(),
            advertising_bp: BasisPoints(body.advertising_bp),
            returns_bp: BasisPoints(body.returns_bp),
            wish: match body.wish {
                WishBody::Profit(sum) => Wish::Profit(sum.money()),
                WishBody::Margin(share) => Wish::Margin(BasisPoints(share)),
            },
            ..Self::default()
        }
    }
}

/// Defaults of a shop.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ShopSettings)]
pub(crate) struct ShopSettingsView {
    pub shop_id: String,
    /// `off` only watches, `dry_run` decides and publishes nothing, `on` publishes.
    pub mode: ShopModeWord,
    pub settings: SettingsBody,
    /// Shown to those who may see money.
    pub economics: Option<EconomicsBody>,
    pub version: i64,
    pub updated_by: String,
    pub updated_at: Moment,
}

impl ShopSettingsView {
    fn of(from: ShopSettings, shows_money: bool) -> Self {
        Self {
            shop_id: from.shop.to_string(),
            mode: Word(from.mode),
            settings: from.settings.into(),
            economics: shows_money.then(|| from.economics.into()),
            version: from.version,
            updated_by: from.updated_by,
            updated_at: from.updated_at.into(),
        }
    }
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewPrices>("show_shop_settings", "Defaults of a shop").shows::<ShopSettingsView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
) -> Result<Versioned<ShopSettingsView>, Refusal> {
    let found = state.pricing.shop_settings(&caller.scope, &shop).await?;
    let version = found.version;
    Ok(Versioned(
        ShopSettingsView::of(found, caller.scope.may(Right::ViewMoney)),
        version,
    ))
}

/// New defaults, whole.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ShopSettingsBody {
    pub settings: SettingsBody,
    /// Absent: the costs stay. Giving them needs the right to see money.
    #[serde(default)]
    pub economics: Option<EconomicsBody>,
    /// The costs of before were wrong: sales that are over are counted anew with these.
    #[serde(default)]
    pub counts_past: bool,
}

impl Example for ShopSettingsBody {
    fn example() -> Value {
        json!({
            "settings": {"strategy": {"kind": "standard"}, "check": {"kind": "learned", "shortest_minutes": 2, "longest_minutes": 60}},
            "economics": {
                "commission_bp": 1090, "commission_vat": "published", "tax_bp": 400,
                "delivery": {"kind": "tariff", "service": "city", "grams": 1000},
                "packaging": {"amount_minor": 15000, "currency": "KZT"},
                "advertising_bp": 0, "returns_bp": 100,
                "wish": {"profit": {"amount_minor": 50000, "currency": "KZT"}},
            },
        })
    }
}

pub(crate) fn save_op() -> Op {
    op::<need::ManagePrices>("save_shop_settings", "Save defaults of a shop, whole")
        .versioned()
        .body::<ShopSettingsBody>()
        .shows::<ShopSettingsView>()
}

pub(crate) async fn save(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    IfMatch(seen): IfMatch,
    JsonBody(body): JsonBody<ShopSettingsBody>,
) -> Result<Versioned<ShopSettingsView>, Refusal> {
    let shows_money = caller.scope.may(Right::ViewMoney);
    if body.economics.is_some() && !shows_money {
        return Err(Refusal::new(
            Kind::Forbidden,
            Public::new("forbidden").arg("right", Right::ViewMoney.word()),
        ));
    }
    let before = state.pricing.shop_settings(&caller.scope, &shop).await?;
    let past = if body.counts_past {
        Past::Counted
    } else {
        Past::Kept
    };
    let economics = body.economics.map_or(before.economics, ShopEconomics::from);
    let saved = state
        .pricing
        .save_shop_settings(&caller.scope, &shop, body.settings.read()?, economics, past, seen)
        .await?;
    let version = saved.version;
    Ok(Versioned(ShopSettingsView::of(saved, shows_money), version))
}

/// Whether prices are published.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ModeBody {
    pub mode: ShopModeWord,
}

impl Example for ModeBody {
    fn example() -> Value {
        json!({"mode": "dry_run"})
    }
}

pub(crate) fn set_mode_op() -> Op {
    op::<need::ManagePrices>("set_shop_mode", "Switch publishing off, to dry run, or on").body::<ModeBody>()
}

pub(crate) async fn set_mode(
    caller: Caller<need::ManagePrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    JsonBody(body): JsonBody<ModeBody>,
) -> Result<Done, Refusal> {
    state.pricing.set_mode(&caller.scope, &shop, body.mode.0).await?;
    Ok(Done)
}
