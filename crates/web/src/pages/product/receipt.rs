//! A decision as its receipt shows it. Refuses to invent what was not kept.

use crate::{
    door::Desk,
    pages::prices::show::told,
    views::{
        parts::{Place, Told},
        product::{ArithmeticStep, Delivery, GuardLine, ReceiptView},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::FeedWay;
use sauda_edge::Refusal;
use sauda_kernel::{Money, Span, Tenge, Timestamp};
use sauda_pricing::{
    Change, ChangeState, KeptDecision, model,
    model::{Outcome, Verdict},
    service::{OfferView, strategy_word},
};

/// A price can be brought back for so long.
const UNDO_FOR: Span = Span::from_hours(24);

pub(super) async fn receipt(
    desk: &Desk,
    scope: &Scope,
    facts: &OfferView,
    kept: &KeptDecision,
    newest: Option<&KeptDecision>,
) -> Result<ReceiptView, Refusal> {
    let (_, change) = desk.pricing.decision(scope, &kept.id).await?;
    let receipt = &kept.receipt;
    let after = match receipt.outcome {
        Outcome::Set(price) | Outcome::Ask(Some(price)) => Some(price),
        Outcome::Hold | Outcome::Ask(None) => None,
    };
    let sees_money = scope.may(Right::ViewMoney);
    let profit = |price: Option<Tenge>| profit_at(facts, price?).filter(|_| sees_money);
    let (set_by, set_at) = set_by(facts);
    let is_newest = newest.is_some_and(|newest| newest.id == kept.id);
    let can_undo = is_newest
        && !kept.dry_run
        && kept.before.is_some()
        && desk.now().since(kept.at) <= UNDO_FOR
        && facts.own.pinned_price.is_none();
    Ok(ReceiptView {
        id: kept.id.to_string(),
        number: number(kept.id.as_str()),
        at: kept.at,
        outcome: match kept.outcome.as_str() {
            "set" => "set",
            "ask" => "ask",
            _ => "hold",
        },
        before: kept.before,
        after,
        delta: kept
            .before
            .zip(after)
            .map(|(before, after)| after.get() - before.get()),
        place_before: receipt.place_before.map(place),
        place_after: receipt.place_after.map(place),
        reason: told(receipt.reason.args()),
        rival_name: receipt
            .rival
            .as_ref()
            .map(|row| row.name.to_string())
            .filter(|name| !name.is_empty()),
        rival_price: receipt.rival.as_ref().map(|row| row.price),
        seen_at: receipt.observed_at,
        strategy: strategy_word(receipt.strategy).to_owned(),
        step: Some(receipt.step),
        rule_name: facts.named.as_ref().map(|rule| rule.name.clone()),
        set_by,
        set_at,
        arithmetic: receipt
            .arithmetic
            .iter()
            .map(|line| ArithmeticStep {
                said: Told::new(line.word.as_ref()),
                by: line.by,
                price: line.price,
            })
            .collect(),
        guards: receipt.checks.iter().map(guard).collect(),
        profit_before: profit(kept.before),
        profit_after: profit(after),
        delivery: delivery(
            kept,
            change.as_ref(),
            desk.catalog.way_of(&facts.offer.shop).await?,
        ),
        answer_seconds: change.as_ref().and_then(answer_seconds),
        can_undo,
        is_open: kept.outcome == "ask" && kept.answer.is_none(),
    })
}

/// The end of the id as people read it out.
fn number(id: &str) -> String {
    let mut tail: Vec<char> = id.chars().rev().take(6).collect();
    tail.reverse();
    let (first, last) = tail.split_at(tail.len() / 2);
    format!(
        "{}-{}",
        first.iter().collect::<String>(),
        last.iter().collect::<String>()
    )
    .to_uppercase()
}

fn place(place: model::Place) -> Place {
    Place {
        place: i64::from(place.place),
        of: i64::from(place.of),
    }
}

fn guard(check: &model::Check) -> GuardLine {
    let verdict = match check.verdict {
        Verdict::Passed => "passed",
        Verdict::Noted => "noted",
        Verdict::Changed => "changed",
        Verdict::Stopped => "stopped",
        Verdict::Asked => "asked",
    };
    GuardLine {
        said: told(check.guard.args()),
        verdict,
    }
}

/// By today's costs: what this price earns with one piece.
fn profit_at(facts: &OfferView, price: Tenge) -> Option<Money> {
    Some(sauda_economics::unit(price, facts.parts.as_ref()?).ok()?.profit)
}

/// Who set the rule that decides: the offer's own words, else the named rule's, else the shop's.
fn set_by(facts: &OfferView) -> (Option<String>, Option<Timestamp>) {
    if facts.own.version > 0 {
        return (Some(facts.own.updated_by.clone()), Some(facts.own.updated_at));
    }
    match &facts.named {
        Some(rule) => (Some(rule.updated_by.clone()), Some(rule.updated_at)),
        None => (Some(facts.shop.updated_by.clone()), Some(facts.shop.updated_at)),
    }
}

fn delivery(
    kept: &KeptDecision,
    change: Option<&Change>,
    (way, next): (FeedWay, Option<Timestamp>),
) -> Delivery {
    let bare = |word, tone| Delivery {
        word,
        tone,
        at: None,
        took_seconds: None,
    };
    let Some(change) = change else {
        return match (kept.outcome.as_str(), kept.answer.as_deref()) {
            ("ask", None) => bare("waits", "warn"),
            ("set", _) if kept.dry_run => bare("dry", "off"),
            _ => bare("none", "off"),
        };
    };
    // A price that leaves by the list waits for whoever fetches it.
    let by_list = match change.state {
        ChangeState::Desired if way == FeedWay::Feed => {
            Some(next.map_or(("by_list_next", None), |next| ("by_list", Some(next))))
        }
        ChangeState::Sending if change.call.is_none() => Some(("in_list", change.sent_at)),
        _ => None,
    };
    if let Some((word, at)) = by_list {
        return Delivery {
            at,
            ..bare(word, "off")
        };
    }
    let (tone, at) = match change.state {
        ChangeState::Desired => ("off", None),
        ChangeState::Sending => ("warn", change.sent_at),
        ChangeState::Accepted => ("ok", change.accepted_at),
        ChangeState::Unclear => ("warn", change.sent_at),
        ChangeState::InCabinet => ("ok", change.cabinet_at),
        ChangeState::OnStorefront => ("ok", change.storefront_at),
        ChangeState::Lost | ChangeState::Refused => ("bad", change.sent_at),
        ChangeState::Superseded => ("off", None),
    };
    let confirmed = change.storefront_at.or(change.cabinet_at);
    let took = change
        .sent_at
        .zip(confirmed)
        .map(|(sent, confirmed)| confirmed.since(sent).as_secs());
    Delivery {
        word: change.state.word(),
        tone,
        at,
        took_seconds: took,
    }
}

/// From the rival's change as we saw it to our price as buyers see it.
fn answer_seconds(change: &Change) -> Option<i64> {
    let visible = change.storefront_at.or(change.cabinet_at)?;
    Some(visible.since(change.caused_at?).as_secs()).filter(|seconds| *seconds >= 0)
}
