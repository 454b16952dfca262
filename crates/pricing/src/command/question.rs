//! One line of input, read strictly. Refuses unknown members, contradictions and rules that cannot be followed.

use super::refusal::Refusal;
use crate::model::{
    DemandSaid, Floors, Gap, Level, Observation, OfferFacts, Origins, OwnMove, ProfitCurve, Rule, Settings,
    Sister, Strategy, resolve,
};
use sauda_economics::{
    CommissionVat, Delivery, DeliveryService, FloorError, FloorParts, Wish, delivery_steps, floor, loss_gaps,
};
use sauda_kernel::{BasisPoints, Tenge, Timestamp, read_json};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

/// What a line asks.
pub(super) struct Question {
    pub(super) id: Option<String>,
    pub(super) offer: OfferFacts,
    pub(super) rule: Rule,
    /// Where settings came from; empty when the rule was given whole.
    pub(super) origins: Origins,
    pub(super) floors: Floors,
    pub(super) parts: Option<FloorParts>,
    pub(super) observation: Option<Observation>,
    pub(super) sisters: Vec<Sister>,
    pub(super) moves: Vec<OwnMove>,
    pub(super) last_contact: Option<Timestamp>,
    /// What demand follows from, for the strategy `profit`.
    pub(super) curve: Option<ProfitCurve>,
    pub(super) now: Timestamp,
}

const MEMBERS: [&str; 12] = [
    "id",
    "offer",
    "rule",
    "settings",
    "floors",
    "floor_parts",
    "observation",
    "sisters",
    "moves",
    "last_contact",
    "demand",
    "now",
];

/// Levels of settings, each as stored.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Levels {
    #[serde(default)]
    shop: Option<Settings>,
    #[serde(default)]
    rule: Option<Settings>,
    #[serde(default)]
    offer: Option<Settings>,
}

/// Cost parts in whole tenge and basis points.
#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PartsBody {
    purchase_tenge: i64,
    packaging_tenge: i64,
    commission_bp: i32,
    commission_vat: CommissionVat,
    tax_bp: i32,
    delivery: DeliveryBody,
    advertising_bp: i32,
    returns_bp: i32,
    wish: WishBody,
}

impl Default for PartsBody {
    fn default() -> Self {
        Self {
            purchase_tenge: 0,
            packaging_tenge: 0,
            commission_bp: 0,
            commission_vat: CommissionVat::default(),
            tax_bp: 0,
            delivery: DeliveryBody::None {},
            advertising_bp: 0,
            returns_bp: 0,
            wish: WishBody::ProfitTenge(0),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum DeliveryBody {
    None {},
    FixedTenge(i64),
    Tariff { service: DeliveryService, grams: i64 },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum WishBody {
    ProfitTenge(i64),
    MarginBp(i32),
}

impl Question {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let read = read_json(bytes).map_err(|error| Refusal::not_json(&error))?;
        let Value::Object(mut members) = read.value else {
            return Err(Refusal::not_object());
        };
        if let Some(path) = read.repeated {
            return Err(Refusal::repeated(&path));
        }
        if let Some(unknown) = members.keys().find(|key| !MEMBERS.contains(&key.as_str())) {
            return Err(Refusal::unknown(unknown, &MEMBERS));
        }
        let now = required::<Moment>(&mut members, "now")?.0;
        let offer = required(&mut members, "offer")?;
        let (rule, origins) = rule(&mut members)?;
        let (floors, parts) = floors(&mut members, &rule, now)?;
        Ok(Self {
            id: optional(&mut members, "id")?,
            offer,
            rule,
            origins,
            floors,
            parts,
            observation: optional(&mut members, "observation")?,
            sisters: optional(&mut members, "sisters")?.unwrap_or_default(),
            moves: optional(&mut members, "moves")?.unwrap_or_default(),
            last_contact: optional::<Moment>(&mut members, "last_contact")?.map(|moment| moment.0),
            curve: optional::<DemandSaid>(&mut members, "demand")?
                .as_ref()
                .and_then(ProfitCurve::of_demand),
            now,
        })
    }
}

/// RFC 3339.
#[derive(Deserialize)]
struct Moment(#[serde(with = "crate::model::moment::rfc3339")] Timestamp);

/// A member that may be absent or null.
fn optional<T: DeserializeOwned>(members: &mut Map<String, Value>, name: &str) -> Result<Option<T>, Refusal> {
    match members.remove(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => T::deserialize(&value)
            .map(Some)
            .map_err(|error| Refusal::member(name, &value, &error)),
    }
}

fn required<T: DeserializeOwned>(members: &mut Map<String, Value>, name: &str) -> Result<T, Refusal> {
    optional(members, name)?.ok_or_else(|| Refusal::missing(name))
}

fn rule(members: &mut Map<String, Value>) -> Result<(Rule, Origins), Refusal> {
    let whole: Option<Rule> = optional(members, "rule")?;
    let levels: Option<Levels> = optional(members, "settings")?;
    let (name, rule, origins) = match (whole, levels) {
        (Some(_), Some(_)) => return Err(Refusal::both("settings", "rule")),
        (Some(rule), None) => ("rule", rule, Origins::new()),
        (None, None) => return Err(Refusal::missing("rule")),
        (None, Some(levels)) => {
            let named = [
                (Level::Shop, &levels.shop),
                (Level::Rule, &levels.rule),
                (Level::Offer, &levels.offer),
            ];
            let given: Vec<_> = named
                .iter()
                .filter_map(|(level, from)| Some((*level, from.as_ref()?)))
                .collect();
            let (rule, origins) = resolve(&given);
            ("settings", rule, origins)
        }
    };
    // A minimum over the maximum is a question to the seller, not a broken line.
    let problems = rule.problems();
    match problems
        .iter()
        .find(|problem| !matches!(problem, crate::model::RuleError::MinAboveMax { .. }))
    {
        Some(problem) => Err(Refusal::rule(name, problem)),
        None => Ok((rule, origins)),
    }
}

fn floors(
    members: &mut Map<String, Value>,
    rule: &Rule,
    now: Timestamp,
) -> Result<(Floors, Option<FloorParts>), Refusal> {
    let given: Option<Floors> = optional(members, "floors")?;
    let body: Option<PartsBody> = optional(members, "floor_parts")?;
    let Some(body) = body else {
        return Ok((given.unwrap_or_default(), None));
    };
    if given.is_some() {
        return Err(Refusal::both("floors", "floor_parts"));
    }
    let parts = body.parts(now).map_err(|problem| Refusal::floor(&problem))?;
    let floors = floors_of(&parts, rule).map_err(|problem| Refusal::floor(&problem))?;
    Ok((floors, Some(parts)))
}

/// The floors of an offer with these parts under this rule.
///
/// # Errors
/// When the parts give no floor.
pub fn floors_of(parts: &FloorParts, rule: &Rule) -> Result<Floors, FloorError> {
    let margin = match rule.strategy {
        Strategy::HoldMargin { margin_bp } => {
            let wished = FloorParts {
                wish: Wish::Margin(BasisPoints(margin_bp)),
                ..parts.clone()
            };
            Some(floor(&wished)?)
        }
        _ => None,
    };
    let gaps = loss_gaps(parts)?
        .into_iter()
        .map(|(from, to)| Gap { from, to })
        .collect();
    Ok(Floors {
        cost: Some(floor(parts)?),
        margin,
        gaps,
    })
}

impl PartsBody {
    fn parts(&self, now: Timestamp) -> Result<FloorParts, FloorError> {
        let delivery = match self.delivery {
            DeliveryBody::None {} => Delivery::None,
            DeliveryBody::FixedTenge(fee) => Delivery::Fixed(Tenge(fee).money()),
            DeliveryBody::Tariff { service, grams } => Delivery::Steps(delivery_steps(service, grams, now)?),
        };
        Ok(FloorParts {
            purchase: Tenge(self.purchase_tenge).money(),
            packaging: Tenge(self.packaging_tenge).money(),
            commission_bp: BasisPoints(self.commission_bp),
            commission_vat: self.commission_vat,
            tax_bp: BasisPoints(self.tax_bp),
            delivery,
            advertising_bp: BasisPoints(self.advertising_bp),
            returns_bp: BasisPoints(self.returns_bp),
            wish: match self.wish {
                WishBody::ProfitTenge(wish) => Wish::Profit(Tenge(wish).money()),
                WishBody::MarginBp(margin) => Wish::Margin(BasisPoints(margin)),
            },
            ..FloorParts::default()
        })
    }
}
