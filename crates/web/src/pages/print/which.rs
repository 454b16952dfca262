//! Which orders are packed: those of a run, chosen ones, or all that wait; and which part of them. Refuses to print more at once than
//! a printer and its person can follow.

use crate::{pages::system::urlencode, views::print::Part};
use sauda_edge::Refusal;
use sauda_kernel::{DayRunId, Kind, Public};

/// Most orders that are printed at once.
pub(crate) const MOST: usize = 500;

/// What a page of packing is asked for with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Which {
    pub run: Option<DayRunId>,
    /// Numbers that a person chose; nothing for all.
    pub chosen: Vec<String>,
    /// From 1.
    pub part: usize,
}

impl Which {
    pub fn read(run: &str, codes: &str, part: &str) -> Result<Self, Refusal> {
        let id = Some(run.trim()).filter(|run| !run.is_empty());
        let run = id.map(|id| {
            DayRunId::parse(id).map_err(|_| {
                Refusal::new(
                    Kind::NotFound,
                    Public::new("not-found").arg("what", "day").arg("id", id),
                )
            })
        });
        Ok(Self {
            run: run.transpose()?,
            chosen: codes
                .split('.')
                .map(str::trim)
                .filter(|code| !code.is_empty())
                .take(MOST)
                .map(str::to_owned)
                .collect(),
            part: part.parse().unwrap_or(1).max(1),
        })
    }

    /// Names and values of an address that asks for the same.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let run = self.run.as_ref().map(ToString::to_string);
        [
            ("run", run.unwrap_or_default()),
            ("codes", self.chosen.join(".")),
            (
                "part",
                if self.part > 1 {
                    self.part.to_string()
                } else {
                    String::new()
                },
            ),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    pub fn text(&self) -> String {
        let pairs: Vec<String> = self
            .pairs()
            .iter()
            .map(|(name, value)| format!("{name}={}", urlencode(value)))
            .collect();
        pairs.join("&")
    }

    /// The orders of this part, and all parts. A part behind the last is the last.
    pub fn cut<'a>(&self, codes: &'a [String]) -> (&'a [String], Vec<Part>) {
        let parts: Vec<&[String]> = codes.chunks(MOST).collect();
        let on = self.part.clamp(1, parts.len().max(1));
        let mut from = 1;
        let mut named = Vec::with_capacity(parts.len());
        for (number, part) in (1..).zip(&parts) {
            named.push(Part {
                number,
                from,
                to: from + part.len() - 1,
                query: Self {
                    part: number,
                    ..self.clone()
                }
                .text(),
                is_on: number == on,
            });
            from += part.len();
        }
        (parts.get(on - 1).copied().unwrap_or_default(), named)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_order_lies_in_one_part() {
        let codes: Vec<String> = (0..1_201).map(|code| code.to_string()).collect();
        let part = |part: &str| Which::read("", "", part).unwrap();
        let mut all = Vec::new();
        for number in ["1", "2", "3"] {
            all.extend(part(number).cut(&codes).0.to_vec());
        }
        assert_eq!(all, codes);
        let (last, parts) = part("9").cut(&codes);
        assert_eq!((last.len(), last[0].as_str()), (201, "1000"));
        let named: Vec<_> = parts
            .iter()
            .map(|part| (part.number, part.from, part.to, part.is_on))
            .collect();
        assert_eq!(
            named,
            [
                (1, 1, 500, false),
                (2, 501, 1_000, false),
                (3, 1_001, 1_201, true)
            ]
        );
        assert_eq!(part("0").cut(&[]), (&[][..], Vec::new()));
    }

    #[test]
    fn an_address_asks_for_the_same() {
        let which = Which::read("", " 1.2 ..3", "2").unwrap();
        assert_eq!(which.chosen, ["1", "2", "3"]);
        assert_eq!(which.text(), "codes=1.2.3&part=2");
        assert_eq!(Which::read("", "", "x").unwrap().text(), "");
        assert!(Which::read("nonsense", "", "").is_err());
    }
}
