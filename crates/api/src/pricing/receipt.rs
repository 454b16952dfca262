//! The full account of a decision: ladder, guards, arithmetic, each with a sentence in the caller's language.

use crate::shape::{Moment, Sum, ToldView, text_of, told};
use sauda_edge::{Language, Words};
use sauda_kernel::Tenge;
use sauda_pricing::model::{
    Args, ArithmeticLine, Check, Ignored, Outcome, Place, Receipt, Rung, RungKind, Strategy, Verdict,
};
use serde::Serialize;
use utoipa::ToSchema;

/// One guard.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Guard)]
pub(crate) struct GuardView {
    /// `passed`, `noted`, `changed`, `stopped` or `asked`.
    pub verdict: &'static str,
    pub said: ToldView,
}

/// One seller of the ladder.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Rung)]
pub(crate) struct RungView {
    /// 1 is the cheapest; equal prices share a place.
    pub place: u32,
    pub seller_uid: String,
    pub name: String,
    pub price: Sum,
    pub rating_milli: Option<i32>,
    pub reviews: Option<i64>,
    pub delivery_days: Option<i32>,
    pub preorder_days: i32,
    /// `own`, `sister`, `rival` or `ignored`.
    pub kind: &'static str,
    /// Why it is looked past.
    pub ignored: Option<&'static str>,
    pub ignored_text: Option<String>,
}

/// One line of the sum from the rival's price to the result.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ArithmeticLine)]
pub(crate) struct LineView {
    pub word: String,
    pub text: String,
    pub by: Sum,
    /// The running result.
    pub price: Sum,
}

/// A place on the card.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Place)]
pub(crate) struct PlaceView {
    pub place: u32,
    pub of: u32,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        Self {
            place: place.place,
            of: place.of,
        }
    }
}

/// The account of a decision.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Receipt)]
pub(crate) struct ReceiptView {
    pub decided_at: Moment,
    pub observed_at: Option<Moment>,
    pub reason: ToldView,
    /// Every guard that looked.
    pub guards: Vec<GuardView>,
    #[schema(schema_with = super::rule_settings::strategy_schema)]
    pub strategy: Strategy,
    pub step: Sum,
    pub before: Option<Sum>,
    pub floor: Option<Sum>,
    pub ceiling: Option<Sum>,
    /// The rival that was answered.
    pub rival_uid: Option<String>,
    pub place_before: Option<PlaceView>,
    pub place_after: Option<PlaceView>,
    /// Cheapest first.
    pub ladder: Vec<RungView>,
    pub arithmetic: Vec<LineView>,
}

impl ReceiptView {
    pub(super) fn of(receipt: Receipt, words: &Words, language: Language, shows_money: bool) -> Self {
        Self {
            decided_at: receipt.decided_at.into(),
            observed_at: receipt.observed_at.map(Moment),
            reason: reason_of(&receipt.reason.args(), words, language, shows_money),
            guards: receipt
                .checks
                .iter()
                .map(|check| guard(check, words, language))
                .collect(),
            strategy: receipt.strategy,
            step: receipt.step.into(),
            before: receipt.before.map(Sum::from),
            floor: receipt.floor.map(Sum::from),
            ceiling: receipt.ceiling.map(Sum::from),
            rival_uid: receipt.rival.map(|row| row.seller.to_string()),
            place_before: receipt.place_before.map(PlaceView::from),
            place_after: receipt.place_after.map(PlaceView::from),
            ladder: receipt
                .ladder
                .into_iter()
                .map(|rung| rung_view(rung, words, language))
                .collect(),
            arithmetic: receipt
                .arithmetic
                .into_iter()
                .map(|line| line_view(line, words, language))
                .collect(),
        }
    }
}

/// The reason; its expected profit only for those who may see money.
pub(super) fn reason_of(args: &Args, words: &Words, language: Language, shows_money: bool) -> ToldView {
    if shows_money || args.word != "profit" {
        return told(words, language, "reason", args);
    }
    ToldView {
        word: args.word.clone(),
        args: serde_json::Map::new(),
        text: text_of(words, language, "strategy-profit", &[]),
    }
}

/// `set`, `hold` or `ask`, with the price when there is one.
pub(super) const fn outcome_price(outcome: Outcome) -> Option<Tenge> {
    match outcome {
        Outcome::Set(price) => Some(price),
        Outcome::Ask(price) => price,
        Outcome::Hold => None,
    }
}

fn guard(check: &Check, words: &Words, language: Language) -> GuardView {
    let verdict = match check.verdict {
        Verdict::Passed => "passed",
        Verdict::Noted => "noted",
        Verdict::Changed => "changed",
        Verdict::Stopped => "stopped",
        Verdict::Asked => "asked",
    };
    GuardView {
        verdict,
        said: told(words, language, "guard", &check.guard.args()),
    }
}

fn rung_view(rung: Rung, words: &Words, language: Language) -> RungView {
    let (kind, ignored) = match rung.kind {
        RungKind::Own => ("own", None),
        RungKind::Sister => ("sister", None),
        RungKind::Rival => ("rival", None),
        RungKind::Ignored(why) => ("ignored", Some(ignored_word(why))),
    };
    RungView {
        place: rung.place,
        seller_uid: rung.seller.to_string(),
        name: rung.name.into(),
        price: rung.price.into(),
        rating_milli: rung.rating_milli,
        reviews: rung.reviews,
        delivery_days: rung.delivery_days,
        preorder_days: rung.preorder_days,
        kind,
        ignored,
        ignored_text: ignored.map(|word| text_of(words, language, &format!("ignored-{word}"), &[])),
    }
}

const fn ignored_word(why: Ignored) -> &'static str {
    match why {
        Ignored::Named => "named",
        Ignored::Preorder => "preorder",
        Ignored::Slower => "slower",
        Ignored::Rating => "rating",
        Ignored::Reviews => "reviews",
        Ignored::OtherCity => "other-city",
        Ignored::Absurd => "absurd",
    }
}

fn line_view(line: ArithmeticLine, words: &Words, language: Language) -> LineView {
    let text = text_of(words, language, &format!("arithmetic-{}", line.word), &[]);
    LineView {
        word: line.word.into(),
        text,
        by: Tenge(line.by).into(),
        price: line.price.into(),
    }
}
