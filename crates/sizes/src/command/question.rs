//! A line of input as a question: buyer and garment, or the flat columns of a file of outcomes. Refuses what it does not know,
//! by its path.

use super::fields::{Members, Unit, system_of, text};
use super::refusal::Refusal;
use crate::advise::{Garment, Question, Sold};
use crate::buyer::{Buyer, Fit, Usual, Worn};
use crate::chart::Chart;
use crate::learned::features::{CATEGORIES, CUPS, OCCASIONS};
use crate::learned::{Body, Piece};
use crate::size::Gender;
use crate::words::meaning;
use serde_json::Value;

/// Names that a buyer's members may have.
const BUYER: [&str; 35] = [
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
/// Names that a garment's members may have.
const GARMENT: [&str; 23] = [
    "item",
    "item_id=item",
    "sku=item",
    "brand",
    "category",
    "title",
    "name=title",
    "gender",
    "sex=gender",
    "kind",
    "type=kind",
    "system",
    "size_system=system",
    "size",
    "sizes",
    "table",
    "outcomes",
    "runs",
    "origin",
    "country=origin",
    "occasion",
    "growth",
    "product=item",
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

pub(super) fn piece(category: Option<&str>, occasion: Option<&str>) -> Piece {
    let learned = |word: &str| CATEGORIES.iter().position(|one| *one == word);
    let category = category.map(|word| word.trim().to_lowercase());
    Piece {
        category: category.and_then(|word| learned(&word).or_else(|| learned(meaning("category", &word)?))),
        occasion: occasion.and_then(|word| {
            OCCASIONS
                .iter()
                .position(|one| *one == word.trim().to_lowercase())
        }),
    }
}

fn garment(members: &Members<'_>) -> Result<Garment, Refusal> {
    let category = members.text(&["category"])?;
    let occasion = members.text(&["occasion", "rented_for"])?;
    let (system, chinese) = members.system()?;
    let origin = members.text(&["origin", "country"])?;
    let kind = members.kind()?;
    let mut sizes = Vec::new();
    for (at, value) in members.list("sizes")?.iter().enumerate() {
        let size = text(value).filter(|size| !size.is_empty());
        let path = format!("{}[{at}]", members.at("sizes"));
        sizes.push(size.ok_or_else(|| Refusal::wrong(&path, value, "a size"))?);
    }
    let size = members.text(&["size"])?;
    let kids = kind == Some("kids");
    // One size on offer is the one that is asked about.
    let size = match sizes.as_slice() {
        [only] if size.is_none() => Some(only.clone()),
        _ => size,
    };
    Ok(Garment {
        item: members.text(&["item", "item_id", "sku", "product"])?,
        brand: members.text(&["brand"])?,
        piece: piece(category.as_deref(), occasion.as_deref()),
        title: members.text(&["title", "name"])?,
        gender: members.gender()?.or(kids.then_some(Gender::Kids)),
        kind: kind.and_then(crate::advise::kind_of),
        system,
        sold: sold(members, size.as_deref())?,
        size,
        sizes,
        chart: chart(members)?,
        runs_small: runs(members)?,
        chinese: chinese
            || origin.is_some_and(|word| {
                matches!(word.to_lowercase().as_str(), "cn" | "china")
                    || meaning("system", &word) == Some("cn")
            }),
        category,
    })
}

fn runs(members: &Members<'_>) -> Result<f64, Refusal> {
    let Some((name, value)) = members.get(&["runs"]) else {
        return Ok(0.0);
    };
    match value.as_str().map(|word| meaning("fit", word)) {
        Some(Some("small")) => Ok(0.8),
        Some(Some("large")) => Ok(-0.8),
        Some(Some(_)) => Ok(0.0),
        _ => Err(Refusal::wrong(
            &members.at(name),
            value,
            "one of small, fit, large",
        )),
    }
}

fn chart(members: &Members<'_>) -> Result<Option<Chart>, Refusal> {
    let Some((name, value)) = members.get(&["table"]) else {
        return Ok(None);
    };
    let mut chart = Chart::default();
    let mut add = |size: Option<&Value>, value: &Value| {
        let Value::Object(line) = value else {
            return Err(Refusal::wrong(
                &members.at(name),
                value,
                "a list of objects with size and measures",
            ));
        };
        let words: Vec<(&str, String)> = line
            .iter()
            .filter(|(name, _)| name.as_str() != "size")
            .map(|(name, value)| (name.as_str(), measure(value)))
            .collect();
        let size = size
            .or_else(|| line.get("size"))
            .and_then(text)
            .unwrap_or_default();
        chart
            .add(&size, words.iter().map(|(name, text)| (*name, text.as_str())))
            .map_err(|problem| Refusal::chart(&problem))
    };
    match value {
        Value::Array(lines) => lines.iter().try_for_each(|line| add(None, line))?,
        Value::Object(lines) => lines
            .iter()
            .try_for_each(|(size, line)| add(Some(&Value::String(size.clone())), line))?,
        other => {
            return Err(Refusal::wrong(
                &members.at(name),
                other,
                "a list of objects with size and measures",
            ));
        }
    }
    if value.is_object() {
        chart.sort();
    }
    chart.settle().map_err(|problem| Refusal::chart(&problem))?;
    Ok(Some(chart))
}

/// A measure as words: `92`, `"88-92"`, `[88, 92]`.
fn measure(value: &Value) -> String {
    match value {
        Value::Array(ends) => ends.iter().filter_map(text).collect::<Vec<_>>().join("-"),
        Value::Null => String::new(),
        other => text(other).unwrap_or_else(|| other.to_string()),
    }
}

/// Outcomes told with the piece: a list, `{"M": {"small": 3, "fit": 9}}`, or counts of the size asked about.
fn sold(members: &Members<'_>, size: Option<&str>) -> Result<Vec<Sold>, Refusal> {
    let Some((name, value)) = members.get(&["outcomes"]) else {
        return Ok(Vec::new());
    };
    let path = members.at(name);
    let mut sold = Vec::new();
    match value {
        Value::Array(list) => {
            for (at, one) in list.iter().enumerate() {
                sold.push(one_sold(&format!("{path}[{at}]"), one)?);
            }
        }
        Value::Object(map) if map.values().all(Value::is_object) => {
            for (size, counts) in map {
                tally(&format!("{path}.{size}"), counts, size, &mut sold)?;
            }
        }
        Value::Object(_) => {
            let size =
                size.ok_or_else(|| Refusal::missing("garment.size", "say of which size these counts are"))?;
            tally(&path, value, size, &mut sold)?;
        }
        other => {
            return Err(Refusal::wrong(
                &path,
                other,
                "a list of outcomes or counts by size",
            ));
        }
    }
    Ok(sold)
}

fn one_sold(path: &str, value: &Value) -> Result<Sold, Refusal> {
    let own = [
        "size",
        "fit",
        "outcome=fit",
        "count",
        "buyer",
        "rating",
        "ym",
        "item",
        "category",
        "occasion",
    ];
    let known: Vec<&str> = own.iter().chain(&BUYER).copied().collect();
    let members = Members::read(path, value, &known)?;
    let inner = format!("{path}.buyer");
    let told = match members.get(&["buyer"]) {
        Some((_, value)) => buyer(&Members::read(&inner, value, &BUYER)?)?,
        None => buyer(&members)?,
    };
    let size = members.text(&["size"])?;
    let fit = members.fit()?;
    Ok(Sold {
        size: size.ok_or_else(|| Refusal::missing(&members.at("size"), "say which size it was"))?,
        fit: fit.ok_or_else(|| Refusal::missing(&members.at("fit"), "say small, fit or large"))?,
        buyer: told,
        count: count(&members, "count")?.unwrap_or(1),
    })
}

fn tally(path: &str, value: &Value, size: &str, into: &mut Vec<Sold>) -> Result<(), Refusal> {
    let members = Members::read(path, value, &["small", "fit", "large"])?;
    for (name, fit) in [("small", Fit::Small), ("fit", Fit::Fit), ("large", Fit::Large)] {
        let count = count(&members, name)?.unwrap_or(0);
        into.push(Sold {
            size: size.to_owned(),
            fit,
            buyer: Buyer::default(),
            count,
        });
    }
    Ok(())
}

fn count(members: &Members<'_>, name: &'static str) -> Result<Option<u32>, Refusal> {
    let Some((_, value)) = members.get(&[name]) else {
        return Ok(None);
    };
    let read = text(value)
        .and_then(|text| text.parse::<u32>().ok())
        .filter(|count| *count <= 10_000);
    read.map(Some)
        .ok_or_else(|| Refusal::wrong(&members.at(name), value, "a whole number from 0 to 10000"))
}
