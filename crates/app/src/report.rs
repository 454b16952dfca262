//! `[[report]]` of the settings file: reports that are made by themselves, the same objects as on the page. Refuses a value that cannot be,
//! by its name and with what could stand there.

use anyhow::{Context as _, bail};
use sauda_edge::Language;
use sauda_reports::timed::{Frequency, FromFile, NewPlan, PlanKind, Recipient};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// An hour such as `9`, or a time such as `"9:30"`, in Almaty.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Hour {
    Whole(i64),
    Time(String),
}

/// A day of the week such as `"monday"`, or its number from Monday 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Weekday {
    Number(i64),
    Name(String),
}

/// One table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Which report it is, once in the file: another hour or recipient changes it, another name makes another.
    pub name: String,
    /// `reorder`, `forecast`, `profit`, `market` or `errors`.
    pub kind: String,
    /// `daily`, `weekly`, `biweekly` or `monthly`.
    pub frequency: String,
    /// Of weekly and biweekly ones; Monday without it.
    pub weekday: Option<Weekday>,
    /// Of the month; 1 without it. A shorter month ends with its last day.
    pub day: Option<i64>,
    pub hour: Hour,
    /// Short name of a shop, as in its address; empty: all shops. For `profit` and `errors`.
    pub shop: String,
    /// `screen`, `telegram`, `mail` for everybody who may see it, `telegram:<login>`, `mail:<address>` for one.
    pub recipients: Vec<String>,
    /// `ru`, `kk` or `en`.
    pub language: String,
    /// Whether its drawing and the page of paper go along.
    pub pictures: bool,
}

impl Default for Report {
    fn default() -> Self {
        Self {
            name: String::new(),
            kind: String::new(),
            frequency: "weekly".to_owned(),
            weekday: None,
            day: None,
            hour: Hour::Whole(9),
            shop: String::new(),
            recipients: vec!["screen".to_owned()],
            language: "ru".to_owned(),
            pictures: true,
        }
    }
}

const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

impl Hour {
    fn minute(&self) -> Option<u32> {
        match self {
            Self::Whole(hour) => u32::try_from(*hour)
                .ok()
                .filter(|hour| *hour < 24)
                .map(|hour| hour * 60),
            Self::Time(text) => {
                let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
                let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
                (hour < 24 && minute < 60).then_some(hour * 60 + minute)
            }
        }
    }
}

impl Weekday {
    fn number(&self) -> Option<u32> {
        match self {
            Self::Number(day) => u32::try_from(*day).ok().filter(|day| (1..=7).contains(day)),
            Self::Name(name) => {
                let name = name.trim().to_lowercase();
                let place = DAYS
                    .iter()
                    .position(|day| name.len() >= 3 && day.starts_with(&name))?;
                u32::try_from(place + 1).ok()
            }
        }
    }
}

impl Report {
    /// The report as the room wants it.
    pub fn read(&self) -> anyhow::Result<FromFile> {
        let name = self.name.trim();
        if name.is_empty() {
            bail!("name is empty: give each report a name of its own, such as name = \"weekly profit\"");
        }
        let at = || format!("report {name:?}");
        let kind = PlanKind::parse(&self.kind).with_context(|| {
            format!(
                "{}: kind {:?} must be reorder, forecast, profit, market or errors",
                at(),
                self.kind
            )
        })?;
        let frequency = Frequency::parse(&self.frequency).with_context(|| {
            format!(
                "{}: frequency {:?} must be daily, weekly, biweekly or monthly",
                at(),
                self.frequency
            )
        })?;
        let day = self.day_of(frequency).with_context(at)?;
        let minute = self.hour.minute().with_context(|| {
            format!(
                "{}: hour {:?} must be 0 to 23, or a time such as \"9:30\"",
                at(),
                self.hour
            )
        })?;
        let language = Language::parse(&self.language)
            .with_context(|| format!("{}: language {:?} must be ru, kk or en", at(), self.language))?;
        let shop = self.shop.trim();
        if !shop.is_empty() && !kind.is_of_shops() {
            bail!(
                "{}: shop {shop:?}: a report of kind {:?} is about all shops: take shop out, only profit and errors are told of one",
                at(),
                self.kind
            );
        }
        let recipients = self
            .recipients
            .iter()
            .map(|word| {
                Recipient::parse(word).with_context(|| {
                    format!(
                        "{}: recipients {word:?} must be screen, telegram, mail, telegram:<login> or mail:<address>",
                        at()
                    )
                })
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        let wish = NewPlan {
            name: name.to_owned(),
            kind,
            shop: None,
            frequency,
            day,
            minute,
            recipients,
            language,
            pictures: self.pictures,
        };
        match wish.wrong() {
            Some(("recipients", _)) => bail!("{}: recipients are empty: give at least \"screen\"", at()),
            Some((field, value)) => bail!("{}: {field} cannot be {value:?}", at()),
            None => Ok(FromFile {
                shop: shop.to_owned(),
                wish,
            }),
        }
    }

    fn day_of(&self, frequency: Frequency) -> anyhow::Result<u32> {
        let (of_week, of_month) = (self.weekday.as_ref(), self.day);
        match (frequency, of_week, of_month) {
            (Frequency::Weekly | Frequency::Biweekly, Some(day), None) => day
                .number()
                .with_context(|| format!("weekday {day:?} must be monday to sunday, or 1 to 7")),
            (Frequency::Monthly, None, Some(day)) => u32::try_from(day)
                .ok()
                .filter(|day| (1..=31).contains(day))
                .with_context(|| format!("day {day} must be 1 to 31")),
            (_, None, None) => Ok(1),
            (frequency, ..) => bail!(
                "frequency {:?} goes with {}: take the other out",
                frequency.word(),
                match frequency {
                    Frequency::Daily => "neither weekday nor day",
                    Frequency::Weekly | Frequency::Biweekly => "weekday",
                    Frequency::Monthly => "day",
                }
            ),
        }
    }
}

/// Every table of the file.
pub fn declared(all: &[Report]) -> anyhow::Result<Vec<FromFile>> {
    let mut names = BTreeSet::new();
    let mut read = Vec::with_capacity(all.len());
    for (nth, one) in all.iter().enumerate() {
        let declared = one.read().with_context(|| format!("[[report]] {}", nth + 1))?;
        if !names.insert(declared.wish.name.clone()) {
            bail!(
                "report {:?} stands twice: give each a name of its own",
                declared.wish.name
            );
        }
        read.push(declared);
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct File {
        report: Vec<Report>,
    }

    fn read(text: &str) -> anyhow::Result<Vec<FromFile>> {
        declared(&toml::from_str::<File>(text)?.report)
    }

    #[test]
    fn tables_are_read_as_people_write_them() {
        let all = read(
            "[[report]]\nname = \"profit\"\nkind = \"profit\"\nweekday = \"Fri\"\nhour = \"8:30\"\nshop = \"aru\"\nrecipients = [\"telegram\", \"mail:a@b.kz\"]\n\
             [[report]]\nname = \"stock\"\nkind = \"reorder\"\nfrequency = \"monthly\"\nday = 31\nhour = 7",
        )
        .unwrap();
        let told: Vec<_> = all
            .iter()
            .map(|one| {
                (
                    one.shop.as_str(),
                    one.wish.frequency.word(),
                    one.wish.day,
                    one.wish.minute,
                    one.wish.recipients.len(),
                )
            })
            .collect();
        assert_eq!(told, [("aru", "weekly", 5, 510, 2), ("", "monthly", 31, 420, 1)]);
    }

    #[test]
    fn what_cannot_be_is_named_with_its_value_and_a_way_out() {
        let cases = [
            (
                "kind = \"gossip\"",
                "kind \"gossip\" must be reorder, forecast, profit, market or errors",
            ),
            (
                "kind = \"market\"\nfrequency = \"hourly\"",
                "frequency \"hourly\" must be daily, weekly, biweekly or monthly",
            ),
            (
                "kind = \"market\"\nhour = 24",
                "must be 0 to 23, or a time such as \"9:30\"",
            ),
            (
                "kind = \"market\"\nweekday = \"someday\"",
                "must be monday to sunday, or 1 to 7",
            ),
            (
                "kind = \"market\"\nday = 3",
                "frequency \"weekly\" goes with weekday: take the other out",
            ),
            (
                "kind = \"market\"\nfrequency = \"monthly\"\nday = 32",
                "day 32 must be 1 to 31",
            ),
            (
                "kind = \"market\"\nshop = \"aru\"",
                "only profit and errors are told of one",
            ),
            (
                "kind = \"market\"\nrecipients = [\"fax\"]",
                "recipients \"fax\" must be screen, telegram, mail",
            ),
            (
                "kind = \"market\"\nrecipients = []",
                "recipients are empty: give at least \"screen\"",
            ),
            (
                "kind = \"market\"\nlanguage = \"fr\"",
                "language \"fr\" must be ru, kk or en",
            ),
        ];
        for (rows, said) in cases {
            let refused = format!(
                "{:#}",
                read(&format!("[[report]]\nname = \"one\"\n{rows}")).unwrap_err()
            );
            assert!(refused.contains(said) && refused.contains("report"), "{refused}");
        }
        let twice =
            read("[[report]]\nname = \"a\"\nkind = \"market\"\n[[report]]\nname = \"a\"\nkind = \"errors\"");
        assert_eq!(
            format!("{:#}", twice.unwrap_err()),
            "report \"a\" stands twice: give each a name of its own"
        );
        assert!(read("[[report]]\nkind = \"market\"").is_err());
        assert!(read("[[report]]\nname = \"a\"\nkind = \"market\"\nsjop = \"aru\"").is_err());
    }
}
