//! A garment of a question: its sizes, its own table, outcomes that are told with it. Refuses what it does not know, by its
//! path.

use super::fields::{Members, text};
use super::question::{BUYER, buyer};
use super::refusal::Refusal;
use crate::advise::{Garment, Sold};
use crate::buyer::{Buyer, Fit};
use crate::chart::Chart;
use crate::learned::Piece;
use crate::size::Gender;
use crate::words::meaning;
use serde_json::Value;

/// Names that a garment's members may have.
pub(super) const GARMENT: [&str; 23] = [
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
pub(super) fn garment(members: &Members<'_>) -> Result<Garment, Refusal> {
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
        piece: Piece::of(category.as_deref(), occasion.as_deref()),
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
