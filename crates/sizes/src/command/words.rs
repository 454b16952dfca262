//! English sentences for reasons. Refuses other languages: those of the pages are in the language files.

use crate::advise::{Arg, NoData, Reason};
use std::fmt::Write as _;

/// A reason in English.
#[must_use]
pub fn reason_text_en(reason: &Reason) -> String {
    let arg = |name: &str| {
        let found = reason.args.iter().find(|(one, _)| *one == name);
        found.map_or_else(|| "?".to_owned(), |(_, arg)| say(arg))
    };
    match reason.code {
        "brand-table" => format!("by the table of the product or brand{}", measures(reason)),
        "body-table" => format!("by the table of bodies{}", measures(reason)),
        "height-weight" => format!("by height and weight{}", measures(reason)),
        "weight" => format!("by weight {} kg", arg("weight_kg")),
        "height" => format!("by height {} cm", arg("height_cm")),
        "usual-size" => format!("usually takes {}", arg("size")),
        "user-history" => format!("by {} pieces worn before", arg("count")),
        "outcomes-small" => format!("{} of {} buyers said too small", arg("small"), arg("count")),
        "outcomes-large" => format!("{} of {} buyers said too large", arg("large"), arg("count")),
        "outcomes-fit" => format!("sits true to size for most of {} buyers", arg("count")),
        "runs-small" => "smaller than its label says".to_owned(),
        "runs-large" => "larger than its label says".to_owned(),
        "between-sizes" => format!("between {} and {}", arg("first"), arg("second")),
        "growth" => "one size more, to grow into".to_owned(),
        "foot-length" => format!("by a foot of {} cm", arg("foot_cm")),
        "child-height" => format!("by a child's height of {} cm", arg("height_cm")),
        "child-age" => format!("by a child's age of {}", arg("age")),
        "waist" => format!("by a waist of {} cm", arg("waist_cm")),
        "under-bust" => format!(
            "by girths under the bust {} cm and of the chest {} cm",
            arg("underbust_cm"),
            arg("chest_cm")
        ),
        "bust" => format!("by the brassiere's band {}", arg("bust_num")),
        "gender-assumed" => "taken as women's sizes: nobody said whose".to_owned(),
        other => other.to_owned(),
    }
}

fn say(arg: &Arg) -> String {
    match arg {
        Arg::Word(word) => word.clone(),
        Arg::Number(number) => ((number * 10.0).round() / 10.0).to_string(),
    }
}

fn measures(reason: &Reason) -> String {
    let mut text = String::new();
    for (name, arg) in &reason.args {
        let (name, unit) = name.split_once('_').unwrap_or((name, ""));
        let comma = if text.is_empty() { ":" } else { "," };
        // Writing into a string does not fail.
        let _ = write!(text, "{comma} {name} {} {unit}", say(arg));
    }
    text
}

/// Why there is no advice, in English.
#[must_use]
pub fn no_data_text_en(why: NoData) -> &'static str {
    match why {
        NoData::NoBody => "nothing is known of the buyer: ask for height and weight, or the usual size",
        NoData::TooLittle => {
            "what is known of the buyer does not lead to such a size: ask for the measure it goes by"
        }
        NoData::OutsideTables => "the body lies outside of the tables: let the buyer measure the piece",
        NoData::UnknownSystem => "the kind of sizes is not known: tell system, kind or gender",
        NoData::NoSizeSuits => "none of the sizes on offer comes near",
    }
}
