//! How goods, states and amounts of pricing are shown on every page of prices. Refuses to fetch anything.

use crate::{
    door::Desk,
    format::{self, Moment},
    views::parts::{Goods, State, Told},
    words::Language,
};
use fluent_bundle::FluentArgs;
use sauda_catalog::CatalogOffer;
use sauda_kernel::{Failure, Public, Tenge};
use sauda_pricing::{
    PricingError,
    board::PlaceState,
    model::{Args, Strategy},
    service::Refusal,
};
use serde_json::Value;

pub(crate) fn goods(offer: &CatalogOffer) -> Goods {
    Goods {
        image: offer.image_url.clone().filter(|url| url.starts_with("https://")),
        ..Goods::new(offer.id.as_str(), &offer.title, &offer.sku)
    }
}

/// State names are words; the colour only repeats them.
pub(crate) fn state(state: PlaceState) -> State {
    let tone = match state {
        PlaceState::Works | PlaceState::Alone => "ok",
        PlaceState::AtFloor | PlaceState::HoldsMargin | PlaceState::AtCeiling | PlaceState::Asks => "warn",
        PlaceState::Refused | PlaceState::Error => "bad",
        PlaceState::Waiting
        | PlaceState::NoLimits
        | PlaceState::Paused
        | PlaceState::Pinned
        | PlaceState::Manual
        | PlaceState::OffSale => "off",
    };
    State::new(state.word(), tone)
}

/// A reason or guard with its numbers.
pub(crate) fn told(args: Args) -> Told {
    Told {
        word: args.word,
        args: args.args.into_iter().collect(),
    }
}

/// A refusal of one product among many. Only names that count something become numbers: an article of digits is none.
pub(crate) fn refused(refusal: &Refusal) -> Told {
    told_text(
        &refusal.code,
        refusal
            .args
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    )
}

pub(crate) fn told_text<'a>(code: &str, args: impl Iterator<Item = (&'a str, &'a str)>) -> Told {
    const COUNTS: [&str; 9] = [
        "row", "rows", "other", "count", "limit", "line", "days", "hours", "width",
    ];
    let mut said = Told::new(code);
    for (name, value) in args {
        let value = match value.parse::<i64>() {
            Ok(number) if COUNTS.contains(&name) => Value::from(number),
            _ => Value::from(value),
        };
        said.args.insert(name.to_owned(), value);
    }
    said
}

/// A public refusal for a form: values keep their look.
pub(crate) fn of_public(public: &Public) -> Told {
    told_text(
        public.code,
        public.args.iter().map(|(name, value)| (*name, value.as_str())),
    )
}

/// What a failed act says in one sentence, in the language of the page.
pub(crate) fn sentence(desk: &Desk, language: sauda_edge::Language, error: &PricingError) -> String {
    let public = error
        .public()
        .into_iter()
        .next()
        .unwrap_or_else(|| Public::new("bug"));
    desk.edge.words().refusal(language, &public, desk.now())
}

/// A text of the pages with values.
pub(crate) fn say(desk: &Desk, language: Language, key: &str, args: &[(&'static str, Value)]) -> String {
    let mut filled = FluentArgs::new();
    for (name, value) in args {
        match value.as_i64() {
            Some(number) => filled.set(*name, number),
            None => filled.set(
                *name,
                value.as_str().map_or_else(|| value.to_string(), str::to_owned),
            ),
        }
    }
    desk.pages.words().text(language, key, &filled)
}

/// A told word in the language of the page, for files.
pub(crate) fn say_told(desk: &Desk, language: Language, prefix: &str, said: &Told) -> String {
    let mut filled = FluentArgs::new();
    let moment = Moment {
        words: desk.pages.words(),
        language,
        now: desk.now(),
    };
    for (name, value) in &said.args {
        let value = minijinja::Value::from_serialize(value);
        filled.set(
            name.clone(),
            crate::render::functions::unit(&moment, prefix, name, &value),
        );
    }
    moment
        .words
        .text(language, &format!("{prefix}-{}", said.word), &filled)
}

/// A price as a form shows it: digits in groups, or nothing.
pub(crate) fn amount(price: Option<Tenge>) -> String {
    price.map(|price| format::group(price.get())).unwrap_or_default()
}

/// The strategy of a word with the number that it needs, as typed.
///
/// # Errors
/// The field to blame and why.
pub(crate) fn strategy(
    word: &str,
    places: &str,
    margin: &str,
) -> Result<Option<Strategy>, (&'static str, Told)> {
    Ok(Some(match word {
        "" => return Ok(None),
        "standard" => Strategy::Standard {},
        "always_first" => Strategy::AlwaysFirst {},
        "match" => Strategy::Match {},
        "profit" => Strategy::Profit {},
        "stay_top_n" => match places.trim().parse::<u32>() {
            Ok(n) if (1..=100).contains(&n) => Strategy::StayTopN { n },
            _ => return Err(("places", Told::new("web-places-form").arg("value", places.trim()))),
        },
        "hold_margin" => match sauda_edge::format::read_share(margin) {
            Some(share) if (1..=9_500).contains(&share.0) => Strategy::HoldMargin { margin_bp: share.0 },
            _ => return Err(("margin", Told::new("web-share-form").arg("value", margin.trim()))),
        },
        other => return Err(("strategy", Told::new("invalid-value").arg("value", other))),
    }))
}
