//! What people type into forms of the stock: read field by field, so that all that is wrong is said at its field at once.
//! Refuses to guess: a wrong figure is never zero.

use crate::{
    door::form_refusals,
    views::parts::{Form, Told},
};
use sauda_edge::Refusal;
use sauda_kernel::{Failure, Money, Timestamp};
use sauda_stock::reorder::Break;

/// A form that is being read.
#[derive(Debug, Default)]
pub(super) struct Typing {
    pub(super) form: Form,
}

impl Typing {
    pub(super) fn of(values: &[(&str, &str)]) -> Self {
        Self {
            form: Form::of(values),
        }
    }

    pub(super) fn keep(&mut self, name: &str, text: &str) {
        self.form.values.insert(name.to_owned(), text.to_owned());
    }

    pub(super) fn refuse(&mut self, name: &str, told: Told) {
        self.form = std::mem::take(&mut self.form).refuse(name, told);
    }

    pub(super) fn is_fine(&self) -> bool {
        self.form.refusals.is_empty()
    }

    /// A day, counted from 1970 in Almaty.
    pub(super) fn day(&mut self, name: &str, text: &str) -> i64 {
        if let Ok(moment) = Timestamp::parse(&format!("{}T12:00:00+05:00", text.trim())) {
            return sauda_stock::day_of(moment);
        }
        self.refuse(name, Told::new("stock-date").arg("value", text.to_owned()));
        0
    }

    /// A whole number with its sign; one that is none is refused at its field.
    pub(super) fn whole(&mut self, name: &str, text: &str) -> i64 {
        plain(text).parse().unwrap_or_else(|_| {
            self.refuse(name, Told::new("stock-whole").arg("value", text));
            0
        })
    }

    /// Pieces of a product: goods by weight are not counted, and the refusal says what to do instead.
    pub(super) fn pieces(&mut self, name: &str, text: &str, product: &str) -> i64 {
        if scaled(text, 3).is_some() && plain(text).contains('.') {
            let told = Told::new("stock-weight")
                .arg("value", text.trim())
                .arg("product", product);
            self.refuse(name, told);
            return 0;
        }
        self.whole(name, text)
    }

    /// Tenths, hundredths or thousandths of a number with a comma, not negative.
    pub(super) fn decimal(&mut self, name: &str, text: &str, digits: u32) -> i64 {
        scaled(text, digits).unwrap_or_else(|| {
            self.refuse(name, Told::new("stock-decimal").arg("value", text));
            0
        })
    }

    /// A sum in tenge with at most two digits behind the comma; nothing when nothing was typed.
    pub(super) fn sum(&mut self, name: &str, text: &str) -> Option<Money> {
        if text.trim().is_empty() {
            return None;
        }
        Some(Money::from_tiyn(self.decimal(name, text, 2)))
    }

    /// Prices by quantity, one in a line: from so many pieces, a dash, tenge of a piece.
    pub(super) fn breaks(&mut self, name: &str, text: &str) -> Vec<Break> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let read = |line: &str| {
            let (from, price) = line.split_once(['-', '–', '—', '=', ':', ';'])?;
            Some(Break {
                from: scaled(from, 0)?,
                price: Money::from_tiyn(scaled(price, 2)?),
            })
        };
        let mut found = Vec::new();
        for line in lines {
            if let Some(step) = read(line) {
                found.push(step);
            } else {
                self.refuse(name, Told::new("stock-break").arg("value", line));
            }
        }
        found
    }

    /// What the room says of the form, at its fields; a refusal that is none of the form's goes on. `names` are fields of the
    /// room and of the form.
    pub(super) fn refused<E: Failure + Into<Refusal>>(
        mut self,
        error: E,
        names: &[(&str, &str)],
    ) -> Result<Form, Refusal> {
        let Some(refusals) = form_refusals(&error) else {
            return Err(error.into());
        };
        for refusal in &refusals {
            let field = refusal.field.as_deref().unwrap_or_default();
            let named = names.iter().find(|(room, _)| *room == field);
            let field = named.map_or(field, |(_, form)| form);
            self.refuse(field, Told::from(refusal));
        }
        Ok(self.form)
    }
}

fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|one| !one.is_whitespace()).collect();
    text.replace(',', ".")
}

/// A number in units of its last digit; nothing for what is no number, or has more digits.
fn scaled(text: &str, digits: u32) -> Option<i64> {
    let plain = plain(text);
    let (whole, part) = plain.split_once('.').unwrap_or((&plain, ""));
    let room = usize::try_from(digits).unwrap_or(0);
    let is_number = !whole.is_empty()
        && whole.len() <= 12
        && part.len() <= room
        && whole.chars().chain(part.chars()).all(|one| one.is_ascii_digit());
    is_number
        .then(|| format!("{whole}{part:0<room$}").parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them_and_wrong_ones_are_named() {
        let mut typing = Typing::default();
        assert_eq!(
            (
                typing.whole("a", " 1 250 "),
                typing.decimal("b", "2,5", 2),
                typing.sum("c", "")
            ),
            (1_250, 250, None)
        );
        assert!(typing.is_fine());
        assert_eq!(
            (typing.whole("a", "12x"), typing.decimal("b", "1,234", 2)),
            (0, 0)
        );
        let breaks = typing.breaks("d", " 10 — 1 400\n\n1 000=1250,50 ");
        let steps: Vec<(i64, i64)> = breaks.iter().map(|one| (one.from, one.price.tiyn())).collect();
        assert_eq!(steps, [(10, 140_000), (1_000, 125_050)]);
        typing.pieces("c", "0,35", "Орех");
        typing.breaks("d", "10 по 1400");
        let words: Vec<&str> = typing
            .form
            .refusals
            .iter()
            .map(|one| one.said.word.as_str())
            .collect();
        assert_eq!(
            words,
            ["stock-whole", "stock-decimal", "stock-weight", "stock-break"]
        );
    }
}
