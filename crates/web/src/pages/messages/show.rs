//! What talks, messages and lines look like on pages. Masks numbers for those who may not see buyers.

use crate::{
    door::Desk,
    views::{
        message_lines::LineCard,
        messages::{FileLine, MessageLine, NameOf, TalkLine, WayOut},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_kernel::Timestamp;
use sauda_messages::{
    LineView, TemplateView,
    limits::{Danger, Risk, WARM_UP, Wait},
    model::{FileState, Message, MessageFile, MessageState, Talk},
};

pub(crate) fn talk_line(talk: &Talk, base: &str, scope: &Scope) -> TalkLine {
    let sees = scope.may(Right::ViewBuyers);
    TalkLine {
        href: format!("{base}/talks/{}", talk.id),
        name: short(&talk.who.name, sees),
        phone: if sees { talk.whole_phone() } else { None },
        order: talk.order_code.clone(),
        last_at: talk.last_at,
        last_text: talk.last_text.clone(),
        last_ours: talk.last_ours,
        unread: talk.unread,
        needs_person: talk.needs_person,
        is_silent: talk.is_silent,
    }
}

/// Name and the first letter of the family name, where whole names are not for everybody.
fn short(name: &str, sees: bool) -> String {
    if sees {
        return name.to_owned();
    }
    let mut words = name.split_whitespace();
    let first = words.next().unwrap_or_default();
    match words.next().and_then(|family| family.chars().next()) {
        Some(letter) => format!("{first} {letter}."),
        None => first.to_owned(),
    }
}

/// What stands for a file. A message of before files were fetched has only the name of it.
fn file_line(message: &Message, files: &[MessageFile], base: &str) -> Option<FileLine> {
    let media = message.media.as_ref()?;
    let Some(file) = files.iter().find(|file| file.message == message.id) else {
        let name = media.file_name.clone().or_else(|| media.mime.clone());
        return Some(FileLine {
            href: None,
            kind: "document",
            name: name.unwrap_or_default(),
            state: "",
            trouble: None,
        });
    };
    let is_here = file.state == FileState::Kept;
    Some(FileLine {
        href: is_here.then(|| format!("{base}/files/{}", message.id)),
        kind: file.kind().word(),
        name: file.name.clone(),
        state: if is_here { "" } else { file.state.word() },
        trouble: file
            .trouble
            .as_deref()
            .filter(|_| file.state != FileState::Waiting)
            .map(|word| match word {
                "kind" => "kind",
                "too_large" => "large",
                "other_bytes" => "other",
                "not_found" | "not_fetched" | "empty" => "gone",
                _ => "silent",
            }),
    })
}

pub(super) fn message_line(
    message: &Message,
    files: &[MessageFile],
    base: &str,
    may_write: bool,
) -> MessageLine {
    let waits = message.state == MessageState::Queued;
    MessageLine {
        id: message.id.to_string(),
        from: match (message.is_ours, message.written_by.is_empty()) {
            (false, _) => "buyer",
            (true, true) => "bot",
            (true, false) => "me",
        },
        at: message.sent_at.unwrap_or(message.created_at),
        text: message.body.clone(),
        state: if message.is_ours { message.state.word() } else { "" },
        tone: match message.state {
            MessageState::Failed | MessageState::Unclear => "bad",
            MessageState::Cancelled => "off",
            MessageState::Read => "ok",
            MessageState::Queued
            | MessageState::Sending
            | MessageState::Sent
            | MessageState::Delivered
            | MessageState::Received => "",
        },
        trouble: message.trouble.clone().filter(|_| message.is_ours),
        about: message.about.clone(),
        by: message.written_by.clone(),
        file: file_line(message, files, base),
        may_cancel: may_write && waits,
        due_at: waits.then_some(message.due_at),
    }
}

/// How the way out of a shop stands.
pub(super) async fn way_out(desk: &Desk, scope: &Scope, shop: &Shop) -> Result<WayOut, Refusal> {
    let settings = desk.messages.settings(scope, &shop.id).await?;
    let Some(line) = settings.line else {
        return Ok(WayOut {
            state: "none",
            waiting: 0,
            next_at: None,
        });
    };
    let view = desk.messages.line(scope, &line).await?;
    let works = view.line.state.can_send();
    Ok(WayOut {
        state: if works { "works" } else { "off" },
        waiting: view.waiting,
        next_at: (works && view.turn.at > desk.now()).then_some(view.turn.at),
    })
}

pub(super) fn line_card(view: &LineView, base: &str, shop: &Shop, now: Timestamp) -> LineCard {
    let line = &view.line;
    let works = line.state.can_send();
    let since = line.new_since.unwrap_or(line.added_at);
    let day = now
        .local_midnight()
        .since(since.local_midnight())
        .as_mins()
        .max(0)
        / 1_440;
    let today = usize::try_from(day).unwrap_or(usize::MAX);
    let warms = line.new_since.is_some() && today < WARM_UP.len();
    LineCard {
        id: line.id.to_string(),
        href: format!("{base}/whatsapp/{}", line.id),
        name: line.name.clone(),
        server: line.server.clone(),
        number: line.masked_number(),
        display_name: line.display_name.clone(),
        state: line.state.word().to_owned(),
        tone: match (works, line.state.word()) {
            (true, _) => "ok",
            (false, "failed" | "stopped") => "bad",
            (false, _) => "warn",
        },
        state_at: line.state_at,
        works,
        asks_phone: !works,
        trouble: line
            .trouble
            .as_ref()
            .map(|(word, _, at)| (word.replace('_', "-"), *at)),
        sent: view.sent_today,
        most: view.most_today,
        waiting: view.waiting,
        next_at: (view.turn.at > now).then_some(view.turn.at),
        waits: view.turn.waits.iter().map(|wait| wait_word(*wait)).collect(),
        risk: match view.turn.risk {
            Risk::Low => "low",
            Risk::Medium => "medium",
            Risk::High => "high",
        },
        dangers: view.turn.dangers.iter().map(|one| danger_word(*one)).collect(),
        warm_up: if warms {
            WARM_UP
                .iter()
                .enumerate()
                .map(|(at, most)| (*most, at == today))
                .collect()
        } else {
            Vec::new()
        },
        is_ours: view.shops.contains(&shop.id),
        shops: view.shops.len(),
    }
}

const fn wait_word(wait: Wait) -> &'static str {
    match wait {
        Wait::Gap => "gap",
        Wait::Night => "night",
        Wait::QuietDay => "quiet-day",
        Wait::DayFull => "day-full",
        Wait::WarmingUp => "warming-up",
    }
}

const fn danger_word(danger: Danger) -> &'static str {
    match danger {
        Danger::NewNumber => "new-number",
        Danger::NearDayLimit => "near-day-limit",
        Danger::FewAnswers => "few-answers",
        Danger::ManyOptOuts => "many-opt-outs",
    }
}

pub(super) fn name_of(view: &TemplateView) -> NameOf {
    NameOf {
        trigger: view.trigger.map(sauda_messages::trigger::Trigger::word),
        name: view.text.name.clone(),
    }
}

/// `09:30` of a minute of the day.
pub(super) fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minute of the day of a text such as `9:30`; nothing that nobody keeps for junk.
pub(super) fn minute(text: &str) -> u32 {
    const JUNK: u32 = 9_999;
    let Some((hours, minutes)) = text.trim().split_once([':', '.']) else {
        return JUNK;
    };
    match (hours.parse::<u32>(), minutes.parse::<u32>()) {
        (Ok(hours), Ok(minutes)) if hours <= 24 && minutes < 60 => hours * 60 + minutes,
        _ => JUNK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_for_those_who_pack() {
        assert_eq!(short("Асель Примерова", false), "Асель П.");
        assert_eq!(short("Асель", false), "Асель");
        assert_eq!(short("Асель Примерова", true), "Асель Примерова");
    }

    #[test]
    fn a_time_is_read_as_people_type_it_and_junk_is_no_time() {
        assert_eq!(
            (minute("9:30"), minute(" 21.00 "), minute("24:00")),
            (570, 1_260, 1_440)
        );
        assert_eq!(
            (minute("утром"), minute("25:00"), minute("9:75")),
            (9_999, 9_999, 9_999)
        );
    }
}
