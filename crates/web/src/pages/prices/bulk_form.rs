//! What a bulk form says: which products and which act. Refuses values that are not what the act needs.

use crate::{
    pages::prices::{
        query::BoardQuery,
        show::{of_public, strategy},
    },
    views::parts::{Form, Told},
};
use sauda_kernel::{BasisPoints, OfferId, Public};
use sauda_pricing::service::{BulkAct, Formula, Selection};
use serde::Deserialize;

/// Both the preview's address and the form that applies it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct BulkForm {
    pub action: String,
    pub offer: Vec<String>,
    /// `1`: everything that the filter finds.
    pub all: String,
    pub filter: String,
    pub how: String,
    pub value: Option<String>,
    pub places: String,
    pub margin: String,
}

/// Acts of the page.
pub(super) const ACTIONS: [&str; 6] = ["min", "max", "step", "strategy", "pause", "resume"];

impl BulkForm {
    pub fn is_whole(&self) -> bool {
        self.all == "1"
    }

    /// Which products; nothing when none was marked.
    pub fn selection(&self, city: &str) -> Option<Selection> {
        if self.is_whole() {
            let query = BoardQuery::read(&self.filter);
            let city = if query.city.is_empty() { city } else { &query.city };
            return Some(Selection::Filter(Box::new(query.filter(city, 1))));
        }
        let ids: Vec<OfferId> = self
            .offer
            .iter()
            .filter_map(|id| OfferId::parse(id).ok())
            .collect();
        (!ids.is_empty()).then_some(Selection::Offers(ids))
    }

    /// What to do; nothing while no value was given.
    ///
    /// # Errors
    /// The field to blame and why.
    pub fn act(&self) -> Result<Option<BulkAct>, (&'static str, Told)> {
        match self.action.as_str() {
            "pause" => return Ok(Some(BulkAct::Paused(true))),
            "resume" => return Ok(Some(BulkAct::Paused(false))),
            _ => {}
        }
        let Some(typed) = self.value.as_deref().map(str::trim) else {
            return Ok(None);
        };
        let wrong = || {
            (
                "value",
                of_public(
                    &Public::new("web-number-form").arg("value", typed.chars().take(40).collect::<String>()),
                ),
            )
        };
        Ok(Some(match self.action.as_str() {
            "strategy" => match strategy(typed, &self.places, &self.margin)? {
                Some(strategy) => BulkAct::Strategy(strategy),
                None => return Ok(None),
            },
            "step" => BulkAct::Step(sauda_edge::format::read_tenge(typed).ok_or_else(wrong)?),
            "max" => BulkAct::Max(formula(&self.how, typed).ok_or_else(wrong)?),
            _ => BulkAct::Min(formula(&self.how, typed).ok_or_else(wrong)?),
        }))
    }

    /// The form as it was typed.
    pub fn form(&self) -> Form {
        let how = if self.how.is_empty() { "set" } else { &self.how };
        let mut values = vec![
            ("how", how),
            ("places", self.places.as_str()),
            ("margin", self.margin.as_str()),
        ];
        if let Some(value) = &self.value {
            values.push(("value", value.as_str()));
        }
        Form::of(&values)
    }
}

/// A way to count with its number: `price` (of the own price) «−15», `percent` (of the limit as it stands) «−5», `tenge` «+200», `cost` «1,2», otherwise the number itself.
fn formula(how: &str, typed: &str) -> Option<Formula> {
    let (sign, size) = match typed.strip_prefix(['-', '−', '–']) {
        Some(rest) => (-1, rest.trim()),
        None => (1, typed.strip_prefix('+').unwrap_or(typed).trim()),
    };
    match how {
        "percent" | "price" => {
            let share = sauda_edge::format::read_share(size)?
                .0
                .checked_mul(sign)?
                .checked_add(10_000)?;
            let of = if how == "price" {
                Formula::OfPrice
            } else {
                Formula::OfCurrent
            };
            (share > 0).then_some(of(BasisPoints(share)))
        }
        "tenge" => Some(Formula::Plus(
            sauda_edge::format::read_tenge(size)?
                .get()
                .checked_mul(i64::from(sign))?,
        )),
        "cost" if sign > 0 => {
            let times = sauda_edge::format::read_share(size)?.0.checked_mul(100)?;
            (times > 0).then_some(Formula::OfCost(BasisPoints(times)))
        }
        "set" | "" if sign > 0 => Some(Formula::Fixed(sauda_edge::format::read_tenge(size)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Tenge;

    #[test]
    fn formulas_are_read_as_people_write_them() {
        for (how, typed, formula) in [
            ("set", "38 740 ₸", Some(Formula::Fixed(Tenge(38_740)))),
            ("percent", "5", Some(Formula::OfCurrent(BasisPoints(10_500)))),
            ("percent", "−7,5 %", Some(Formula::OfCurrent(BasisPoints(9_250)))),
            ("percent", "-100", None),
            ("price", "-15", Some(Formula::OfPrice(BasisPoints(8_500)))),
            ("tenge", "+200", Some(Formula::Plus(200))),
            ("tenge", "-1 000", Some(Formula::Plus(-1_000))),
            ("cost", "1,2", Some(Formula::OfCost(BasisPoints(12_000)))),
            ("cost", "-1", None),
            ("set", "-5", None),
            ("set", "много", None),
        ] {
            assert_eq!(super::formula(how, typed), formula, "{how} {typed}");
        }
    }
}
