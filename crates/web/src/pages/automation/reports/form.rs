//! The form of a report: what it begins with, what was typed, who can be chosen. Refuses to decide what may be: the room does.

use super::to_line;
use crate::{
    door::Desk,
    views::{
        parts::Form,
        reports::{Choice, PlanForm},
    },
};
use sauda_accounts::Scope;
use sauda_edge::{Language, Refusal};
use sauda_kernel::{Public, ShopId};
use sauda_messages::team::{TeamPlace, Way};
use sauda_reports::timed::{Frequency, NewPlan, Plan, PlanKind, Recipient, Who};
use serde::Deserialize;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    pub name: String,
    pub kind: String,
    pub shop: String,
    pub frequency: String,
    pub weekday: String,
    pub day: String,
    pub time: String,
    pub to: Vec<String>,
    pub language: String,
    pub pictures: String,
}

impl Typed {
    /// What a new report begins with: on Mondays at nine, on the screen.
    pub fn new(language: Language) -> Self {
        Self {
            kind: PlanKind::Reorder.word().to_owned(),
            frequency: Frequency::Weekly.word().to_owned(),
            weekday: "1".to_owned(),
            day: "1".to_owned(),
            time: "9:00".to_owned(),
            to: vec![Recipient::Screen.word()],
            language: language.word().to_owned(),
            pictures: "on".to_owned(),
            ..Self::default()
        }
    }

    /// A report as it is.
    pub fn of(plan: &Plan) -> Self {
        let wish = &plan.wish;
        let is_monthly = wish.frequency == Frequency::Monthly;
        let day = wish.day.to_string();
        Self {
            name: wish.name.clone(),
            kind: wish.kind.word().to_owned(),
            shop: wish.shop.as_ref().map_or_else(String::new, ToString::to_string),
            frequency: wish.frequency.word().to_owned(),
            weekday: if is_monthly { "1".to_owned() } else { day.clone() },
            day: if is_monthly { day } else { "1".to_owned() },
            time: clock(wish.minute),
            to: wish.recipients.iter().map(Recipient::word).collect(),
            language: wish.language.word().to_owned(),
            pictures: if wish.pictures { "on" } else { "" }.to_owned(),
        }
    }

    /// The report that is wanted, or what is wrong with it.
    pub fn read(&self) -> Result<NewPlan, Vec<Public>> {
        let wrong = |code: &'static str, field: &'static str, value: &str| {
            vec![Public::new(code).field(field).arg("value", value)]
        };
        let kind = PlanKind::parse(&self.kind).ok_or_else(|| wrong("invalid-value", "kind", &self.kind))?;
        let frequency = Frequency::parse(&self.frequency)
            .ok_or_else(|| wrong("invalid-value", "frequency", &self.frequency))?;
        let number = |field: &'static str, text: &str| -> Result<u32, Vec<Public>> {
            let read = text.trim().parse::<u32>().ok();
            read.filter(|day| (1..=frequency.most_day()).contains(day))
                .ok_or_else(|| wrong("report-day", field, text))
        };
        let day = match frequency {
            Frequency::Daily => 1,
            Frequency::Weekly | Frequency::Biweekly => number("weekday", &self.weekday)?,
            Frequency::Monthly => number("day", &self.day)?,
        };
        let shop = match self.shop.trim() {
            "" => None,
            id => Some(ShopId::parse(id).map_err(|_| wrong("invalid-value", "shop", id))?),
        };
        let recipients = self
            .to
            .iter()
            .map(|word| Recipient::parse(word).ok_or_else(|| wrong("invalid-value", "recipients", word)))
            .collect::<Result<_, _>>()?;
        Ok(NewPlan {
            name: self.name.trim().to_owned(),
            kind,
            shop,
            frequency,
            day,
            minute: minute(&self.time).ok_or_else(|| wrong("report-time", "time", &self.time))?,
            recipients,
            language: Language::parse(&self.language)
                .ok_or_else(|| wrong("invalid-value", "language", &self.language))?,
            pictures: self.pictures == "on",
        })
    }

    fn form(&self) -> Form {
        Form::of(&[
            ("name", &self.name),
            ("kind", &self.kind),
            ("shop", &self.shop),
            ("frequency", &self.frequency),
            ("weekday", &self.weekday),
            ("day", &self.day),
            ("time", &self.time),
            ("language", &self.language),
            ("pictures", &self.pictures),
        ])
    }
}

/// `9:05`.
pub(super) fn clock(minute: u32) -> String {
    format!("{}:{:02}", minute / 60, minute % 60)
}

/// Reads `9`, `9:05` or `9.05`.
fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "0"));
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// The form with what was typed and who can be chosen.
pub(super) async fn plan_form(
    desk: &Desk,
    scope: &Scope,
    plan: Option<String>,
    typed: &Typed,
    refusals: &[Public],
) -> Result<PlanForm, Refusal> {
    let places = desk.report_plans.places(scope).await?;
    let shops = desk.catalog.shops(scope).await?;
    Ok(PlanForm {
        plan,
        form: typed.form().refused(refusals),
        shops: shops
            .into_iter()
            .map(|shop| (shop.id.to_string(), shop.name))
            .collect(),
        choices: choices(&typed.to, &places, desk.team.has(Way::Mail)),
        sends_mail: desk.team.has(Way::Mail),
    })
}

/// Everybody who can get it, and whoever was chosen before and cannot any more.
fn choices(chosen: &[String], places: &[TeamPlace], sends_mail: bool) -> Vec<Choice> {
    let mut all = vec![Recipient::Screen, Recipient::Telegram(Who::All)];
    let of = |way: Way| places.iter().filter(move |place| place.way == way);
    all.extend(of(Way::Telegram).filter_map(|place| {
        let chat = place.address.parse().ok()?;
        Some(Recipient::Telegram(Who::Chat(chat)))
    }));
    if sends_mail {
        all.push(Recipient::Mail(Who::All));
        all.extend(of(Way::Mail).map(|place| Recipient::Mail(Who::Named(place.address.clone()))));
    }
    for word in chosen {
        if let Some(recipient) = Recipient::parse(word).filter(|one| !all.contains(one)) {
            all.push(recipient);
        }
    }
    all.iter()
        .map(|recipient| {
            let value = recipient.word();
            Choice {
                is_confirmed: match recipient {
                    Recipient::Mail(Who::Named(name)) => {
                        of(Way::Mail).any(|place| place.address == *name && place.is_confirmed)
                    }
                    _ => true,
                },
                to: to_line(recipient, places),
                is_on: chosen.contains(&value),
                value,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them_and_the_day_follows_the_rhythm() {
        assert_eq!(
            (minute("9"), minute(" 09.05 "), minute("24:00")),
            (Some(540), Some(545), None)
        );
        let typed = Typed {
            name: "Прибыль".to_owned(),
            frequency: "monthly".to_owned(),
            day: "31".to_owned(),
            weekday: "nonsense".to_owned(),
            ..Typed::new(Language::Ru)
        };
        assert_eq!(typed.read().unwrap().day, 31);
        let weekly = Typed {
            frequency: "weekly".to_owned(),
            ..typed
        };
        assert_eq!(weekly.read().unwrap_err()[0].field.as_deref(), Some("weekday"));
    }
}
