//! From words of recipients to places where a report is told, each once, and why others get nothing. Refuses to tell a group what money says.

use super::model::{PlanKind, Recipient, Unsent, Who};
use sauda_messages::team::{TeamPlace, Way};
use std::collections::BTreeSet;

/// Where a report goes, and which recipients get nothing.
pub fn places<'a>(
    kind: PlanKind,
    recipients: &[Recipient],
    known: &'a [TeamPlace],
) -> (Vec<&'a TeamPlace>, Vec<Unsent>) {
    let (mut chosen, mut unsent) = (Vec::new(), Vec::new());
    let mut taken = BTreeSet::new();
    for recipient in recipients {
        let found = match recipient {
            Recipient::Screen => continue,
            Recipient::Telegram(who) => of_way(kind, Way::Telegram, who, known),
            Recipient::Mail(who) => of_way(kind, Way::Mail, who, known),
        };
        match found {
            Ok(places) => {
                for place in places {
                    if taken.insert((place.way, place.address.as_str())) {
                        chosen.push(place);
                    }
                }
            }
            Err(why) => unsent.push(Unsent {
                who: recipient.word(),
                why: why.to_owned(),
            }),
        }
    }
    (chosen, unsent)
}

/// Why nothing is told at a place; none when it is.
fn refusal(kind: PlanKind, place: &TeamPlace) -> Option<&'static str> {
    if !place.is_confirmed {
        Some("unconfirmed")
    } else if !place.scope.may(kind.right()) {
        Some("no-right")
    } else if place.is_group && kind == PlanKind::Profit {
        Some("group")
    } else {
        None
    }
}

fn of_way<'a>(
    kind: PlanKind,
    way: Way,
    who: &Who,
    known: &'a [TeamPlace],
) -> Result<Vec<&'a TeamPlace>, &'static str> {
    let is_meant = |place: &&TeamPlace| {
        place.way == way
            && match who {
                Who::All => true,
                Who::Chat(chat) => place.address == chat.to_string(),
                Who::Named(name) => place.address == *name || (!place.is_group && place.login == *name),
            }
    };
    let meant: Vec<&TeamPlace> = known.iter().filter(is_meant).collect();
    let told: Vec<&TeamPlace> = meant
        .iter()
        .copied()
        .filter(|place| refusal(kind, place).is_none())
        .collect();
    if !told.is_empty() {
        return Ok(told);
    }
    match (who, meant.first().and_then(|place| refusal(kind, place))) {
        (Who::All, _) => Err("nobody"),
        (_, Some(why)) => Err(why),
        (_, None) if way == Way::Telegram => Err("unlinked"),
        (_, None) => Err("unknown"),
    }
}
