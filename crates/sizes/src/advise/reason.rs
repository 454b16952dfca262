//! Reasons of an advice: stable codes with the numbers they stand on. Refuses sentences; `command/words.rs` has English ones,
//! the language files of the pages the others.

use crate::buyer::Buyer;
use crate::demand::Source;

/// A number or a word of a reason.
#[derive(Debug, Clone, PartialEq)]
pub enum Arg {
    Number(f64),
    Word(String),
}

/// One reason.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    pub code: &'static str,
    pub args: Vec<(&'static str, Arg)>,
}

impl Reason {
    pub(super) fn new(code: &'static str) -> Self {
        Self {
            code,
            args: Vec::new(),
        }
    }

    pub(super) fn number(mut self, name: &'static str, value: Option<f64>) -> Self {
        if let Some(value) = value {
            self.args.push((name, Arg::Number(value)));
        }
        self
    }

    pub(super) fn word(mut self, name: &'static str, value: &str) -> Self {
        self.args.push((name, Arg::Word(value.to_owned())));
        self
    }
}

/// The reason a source of the demand gives.
pub(super) fn of_source(source: Source, buyer: &Buyer) -> Reason {
    let body = &buyer.body;
    match source {
        Source::BrandTable => girths(Reason::new("brand-table"), buyer),
        Source::BodyTable => girths(Reason::new("body-table"), buyer),
        Source::HeightWeight => height_weight(buyer),
        Source::UsualSize => match buyer.usual.first() {
            Some(usual) => Reason::new("usual-size").word("size", &usual.size),
            None => Reason::new("bust")
                .number("bust_num", body.bust_num)
                .number("cup", body.cup),
        },
        Source::UserHistory => {
            Reason::new("user-history").number("count", Some(crate::tables::real(buyer.history.len())))
        }
        Source::Foot => Reason::new("foot-length").number("foot_cm", buyer.foot_cm),
        Source::ChildHeight => Reason::new("child-height").number("height_cm", body.height_cm),
        Source::ChildAge => Reason::new("child-age").number("age", body.age),
        Source::Waist => Reason::new("waist").number("waist_cm", buyer.waist_cm),
        Source::UnderBust => Reason::new("under-bust")
            .number("underbust_cm", buyer.under_bust_cm)
            .number("chest_cm", buyer.chest_cm),
        Source::Bust => Reason::new("bust").number("bust_num", body.bust_num),
    }
}

/// Height and weight, or the one of them that is known.
pub(super) fn height_weight(buyer: &Buyer) -> Reason {
    let body = &buyer.body;
    let code = match (body.height_cm, body.weight_kg) {
        (None, Some(_)) => "weight",
        (Some(_), None) => "height",
        _ => "height-weight",
    };
    Reason::new(code)
        .number("height_cm", body.height_cm)
        .number("weight_kg", body.weight_kg)
}

fn girths(reason: Reason, buyer: &Buyer) -> Reason {
    reason
        .number("chest_cm", buyer.chest_cm)
        .number("waist_cm", buyer.waist_cm)
        .number("hips_cm", buyer.hips_cm)
}

/// What outcomes say, with how many there were of each.
pub(super) fn outcomes(small: f64, large: f64, count: f64, code: &'static str) -> Reason {
    Reason::new(code)
        .number("small", Some(small))
        .number("large", Some(large))
        .number("count", Some(count))
}
