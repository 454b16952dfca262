//! A line of `sauda economics`: from its members to the parts of the formula, with the rates of its day. Refuses holes in the
//! tables and currencies without a rate; what was left out is said in the notes.

use super::batch::{self, Landed};
use super::currency::rate_has_currency;
use super::delivery::own_tariff;
use super::fields::{Members, decimal_of};
use super::refusal::Refusal;
use super::show::note;
use super::wanted::{DeliveryAsked, Goal, goal, ladder, vat_mode};
use crate::rates::{
    CommissionRate, Confidence, Day, KNOWN_TO, Regime, UnitTaxes, commission, is_stale_on, unit_taxes,
    vat_rate,
};
use crate::{Band, CommissionVat, FloorParts, Vat, Wish};
use sauda_kernel::{BasisPoints, Money, Tenge};
use serde_json::Value;

const MEMBERS: [&str; 89] = [
    "id",
    "date",
    "=day",
    "=at",
    "=now",
    "price",
    "=price_tenge",
    "=sale_price",
    "purchase",
    "=purchase_tenge",
    "=cost",
    "=cost_tenge",
    "=purchase_price",
    "currency",
    "rate",
    "rates",
    "landed",
    "item",
    "stock",
    "packaging",
    "=packaging_tenge",
    "other",
    "=other_tenge",
    "category",
    "=category_name",
    "=leaf",
    "commission_pct",
    "commission_bp",
    "=commission",
    "=commission_rate",
    "commission_vat",
    "=vat_mode",
    "delivery",
    "=delivery_service",
    "=service",
    "delivery_fee",
    "=delivery_fee_tenge",
    "delivery_payer",
    "=payer",
    "own_tariff",
    "grams",
    "=weight_g",
    "=weight_grams",
    "weight_kg",
    "=weight",
    "=kg",
    "regime",
    "=tax_regime",
    "region",
    "=place",
    "=city",
    "tax_pct",
    "tax_bp",
    "=tax",
    "=tax_rate",
    "=tax_rate_pct",
    "vat_payer",
    "=is_vat_payer",
    "purchase_vat",
    "=purchase_vat_pct",
    "advertising_pct",
    "advertising_bp",
    "=advertising",
    "=ads_pct",
    "returns_pct",
    "returns_bp",
    "=returns",
    "=returns_share",
    "payment_pct",
    "payment_bp",
    "=payment",
    "=acquiring_pct",
    "wish",
    "=target",
    "wish_profit",
    "=target_profit",
    "wish_margin_pct",
    "=target_margin_pct",
    "=margin_pct",
    "wish_markup_pct",
    "=target_markup_pct",
    "=markup_pct",
    "wish_roi_pct",
    "=target_roi_pct",
    "=roi_pct",
    "ladder",
    "scenarios",
    "=delivery_scenarios",
    "=compare_delivery",
];

/// What a line asks, with its rates looked up.
pub(super) struct Question {
    pub(super) day: Day,
    pub(super) price: Option<Tenge>,
    pub(super) parts: FloorParts,
    pub(super) cost_known: bool,
    pub(super) commission: Option<CommissionRate>,
    pub(super) delivery: DeliveryAsked,
    /// The seller's own fees, which stand over the published tariff.
    pub(super) own_tariff: Vec<(Band, Money)>,
    /// Confidence and source of a tariff that is known only around this price.
    pub(super) partial: bool,
    pub(super) grams: Option<i64>,
    pub(super) taxes: Option<(Option<Regime>, UnitTaxes)>,
    pub(super) goal: Option<Goal>,
    pub(super) ladder: Option<Vec<Tenge>>,
    pub(super) scenarios: bool,
    pub(super) landed: Option<Landed>,
    pub(super) stock: Option<Value>,
    pub(super) notes: Vec<Value>,
}

pub(super) fn regime_of(text: &str) -> Result<Regime, Refusal> {
    Regime::parse(text).ok_or_else(|| {
        let words: Vec<&str> = Regime::ALL.iter().map(|regime| regime.word()).collect();
        let told: String = text.chars().take(60).collect();
        Refusal::new(
            "unknown-regime",
            Some("regime"),
            format!("regime is {told:?}, which is not known"),
            &format!("give one of {}", words.join(", ")),
        )
    })
}

impl Question {
    pub(super) fn read(value: &Value) -> Result<Self, Refusal> {
        let members = Members::read("", value, &MEMBERS)?;
        let stock = members
            .get(&["stock"])?
            .map(|(_, value)| batch::stock(value))
            .transpose()?;
        let day = members.day(&["date", "day", "at", "now"])?;
        let (Some(day), only_stock) = (day, stock.is_some()) else {
            if let Some(stock) = stock
                && members
                    .get(&["price", "price_tenge", "sale_price", "landed"])?
                    .is_none()
            {
                return Ok(Self::of_stock(stock));
            }
            return Err(Refusal::missing(
                "date",
                "give the day of the sale, such as 2026-11-20: rates depend on it",
            ));
        };
        let vat_payer = members.flag(&["vat_payer", "is_vat_payer"])?.unwrap_or(false);
        let landed = match members.get(&["landed"])? {
            Some((_, value)) => Some(batch::landed_of(value, day, vat_payer)?),
            None => None,
        };
        let price = price(&members)?;
        if price.is_none() && landed.is_none() && !only_stock && goal(&members)?.is_none() {
            return Err(Refusal::missing(
                "price",
                "give the price in whole tenge, a wish, landed or stock",
            ));
        }
        let mut notes = Vec::new();
        let (purchase, imported_vat) = purchase(&members, landed.as_ref(), day)?;
        if purchase.is_none() && price.is_some() {
            notes.push(note("no-cost", "the purchase cost is not given: profit, margin and break-even are not known; give purchase or landed"));
        }
        let rate = commission_of(
            &members,
            day,
            price.is_some() || goal(&members)?.is_some(),
            &mut notes,
        )?;
        let taxes = taxes(&members, day, vat_payer, price.is_some(), &mut notes)?;
        let grams = members.parcel_grams()?;
        let fee_vat = vat_rate(day)?.hundredths;
        let mut question = Self {
            day,
            price,
            parts: FloorParts {
                purchase: purchase.unwrap_or(Money::ZERO),
                packaging: members
                    .money(&["packaging", "packaging_tenge"])?
                    .unwrap_or(Money::ZERO),
                other: members.money(&["other", "other_tenge"])?.unwrap_or(Money::ZERO),
                commission_bp: rate.1,
                commission_vat: rate.2,
                fee_vat_bp: i32::try_from(fee_vat).ok().map(BasisPoints),
                payment_bp: members
                    .share("payment", &["payment", "acquiring_pct"])?
                    .unwrap_or_default(),
                advertising_bp: members
                    .share("advertising", &["advertising", "ads_pct"])?
                    .unwrap_or_default(),
                returns_bp: members
                    .share("returns", &["returns", "returns_share"])?
                    .unwrap_or_default(),
                ..FloorParts::default()
            },
            cost_known: purchase.is_some(),
            commission: rate.0,
            delivery: DeliveryAsked::NotCounted,
            own_tariff: Vec::new(),
            partial: false,
            grams,
            taxes,
            goal: goal(&members)?,
            ladder: None,
            scenarios: members
                .flag(&["scenarios", "delivery_scenarios", "compare_delivery"])?
                .unwrap_or(false),
            landed,
            stock,
            notes,
        };
        question.ladder = ladder(&members, price)?;
        question.set_taxes(&members, purchase, imported_vat)?;
        question.own_tariff = own_tariff(&members)?;
        question.set_delivery(&members)?;
        if is_stale_on(day) {
            let text =
                format!("rates were checked on {KNOWN_TO}: those without an end are taken as still in force");
            question.notes.push(note("after-knowledge", text));
        }
        Ok(question)
    }

    fn of_stock(stock: Value) -> Self {
        Self {
            day: Day::of(sauda_kernel::Timestamp::default()),
            price: None,
            parts: FloorParts::default(),
            cost_known: false,
            commission: None,
            delivery: DeliveryAsked::NotCounted,
            own_tariff: Vec::new(),
            partial: false,
            grams: None,
            taxes: None,
            goal: None,
            ladder: None,
            scenarios: false,
            landed: None,
            stock: Some(stock),
            notes: Vec::new(),
        }
    }

    fn set_taxes(
        &mut self,
        members: &Members<'_>,
        purchase: Option<Money>,
        imported: Money,
    ) -> Result<(), Refusal> {
        let given = members.get(&["purchase_vat", "purchase_vat_pct"])?;
        let Some((_, taxes)) = &self.taxes else {
            return Ok(());
        };
        self.parts.tax_bp = taxes.tax;
        self.parts.profit_tax_bp = taxes.profit_tax;
        let Some(rate) = taxes.vat else {
            if let Some((path, _)) = given {
                let message = format!(
                    "{path} is given and vat_payer is not true: who does not pay VAT sets nothing off"
                );
                return Err(Refusal::new(
                    "conflicting-fields",
                    Some(&path),
                    message,
                    "set vat_payer or leave it out",
                ));
            }
            return Ok(());
        };
        let inside = match given {
            None => {
                if purchase.is_some() && self.landed.is_none() {
                    self.notes.push(note(
                        "purchase-vat-not-counted",
                        "no VAT inside the purchase is set off: give purchase_vat true or its rate",
                    ));
                }
                BasisPoints(0)
            }
            Some((path, value)) => match super::fields::flag_of(value) {
                Some(true) => rate,
                Some(false) => BasisPoints(0),
                None => decimal_of(value, 2)
                    .and_then(|bp| i32::try_from(bp).ok())
                    .filter(|bp| (0..=10_000).contains(bp))
                    .map(BasisPoints)
                    .ok_or_else(|| {
                        Refusal::wrong(&path, value, "true, false or the percentage inside the purchase")
                    })?,
            },
        };
        let input = crate::unit::inside(self.parts.purchase.tiyn(), i64::from(inside.0));
        // Tax paid at the border is set off at the border price already: landed cost leaves it out.
        let _ = imported;
        self.parts.vat = Some(Vat {
            rate_bp: rate,
            input: Money::from_tiyn(input),
            delivery_credited: true,
        });
        Ok(())
    }

    /// The wish of the formula for a goal.
    pub(super) fn wish(&self, goal: Goal) -> Wish {
        let purchase = self.parts.purchase;
        match goal {
            Goal::Sum(sum) => Wish::Profit(sum),
            Goal::Margin(share) => Wish::Margin(share),
            Goal::Roi(share) | Goal::Markup(share) => Wish::Profit(purchase.share(share)),
        }
    }
}

fn price(members: &Members<'_>) -> Result<Option<Tenge>, Refusal> {
    let names = ["price", "price_tenge", "sale_price"];
    let Some(price) = members.whole(&names, "a price in whole tenge")? else {
        return Ok(None);
    };
    if price < 1 {
        let message = format!("price is {price}");
        return Err(Refusal::new(
            "wrong-value",
            Some("price"),
            message,
            "give 1 tenge or more",
        ));
    }
    Ok(Some(Tenge(price)))
}

/// The purchase of one unit, and the import tax inside of it.
fn purchase(
    members: &Members<'_>,
    landed: Option<&Landed>,
    day: Day,
) -> Result<(Option<Money>, Money), Refusal> {
    let names = [
        "purchase",
        "purchase_tenge",
        "cost",
        "cost_tenge",
        "purchase_price",
    ];
    let given = members.get(&names)?;
    rate_has_currency(members)?;
    if let (Some((path, _)), Some(landed)) = (&given, landed)
        && landed.costs.len() == 1
    {
        return Err(Refusal::both(path, "landed"));
    }
    if let Some(landed) = landed
        && given.is_none()
    {
        let item = members.text(&["item"])?;
        return match landed.unit_of(item.as_deref()) {
            Some(unit) => Ok((Some(unit), Money::ZERO)),
            None if price(members)?.is_none() => Ok((None, Money::ZERO)),
            None => Err(Refusal::missing(
                "item",
                "name the item of landed.items whose price it is",
            )),
        };
    }
    let Some((path, value)) = given else {
        return Ok((None, Money::ZERO));
    };
    if value.is_object() {
        let nested = Members::read(
            &path,
            value,
            &["price", "=amount", "=sum", "currency", "rate", "rates"],
        )?;
        return Ok((
            Some(batch::foreign(&nested, &["price", "amount", "sum"], day, None)?),
            Money::ZERO,
        ));
    }
    let sum = if members.get(&["currency"])?.is_some() {
        batch::foreign(members, &names, day, None)?
    } else {
        members.money(&names)?.unwrap_or(Money::ZERO)
    };
    if sum < Money::ZERO {
        let message = format!("{path} is negative");
        return Err(Refusal::new(
            "floor-negative",
            Some(&path),
            message,
            "give 0 or more",
        ));
    }
    Ok((Some(sum), Money::ZERO))
}

type Commissioned = (Option<CommissionRate>, BasisPoints, CommissionVat);

fn commission_of(
    members: &Members<'_>,
    day: Day,
    needed: bool,
    notes: &mut Vec<Value>,
) -> Result<Commissioned, Refusal> {
    let given = members.share("commission", &["commission", "commission_rate"])?;
    let mode = vat_mode(members)?;
    let category = members.text(&["category", "category_name", "leaf"])?;
    if let Some(own) = given {
        // The merchant's own figure is taken as it is, unless they say how tax comes onto it.
        return Ok((None, own, mode.unwrap_or(CommissionVat::None)));
    }
    let Some(category) = category else {
        if needed {
            return Err(Refusal::missing(
                "category",
                "give category, or commission_pct (0 when there is none)",
            ));
        }
        return Ok((None, BasisPoints(0), CommissionVat::None));
    };
    let rate = commission(&category, day)?;
    let mut mode = mode.unwrap_or_default();
    if mode == CommissionVat::Published && rate.with_vat.is_none() {
        mode = CommissionVat::Times116;
        notes.push(note(
            "published-vat-unknown",
            "no commission with VAT is published for this day: the rate × (1 + VAT of the day) is taken",
        ));
    }
    if mode == CommissionVat::Times116 && vat_rate(day)?.hundredths != 1_600 {
        notes.push(note(
            "vat-of-the-day",
            "VAT on this day is not 16 %: the rate is multiplied by the VAT of the day",
        ));
    }
    if rate.confidence != Confidence::High {
        notes.push(note(
            "commission-less-sure",
            format!(
                "the commission of this day is of confidence {}",
                rate.confidence.word()
            ),
        ));
    }
    let share = rate.rate;
    Ok((Some(rate), share, mode))
}

fn taxes(
    members: &Members<'_>,
    day: Day,
    vat_payer: bool,
    has_price: bool,
    notes: &mut Vec<Value>,
) -> Result<Option<(Option<Regime>, UnitTaxes)>, Refusal> {
    let own = members.share("tax", &["tax", "tax_rate", "tax_rate_pct"])?;
    let place = members.text(&["region", "place", "city"])?;
    let Some(text) = members.text(&["regime", "tax_regime"])? else {
        let Some(own) = own else {
            if has_price {
                notes.push(note(
                    "tax-not-counted",
                    "no regime is given: taxes on income are not counted; give regime or tax_pct",
                ));
            }
            if !vat_payer {
                return Ok(None);
            }
            let taxes = unit_taxes(Regime::Llp, None, Some(BasisPoints(0)), true, day)?;
            return Ok(Some((None, taxes)));
        };
        // A share without a regime is a share of turnover.
        let mut taxes = unit_taxes(Regime::Llp, None, Some(own), vat_payer, day)?;
        (taxes.tax, taxes.profit_tax) = (taxes.profit_tax, BasisPoints(0));
        return Ok(Some((None, taxes)));
    };
    let regime = regime_of(&text)?;
    let taxes = unit_taxes(regime, place.as_deref(), own, vat_payer, day)?;
    if regime == Regime::Simplified && place.is_some() && taxes.place.is_none() && own.is_none() {
        notes.push(note(
            "default-rate",
            "the local rate of this place is not known here: the Code's rate was taken, give tax_pct",
        ));
    }
    if regime == Regime::Simplified && vat_payer {
        notes.push(note("simplified-with-vat", "whether the simplified declaration and VAT go together is not settled in our sources: ask an accountant"));
    }
    Ok(Some((Some(regime), taxes)))
}
