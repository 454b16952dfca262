//! A line of input as a question: buyer and garment, or the flat columns of a file of outcomes. Refuses what it does not know,
//! by its path.

use super::fields::{Members, Unit, system_of, text};
use super::garment::{GARMENT, garment};
use super::refusal::Refusal;
use crate::advise::Question;
use crate::buyer::{Buyer, Fit, Usual, Worn};
use crate::learned::Body;
use crate::learned::features::CUPS;
use crate::words::meaning;
use serde_json::Value;

/// Names that a buyer's members may have.
pub(super) const BUYER: [&str; 35] = [
    "height_cm",
    "height=height_cm",
    "weight_kg",
    "weight=weight_kg",
    "age",
    "gender",
    "sex=gender",
    "body_type",
    "bust_num",
    "bust_cup",
    "cup=bust_cup",
    "bust_size=bust_num",
    "chest_cm",
    "chest=chest_cm",
    "bust_cm=chest_cm",
    "underbust_cm",
    "underbust=underbust_cm",
    "under_bust_cm=underbust_cm",
    "waist_cm",
    "waist=waist_cm",
    "hips_cm",
    "hips=hips_cm",
    "hip_cm=hips_cm",
    "foot_cm",
    "foot=foot_cm",
    "foot_length_cm=foot_cm",
    "foot_mm",
    "usual_size",
    "usual_sizes",
    "history",
    "growth",
    "id",
    "user=id",
    "name",
    "user_id=id",
];
/// Names beside `buyer` and `garment`; columns of outcomes that decide nothing are passed over.
const TOP: [&str; 12] = [
    "id",
    "user",
    "user_id=user",
    "buyer",
    "garment",
    "fit",
    "rating",
    "ym",
    "source",
    "note",
    "review_date",
    "rented_for=occasion",
];

pub(super) fn question(value: &Value) -> Result<Question, Refusal> {
    let Value::Object(all) = value else {
        return Err(Refusal::bad_json("the line is not a JSON object"));
    };
    let nested = all.contains_key("buyer") || all.contains_key("garment");
    let known: Vec<&str> = if nested {
        TOP.to_vec()
    } else {
        TOP.iter().chain(&BUYER).chain(&GARMENT).copied().collect()
    };
    let top = Members::read("", value, &known)?;
    let mut question = Question {
        user: top.text(&["user", "user_id"])?,
        ..Question::default()
    };
    if nested {
        if let Some((_, inner)) = top.get(&["buyer"]) {
            let members = Members::read("buyer", inner, &BUYER)?;
            question.buyer = buyer(&members)?;
            question.user = question.user.or(members.text(&["id", "user", "user_id"])?);
        }
        if let Some((_, inner)) = top.get(&["garment"]) {
            question.garment = garment(&Members::read("garment", inner, &GARMENT)?)?;
        }
    } else {
        question.buyer = buyer(&top)?;
        question.garment = garment(&top)?;
        question.flat = [
            "item",
            "item_id",
            "category",
            "user",
            "user_id",
            "fit",
            "bust_num",
            "body_type",
        ]
        .iter()
        .any(|name| all.contains_key(*name));
    }
    let growing = match nested.then(|| top.get(&["garment"])).flatten() {
        Some((_, inner)) => Members::read("garment", inner, &GARMENT)?.flag(&["growth"])?,
        None => None,
    };
    question.buyer.growth |= growing.unwrap_or(false);
    Ok(question)
}

/// A buyer told as in the member `buyer` of a line; unknown members are refused by name, bodies that nobody has too.
///
/// # Errors
/// The first member that cannot be used.
pub fn read_buyer(value: &Value) -> Result<Buyer, Refusal> {
    let told = buyer(&Members::read("buyer", value, &BUYER)?)?;
    told.check()
        .map_err(|wrong| Refusal::problem(&crate::advise::Problem::Body(wrong)))?;
    Ok(told)
}

pub(super) fn buyer(members: &Members<'_>) -> Result<Buyer, Refusal> {
    let cm = |names: &[&'static str]| members.number(names, Unit::Centimetres);
    let foot = match members.number(&["foot_mm"], Unit::Plain)? {
        Some(millimetres) => Some(millimetres / 10.0),
        None => cm(&["foot_cm", "foot_length_cm", "foot"])?,
    };
    let mut usual = Vec::new();
    for name in ["usual_size", "usual_sizes"] {
        if let Some((_, value)) = members.get(&[name]) {
            usuals(&members.at(name), value, None, &mut usual)?;
        }
    }
    let mut history = Vec::new();
    for (at, value) in members.list("history")?.iter().enumerate() {
        history.push(worn(&format!("{}[{at}]", members.at("history")), value)?);
    }
    Ok(Buyer {
        body: body(members)?,
        gender: members.gender()?,
        chest_cm: cm(&["chest_cm", "bust_cm", "chest"])?,
        under_bust_cm: cm(&["underbust_cm", "under_bust_cm", "underbust"])?,
        waist_cm: cm(&["waist_cm", "waist"])?,
        hips_cm: cm(&["hips_cm", "hip_cm", "hips"])?,
        foot_cm: foot,
        usual,
        history,
        growth: members.flag(&["growth"])?.unwrap_or(false),
    })
}

fn body(members: &Members<'_>) -> Result<Body, Refusal> {
    let (mut bust, mut cup) = (None, None);
    if let Some((name, value)) = members.get(&["bust_size", "bust_num"]) {
        // `34d` says band and cup at once.
        let text = text(value).unwrap_or_default().to_lowercase();
        let cut = text.find(|sign: char| sign.is_alphabetic()).unwrap_or(text.len());
        let (band, letters) = text.split_at(cut);
        let band: f64 = band
            .trim()
            .parse()
            .map_err(|_| Refusal::wrong(&members.at(name), value, "a band in inches, `34` or `34d`"))?;
        bust = Some(band);
        cup = cup_of(letters);
        if !letters.is_empty() && cup.is_none() {
            return Err(Refusal::wrong(
                &members.at(name),
                value,
                "a band in inches, `34` or `34d`",
            ));
        }
    }
    if let Some((name, value)) = members.get(&["bust_cup", "cup"]) {
        let told = value.as_str().and_then(cup_of);
        cup = Some(told.ok_or_else(|| {
            Refusal::wrong(&members.at(name), value, &format!("one of {}", CUPS.join(", ")))
        })?);
    }
    Ok(Body {
        height_cm: members.number(&["height_cm", "height"], Unit::Centimetres)?,
        weight_kg: members.number(&["weight_kg", "weight"], Unit::Kilograms)?,
        age: members.number(&["age"], Unit::Plain)?,
        body_type: members.body_type()?,
        bust_num: bust,
        cup,
    })
}

fn cup_of(word: &str) -> Option<f64> {
    let word = word.trim().trim_end_matches('+').to_lowercase();
    let word = match word.as_str() {
        "ddd/e" | "ddd" | "dd/e" => "e",
        other => other,
    };
    CUPS.iter().position(|cup| *cup == word).map(crate::tables::real)
}

/// A usual size: `46`, `"RU 46"`, `["M", "46"]`, `{"ru": 46, "int": "M"}`, `{"system": "ru", "size": 46}`.
fn usuals(
    path: &str,
    value: &Value,
    system: Option<crate::size::System>,
    into: &mut Vec<Usual>,
) -> Result<(), Refusal> {
    match value {
        Value::Array(list) => {
            for (at, one) in list.iter().enumerate() {
                usuals(&format!("{path}[{at}]"), one, system, into)?;
            }
            Ok(())
        }
        Value::Object(map) if map.contains_key("size") => {
            let members = Members::read(
                path,
                value,
                &["size", "system", "size_system=system", "category", "brand"],
            )?;
            let Some((_, size)) = members.get(&["size"]) else {
                return Ok(());
            };
            usuals(&members.at("size"), size, members.system()?.0, into)
        }
        Value::Object(map) => {
            for (name, size) in map {
                let at = format!("{path}.{name}");
                let system = match name.as_str() {
                    "shoes" | "shoe" => Some(crate::size::System::Shoes),
                    name => meaning("system", name).and_then(system_of),
                };
                let known = [
                    "ru", "eu", "int", "us", "dress", "kids", "age", "jeans", "shoes", "bra",
                ];
                let system = system.ok_or_else(|| Refusal::unknown(&at, &known))?;
                usuals(&at, size, Some(system), into)?;
            }
            Ok(())
        }
        Value::Null => Ok(()),
        _ => {
            let size = text(value).filter(|size| !size.is_empty());
            let size = size.ok_or_else(|| Refusal::wrong(path, value, "a size"))?;
            into.push(Usual { system, size });
            Ok(())
        }
    }
}

fn worn(path: &str, value: &Value) -> Result<Worn, Refusal> {
    let known = [
        "item",
        "category",
        "brand",
        "size",
        "fit",
        "outcome=fit",
        "system",
        "size_system=system",
        "gender",
        "sex=gender",
        "rating",
        "ym",
        "occasion",
    ];
    let members = Members::read(path, value, &known)?;
    let size = members.text(&["size"])?;
    Ok(Worn {
        item: members.text(&["item"])?,
        system: members.system()?.0,
        gender: members.gender()?,
        size: size.ok_or_else(|| Refusal::missing(&members.at("size"), "say which size was worn"))?,
        fit: members.fit()?.unwrap_or(Fit::Fit),
    })
}
