//! The calculator's fields: which there are, how they are kept, and the question that they make. Refuses to invent a value.

use super::own::{OwnRates, RateKind};
use crate::Band;
use crate::command::{millionths_of, two_readings};
use crate::rates::Day;
use sauda_kernel::Money;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Names of fields with what was typed.
pub type Typed = BTreeMap<String, String>;

/// Fields whose names are members of the question.
const PLAIN: [&str; 18] = [
    "date",
    "price",
    "purchase",
    "category",
    "commission_pct",
    "commission_vat",
    "delivery",
    "weight_kg",
    "regime",
    "region",
    "tax_pct",
    "vat_payer",
    "purchase_vat",
    "packaging",
    "other",
    "advertising_pct",
    "returns_pct",
    "payment_pct",
];
/// Fields of goods from abroad, and their members inside of `landed`.
const LANDED: [(&str, &str); 12] = [
    ("purchase", "price"),
    ("buy_currency", "currency"),
    ("buy_rate", "rate"),
    ("quantity", "quantity"),
    ("weight_kg", "weight_kg"),
    ("volume_l", "volume_l"),
    ("insurance", "insurance"),
    ("duty_pct", "duty_pct"),
    ("import_vat", "import_vat"),
    ("brokerage", "brokerage"),
    ("local_delivery", "local_delivery"),
    ("defects_pct", "defects_pct"),
];

/// Fields that make the cost of a batch: one of them is enough.
const BATCH: [&str; 8] = [
    "quantity",
    "freight",
    "insurance",
    "duty_pct",
    "import_vat",
    "brokerage",
    "local_delivery",
    "defects_pct",
];
/// How the purchase and its currency were named before; addresses that were kept still say so.
const OLD: [(&str, &str); 3] = [
    ("supplier_price", "purchase"),
    ("currency", "buy_currency"),
    ("rate", "buy_rate"),
];
/// Fields that are no member of the question by themselves.
const OTHERS: [&str; 6] = [
    "wish_margin_pct",
    "link",
    "freight",
    "freight_per",
    "product",
    "delivery_fee",
];

/// Only fields of the calculator, without spaces around.
pub fn known(typed: &Typed) -> Typed {
    let is_known = |name: &str| {
        PLAIN.contains(&name)
            || LANDED.iter().any(|(field, _)| *field == name)
            || OLD.iter().any(|(old, _)| *old == name)
            || OTHERS.contains(&name)
    };
    let filled = typed
        .iter()
        .filter(|(name, value)| is_known(name) && !value.trim().is_empty());
    let mut kept: Typed = filled
        .map(|(name, value)| (name.clone(), value.trim().chars().take(300).collect()))
        .collect();
    // A currency without a supplier's price was only offered, and the purchase beside it was in tenge.
    let had_supplier = kept.contains_key("supplier_price");
    for (old, new) in OLD {
        if let Some(value) = kept.remove(old)
            && had_supplier
        {
            kept.insert(new.to_owned(), value);
        }
    }
    kept
}

/// The fields as they are kept.
pub fn kept(typed: &Typed) -> String {
    serde_json::to_string(typed).unwrap_or_default()
}

/// The fields of what was kept; nothing for what is none.
pub fn typed_of(kept: &str) -> Typed {
    known(&serde_json::from_str(kept).unwrap_or_default())
}

/// The question: a line of `sauda economics`.
pub fn question(typed: &Typed, own: &OwnRates, today: Day) -> Value {
    let mut question = Map::new();
    for name in PLAIN {
        if let Some(value) = typed.get(name) {
            question.insert(name.to_owned(), value.clone().into());
        }
    }
    let day = typed.get("date").and_then(|day| Day::parse(day)).unwrap_or(today);
    question.entry("date").or_insert_with(|| today.to_string().into());
    let mut set = |name: &str, kind, subject: &str| {
        if let Some(share) = own.share(kind, subject, day) {
            question
                .entry(format!("{name}_bp"))
                .or_insert_with(|| share.0.into());
        }
    };
    // What was typed wins over the merchant's own rates, and those over the tables.
    for (name, kind) in [
        ("advertising", RateKind::Advertising),
        ("returns", RateKind::Returns),
        ("payment", RateKind::Payment),
        ("tax", RateKind::Tax),
    ] {
        if !typed.contains_key(&format!("{name}_pct")) {
            set(name, kind, "");
        }
    }
    if !typed.contains_key("commission_pct") {
        let category = typed.get("category").map_or("", String::as_str);
        set("commission", RateKind::Commission, category);
    }
    if let (None, Some(packaging)) = (typed.get("packaging"), own.packaging(day)) {
        let tiyn = packaging.tiyn();
        question.insert(
            "packaging".to_owned(),
            format!("{}.{:02}", tiyn / 100, tiyn % 100).into(),
        );
    }
    let tariff: Vec<Value> = own
        .deliveries(day)
        .map(|(band, fee)| band_of(band, fee))
        .collect();
    if !tariff.is_empty() {
        question.insert("own_tariff".to_owned(), tariff.into());
    }
    let buy_rate = buy_rate(typed, own, day);
    if BATCH.iter().any(|name| typed.contains_key(*name)) {
        let mut landed = Map::new();
        for (field, member) in LANDED {
            if let Some(value) = typed.get(field) {
                landed.insert(member.to_owned(), value.clone().into());
            }
        }
        if let Some(rate) = buy_rate {
            landed.insert("rate".to_owned(), rate.into());
        }
        landed.insert("local_delivery_by".to_owned(), "quantity".into());
        if let Some(freight) = freight(typed) {
            landed.insert("freight".to_owned(), freight);
        }
        question.remove("purchase");
        question.insert("landed".to_owned(), landed.into());
    } else if typed.contains_key("purchase") {
        for (field, member) in [("buy_currency", "currency"), ("buy_rate", "rate")] {
            if let Some(value) = typed.get(field) {
                question.insert(member.to_owned(), value.clone().into());
            }
        }
        if let Some(rate) = buy_rate {
            question.insert("rate".to_owned(), rate.into());
        }
    }
    if typed.get("delivery").is_some_and(|way| way == "own") {
        question.remove("delivery");
        let fee = typed.get("delivery_fee").map_or("", String::as_str);
        question.insert("delivery_fee".to_owned(), fee.into());
    }
    if let Some(margin) = typed.get("wish_margin_pct") {
        question.insert("wish_margin_pct".to_owned(), margin.clone().into());
    }
    if typed.contains_key("price") {
        question.insert("ladder".to_owned(), true.into());
        question.insert("scenarios".to_owned(), true.into());
    }
    Value::Object(question)
}

fn band_of(band: Band, fee: Money) -> Value {
    let kilograms = band.up_to.map(|grams| decimal(grams, 3));
    json!({"service": band.service.word(), "from": band.from, "up_to_kg": kilograms, "fee": decimal(fee.tiyn(), 2)})
}

/// The rate of the currency from the merchant's own table, where none was typed.
fn buy_rate(typed: &Typed, own: &OwnRates, day: Day) -> Option<String> {
    let code = typed
        .get("buy_currency")
        .filter(|_| !typed.contains_key("buy_rate"))?;
    Some(decimal(own.currency(code, day)?.millionths, 6))
}

/// Units of the last of so many digits as a number with a point.
pub fn decimal(units: i64, digits: u32) -> String {
    let one = 10_i64.pow(digits);
    let width = usize::try_from(digits).unwrap_or(0);
    let text = format!("{}.{:0width$}", units / one, units % one);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Freight of the batch: a sum for all of it, or a price of a kilogram or a cubic metre. Where the weight or the volume is
/// missing, it is left to be spread by it, and the refusal names it.
fn freight(typed: &Typed) -> Option<Value> {
    let sum = typed.get("freight")?;
    // The measure, and what a millionth of tenge, a measure and a piece make together in tiyn.
    let (by, measure, below) = match typed.get("freight_per").map(String::as_str) {
        Some("kg") => ("weight", "weight_kg", 10_i128.pow(16)),
        Some("m3") => ("volume", "volume_l", 10_i128.pow(19)),
        _ => return Some(json!({"sum": sum, "by": "quantity"})),
    };
    let read = |text: &str| millionths_of(text).filter(|number| *number > 0).map(i128::from);
    let number = |name: &str| read(typed.get(name)?);
    let pieces = typed.get("quantity").map_or(Some(1_000_000), |text| read(text));
    let each = read(sum).filter(|_| two_readings(sum).is_none());
    let exact = (|| each?.checked_mul(number(measure)?)?.checked_mul(pieces?))();
    // What cannot be counted goes on as it was typed: the refusal names it.
    let Some(tiyn) = exact.and_then(|exact| Some(exact.checked_add(below / 2)?.div_euclid(below))) else {
        return Some(json!({"sum": sum, "by": by}));
    };
    Some(json!({"sum": format!("{}.{:02}", tiyn / 100, tiyn % 100), "by": by}))
}

/// The field of the form that a member of the question came from.
pub fn field_of(member: Option<&str>) -> String {
    let member = member.unwrap_or_default();
    let inner = member.strip_prefix("landed.").unwrap_or(member);
    let is_landed = member.starts_with("landed.");
    let currency = ["currency", "rate"].contains(&inner);
    match LANDED.iter().find(|(_, name)| *name == inner) {
        Some((field, _)) if is_landed || currency => (*field).to_owned(),
        _ => inner
            .strip_suffix("_bp")
            .map_or_else(|| inner.to_owned(), |stem| format!("{stem}_pct")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(fields: &[(&str, &str)]) -> Typed {
        let fields = fields.iter();
        fields
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    }

    fn asked(fields: &[(&str, &str)]) -> Value {
        question(
            &typed(fields),
            &OwnRates::default(),
            Day::new(2026, 11, 20).unwrap(),
        )
    }

    #[test]
    fn what_was_typed_becomes_the_question_and_goods_from_abroad_a_landed_cost() {
        let told = asked(&[
            ("price", "10000"),
            ("purchase", "12,5"),
            ("buy_currency", "USD"),
            ("buy_rate", "475"),
            ("duty_pct", "5"),
        ]);
        assert_eq!(told["landed"]["price"], json!("12,5"));
        assert_eq!(
            (told.get("purchase"), &told["date"]),
            (None, &json!("2026-11-20"))
        );
        assert_eq!(field_of(Some("landed.price")), "purchase");
        assert_eq!(field_of(Some("rate")), "buy_rate");
        assert_eq!(field_of(Some("commission_bp")), "commission_pct");
    }

    #[test]
    fn a_purchase_in_another_currency_needs_no_batch_and_an_own_fee_is_the_fee() {
        let told = asked(&[
            ("price", "38740"),
            ("purchase", "295"),
            ("buy_currency", "CNY"),
            ("buy_rate", "72,4"),
            ("delivery", "own"),
            ("delivery_fee", "1 299"),
            ("commission_pct", "10,9"),
        ]);
        let answer = crate::command::ask(crate::command::Asked::Economics, &told).unwrap();
        assert_eq!(answer["parts"]["purchase"].to_string(), "21358");
        assert_eq!(answer["parts"]["delivery"].to_string(), "1299");
    }

    #[test]
    fn a_currency_without_a_typed_rate_takes_the_merchants_own_of_the_day() {
        let own = OwnRates::new(vec![crate::money::OwnRate {
            id: sauda_kernel::Id::new(&sauda_kernel::SystemClock, &sauda_kernel::SystemIds),
            kind: RateKind::Currency,
            subject: "CNY".to_owned(),
            value: 72_400_000,
            from_day: "2026-11-18".to_owned(),
            source: String::new(),
            note: String::new(),
            set_by: "Aru".to_owned(),
            set_at: sauda_kernel::Timestamp::default(),
        }]);
        let asked = |more: &[(&str, &str)]| {
            let mut all = vec![("price", "38740"), ("purchase", "295"), ("buy_currency", "cny")];
            all.extend(more);
            question(&typed(&all), &own, Day::new(2026, 11, 20).unwrap())
        };
        assert_eq!(asked(&[])["rate"], json!("72.4"));
        assert_eq!(asked(&[("duty_pct", "5")])["landed"]["rate"], json!("72.4"));
        assert_eq!(asked(&[("buy_rate", "70")])["rate"], json!("70"));
        // On a day before the table there is none: the question is refused, and says so.
        assert_eq!(asked(&[("date", "2026-11-17")]).get("rate"), None);
        assert_eq!(
            (decimal(72_400_000, 6), decimal(5, 6)),
            ("72.4".to_owned(), "0.000005".to_owned())
        );
    }

    #[test]
    fn addresses_of_before_mean_what_they_meant() {
        let supplier = known(&typed(&[
            ("supplier_price", "12,5"),
            ("currency", "USD"),
            ("rate", "475"),
            ("purchase", "1"),
        ]));
        let told: Vec<(&str, &str)> = supplier
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        assert_eq!(
            told,
            [("buy_currency", "USD"), ("buy_rate", "475"), ("purchase", "12,5")]
        );
        // The currency stood in every address; without a supplier's price it meant nothing.
        let plain = known(&typed(&[("purchase", "21000"), ("currency", "USD")]));
        assert_eq!(plain, typed(&[("purchase", "21000")]));
    }

    #[test]
    fn freight_of_a_kilogram_or_a_cubic_metre_becomes_freight_of_the_batch() {
        let of = |fields: &[(&str, &str)]| {
            let mut all = vec![("price", "10000"), ("purchase", "100"), ("quantity", "40")];
            all.extend(fields);
            asked(&all)["landed"]["freight"].clone()
        };
        // 40 pieces of 0.35 kg at 1 250 a kilogram; of 2.5 litres at 90 000 a cubic metre.
        let by_kg = [("freight", "1 250"), ("freight_per", "kg"), ("weight_kg", "0,35")];
        assert_eq!(of(&by_kg), json!({"sum": "17500.00", "by": "weight"}));
        let by_m3 = [("freight", "90000"), ("freight_per", "m3"), ("volume_l", "2,5")];
        assert_eq!(of(&by_m3), json!({"sum": "9000.00", "by": "volume"}));
        // Without a volume there is nothing to multiply: the question is refused, and says why.
        let missing = [
            ("price", "10000"),
            ("purchase", "100"),
            ("quantity", "40"),
            ("freight", "90000"),
            ("freight_per", "m3"),
        ];
        let refused = crate::command::ask(crate::command::Asked::Economics, &asked(&missing)).unwrap_err();
        assert_eq!(refused.code, "landed-no-measure");
        assert_eq!(of(&[("freight", "500")]), json!({"sum": "500", "by": "quantity"}));
    }
}
