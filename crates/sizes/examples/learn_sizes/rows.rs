//! Rows of outcomes from a file with the columns user, item, category, size, fit, height_cm, weight_kg, age, body_type,
//! bust_num, bust_cup, occasion, ym. Refuses a file without them.

use sauda_sizes::learned::features::{BODY_TYPES, CATEGORIES, CUPS, OCCASIONS};
use sauda_sizes::learned::{Body, Piece};
use std::collections::HashMap;

/// One outcome.
pub struct Row {
    pub user: u64,
    pub item: u64,
    pub size: usize,
    /// 0 too small, 1 fit, 2 too large.
    pub class: usize,
    pub body: Body,
    pub piece: Piece,
    /// Months since the year 0; none when it is not told.
    pub month: Option<u32>,
}

pub fn read(path: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_path(path).expect("the file opens");
    let names: Vec<String> = reader
        .headers()
        .expect("a first line")
        .iter()
        .map(str::to_owned)
        .collect();
    let at: HashMap<&str, usize> = names
        .iter()
        .enumerate()
        .map(|(at, name)| (name.as_str(), at))
        .collect();
    reader
        .records()
        .map(|record| {
            let record = record.expect("a readable line");
            row(&|name| record.get(at[name]).expect("as many fields as names"))
        })
        .collect()
}

fn row<'a>(text: &impl Fn(&str) -> &'a str) -> Row {
    let number = |name: &str| text(name).parse::<f64>().ok();
    let place = |list: &[&str], name: &str| list.iter().position(|one| *one == text(name));
    Row {
        user: text("user").parse().expect("a user"),
        item: text("item").parse().expect("an item"),
        size: text("size").parse().expect("a size"),
        class: match text("fit") {
            "small" => 0,
            "fit" => 1,
            _ => 2,
        },
        body: Body {
            height_cm: number("height_cm"),
            weight_kg: number("weight_kg"),
            age: number("age"),
            body_type: place(&BODY_TYPES, "body_type"),
            bust_num: number("bust_num"),
            cup: place(&CUPS, "bust_cup").map(|at| u8::try_from(at).map_or(0.0, f64::from)),
        },
        piece: Piece {
            category: place(&CATEGORIES, "category"),
            occasion: place(&OCCASIONS, "occasion"),
        },
        month: text("ym")
            .split_once('-')
            .and_then(|(year, month)| Some(year.parse::<u32>().ok()? * 12 + month.parse::<u32>().ok()?)),
    }
}

/// A number that depends on its input alone.
pub fn mix(value: u64, salt: u64) -> u64 {
    let mut mixed = value ^ salt.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    for factor in [0xff51_afd7_ed55_8ccd_u64, 0xc4ce_b9fe_1a85_ec53] {
        mixed ^= mixed >> 33;
        mixed = mixed.wrapping_mul(factor);
    }
    mixed ^ (mixed >> 33)
}
