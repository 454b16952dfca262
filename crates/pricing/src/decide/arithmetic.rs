//! The receipt's sum: from the rival's price to the result, one line a cause. Refuses to recompute the decision.

use crate::model::{ArithmeticLine, Decision, Guard, Observation, Outcome, Reason, Verdict};
use sauda_kernel::Tenge;

/// Lines whose differences add up from the first price to the last.
pub(super) fn lines(decision: &Decision, observation: Option<&Observation>) -> Vec<ArithmeticLine> {
    let mut lines = Vec::new();
    let result = match decision.outcome {
        Outcome::Set(price) | Outcome::Ask(Some(price)) => price,
        Outcome::Hold | Outcome::Ask(None) => return lines,
    };
    let Some(wanted) = decision.wanted else {
        return lines;
    };
    let mut running = match decision.rival(observation) {
        Some(rival) => {
            lines.push(line("rival", 0, rival.price));
            rival.price
        }
        None => match decision.before {
            Some(before) => {
                lines.push(line("before", 0, before));
                before
            }
            None => wanted,
        },
    };
    push(&mut lines, &mut running, word_of(decision.reason), wanted);
    // Each guard that changed the price tells what it was before; so what it became is what the next one found.
    let changes: Vec<_> = decision
        .checks
        .iter()
        .filter(|check| check.verdict == Verdict::Changed)
        .collect();
    let bounded: Vec<_> = changes
        .iter()
        .filter_map(|check| Some((check.guard, before_guard(&check.guard)?)))
        .collect();
    for (index, (guard, _)) in bounded.iter().enumerate() {
        let after = bounded.get(index + 1).map_or(result, |(_, next)| *next);
        push(&mut lines, &mut running, &guard.args().word, after);
    }
    push(&mut lines, &mut running, "limits", result);
    lines
}

fn push(lines: &mut Vec<ArithmeticLine>, running: &mut Tenge, word: &str, price: Tenge) {
    let by = price.get().saturating_sub(running.get());
    if by != 0 {
        lines.push(line(word, by, price));
    }
    *running = price;
}

fn line(word: &str, by: i64, price: Tenge) -> ArithmeticLine {
    ArithmeticLine {
        word: word.into(),
        by,
        price,
    }
}

/// The price that a bounding guard found; none for guards that speak before there is a price.
const fn before_guard(guard: &Guard) -> Option<Tenge> {
    match guard {
        Guard::Floor { wanted, .. }
        | Guard::Ceiling { wanted, .. }
        | Guard::LossGap { wanted, .. }
        | Guard::MaxMove { wanted, .. }
        | Guard::MaxDay { wanted, .. }
        | Guard::Sister { wanted, .. } => Some(*wanted),
        _ => None,
    }
}

const fn word_of(reason: Reason) -> &'static str {
    match reason {
        Reason::Undercut { .. }
        | Reason::Climb { .. }
        | Reason::TopPlace { .. }
        | Reason::NextReachable { .. } => "step",
        Reason::MarginPlace { .. } => "step",
        Reason::OnFloor { .. } | Reason::RaiseToFloor { .. } => "floor",
        Reason::LowerToCeiling { .. } => "ceiling",
        Reason::StepBack { .. } => "step-back",
        Reason::SleepLift { .. } => "sleep-lift",
        Reason::MarginFloor { .. } => "margin",
        Reason::Profit { .. } => "profit",
        Reason::Pinned { .. } => "pin",
        Reason::TruceMatch { .. } => "truce",
        Reason::SafePrice { .. } => "safe-price",
        _ => "strategy",
    }
}
