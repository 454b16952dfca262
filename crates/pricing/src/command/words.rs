//! English sentences for reasons and guards, for the plain command. Pages and messages take theirs from the locales.

use crate::model::{Cell, CellAction, Guard, Reason};

/// One sentence with the numbers, lower case, without a full stop.
pub fn reason_text_en(reason: &Reason) -> String {
    match reason {
        Reason::Undercut { rival, step } => format!("{step} under the cheapest rival at {rival}"),
        Reason::Climb { rival, step } => {
            format!("first with room: up to {step} under the next rival at {rival}")
        }
        Reason::TopPlace { wished, rival, step } => {
            format!("{step} under the rival at {rival}, to stay among the first {wished}")
        }
        Reason::MatchCheapest { rival } => format!("level with the cheapest rival at {rival}"),
        Reason::MatchBetter { rival } => {
            format!("level with the rival at {rival}: our rating or delivery is better")
        }
        Reason::TruceMatch { rival } => {
            format!("truce after a price war: no lower than the rival at {rival}")
        }
        Reason::MarginPlace {
            margin_bp,
            rival,
            step,
        } => {
            format!(
                "{step} under the rival at {rival}, the best place with a margin of {margin_bp} basis points"
            )
        }
        Reason::MarginFloor { margin_bp, price } => {
            format!(
                "no place leaves a margin of {margin_bp} basis points: the lowest price that does is {price}"
            )
        }
        Reason::Profit {
            profit_per_day,
            place,
        } => {
            format!(
                "highest expected profit, {} tenge a day on place {place}",
                profit_per_day.tenge_down()
            )
        }
        Reason::OnFloor { floor, rival } => {
            format!("the rival at {rival} is too cheap: on our floor {floor}")
        }
        Reason::NextReachable { rival, step, floor } => {
            format!("cheaper rivals are under our floor {floor}: {step} under the next one at {rival}")
        }
        Reason::CellPrice { cell, action, price } => {
            format!(
                "{}: the grid says {}, {price}",
                cell_en(*cell),
                action_en(*action)
            )
        }
        Reason::RaiseToFloor { floor } => format!("our price was under the floor {floor}"),
        Reason::LowerToCeiling { ceiling } => format!("our price was over the ceiling {ceiling}"),
        Reason::StepBack {
            rival,
            undercuts,
            wait_minutes,
        } => format!(
            "price war: {undercuts} undercuts of the rival at {rival}, so step back and wait {wait_minutes} minutes"
        ),
        Reason::SleepLift { steps, step } => format!("overnight climb: {steps} steps of {step}"),
        Reason::Pinned { price } => format!("pinned at {price} by a person"),
        Reason::SafePrice {
            price,
            silent_minutes,
        } => {
            format!(
                "no contact with the marketplace for {silent_minutes} minutes: up to the safe price {price}"
            )
        }
        other => hold_or_ask_en(other),
    }
}

fn hold_or_ask_en(reason: &Reason) -> String {
    match reason {
        Reason::AlreadyThere { price } => format!("already at the right price {price}"),
        Reason::AlreadyCheapest { rival } => format!("already cheaper than the rival at {rival}"),
        Reason::RiseTooSmall { rise, step } => format!("a rise of {rise} is less than the step {step}"),
        Reason::CellHold { cell } => format!("{}: the grid says hold", cell_en(*cell)),
        Reason::Paused {} => "paused".to_owned(),
        Reason::NoObservation {} => "the market has not been read yet".to_owned(),
        Reason::StaleObservation {
            age_minutes,
            max_minutes,
        } => {
            format!("the market was read {age_minutes} minutes ago, at most {max_minutes} are allowed")
        }
        Reason::PartialObservation { seen, total } => {
            format!("only a part of the list was read: {seen} of {total}")
        }
        Reason::EmptyObservation {} => "the list was empty, which does not mean that nobody sells".to_owned(),
        Reason::FutureObservation { ahead_minutes } => {
            format!("the read is dated {ahead_minutes} minutes after the present: check the clocks")
        }
        Reason::SeenBeforeOwnChange {} => "the market was read before our last change".to_owned(),
        Reason::CoolDown { left_minutes } => {
            format!("cool-down after our own change, {left_minutes} minutes left")
        }
        Reason::OutsideHours {} => "outside of the working hours".to_owned(),
        Reason::WarWait { left_minutes } => format!("waiting after a price war, {left_minutes} minutes left"),
        Reason::Silent { minutes } => format!("no contact with the marketplace for {minutes} minutes"),
        Reason::SisterAhead { sister } => format!("an own shop stands at {sister}: it is not passed"),
        Reason::DayLimit { limit } => format!("the day's limit of {limit} is spent"),
        Reason::FloorAboveCeiling { floor, ceiling } => {
            format!("the floor {floor} is above the ceiling {ceiling}: change one of them")
        }
        Reason::NoFloor {} => {
            "there is neither a minimum nor a cost: give one, then the bot can act".to_owned()
        }
        Reason::MoveNeedsApproval { by, threshold } => {
            format!("a move of {by} is over {threshold} and needs a person")
        }
        Reason::MarginNeedsCost {} => "a margin cannot be held without costs: give them".to_owned(),
        Reason::SilentAlarm { minutes } => {
            format!("no contact with the marketplace for {minutes} minutes: look at it")
        }
        Reason::RuleBroken {} => "the rule cannot be followed: the step must be 1 to 1000000000".to_owned(),
        other => other.args().word,
    }
}

const fn cell_en(cell: Cell) -> &'static str {
    match cell {
        Cell::NoRival => "nobody to compare with",
        Cell::RivalUnderFloor => "the rival is under our floor",
        Cell::RivalEqual => "the rival is level with us",
        Cell::OutOfStock => "out of stock",
        Cell::PreorderOnly => "every rival sells by pre-order",
    }
}

const fn action_en(action: CellAction) -> &'static str {
    match action {
        CellAction::Hold => "hold",
        CellAction::Floor => "floor",
        CellAction::Ceiling => "ceiling",
        CellAction::Match => "match",
        CellAction::Computed => "what the strategy says",
    }
}

/// One sentence with the numbers, lower case, without a full stop.
pub fn guard_text_en(guard: &Guard) -> String {
    match guard {
        Guard::Paused {} => "paused".to_owned(),
        Guard::Pin { price } => format!("pinned at {price}"),
        Guard::Floor { floor, wanted } => format!("floor {floor}, wanted {wanted}"),
        Guard::Ceiling { ceiling, wanted } => format!("ceiling {ceiling}, wanted {wanted}"),
        Guard::Limits { floor, ceiling } => format!("floor {floor}, ceiling {ceiling}"),
        Guard::NoFloor {} => "no floor is known".to_owned(),
        Guard::LossGap { from, to, wanted } => {
            format!("prices from {from} to {to} earn too little because of delivery, wanted {wanted}")
        }
        Guard::MaxMove { limit, wanted } => format!("largest move {limit}, wanted {wanted}"),
        Guard::MaxDay {
            limit,
            day_start,
            wanted,
        } => {
            format!("at most {limit} a day from {day_start}, wanted {wanted}")
        }
        Guard::Sister { sister, wanted } => format!("own shop at {sister}, wanted {wanted}"),
        Guard::WarBrake { undercuts, allowed } => {
            format!("{undercuts} undercuts of one rival, {allowed} allowed")
        }
        Guard::Truce { hours } => format!("truce of {hours} hours with this rival"),
        Guard::StopLevel { level, wanted } => format!("not under {level} in a truce, wanted {wanted}"),
        Guard::WarWait { left_minutes } => format!("waiting after a price war, {left_minutes} minutes left"),
        Guard::CoolDown { left_minutes } => format!("cool-down, {left_minutes} minutes left"),
        Guard::Hours {} => "working hours".to_owned(),
        Guard::Age {
            age_minutes,
            max_minutes,
        } => format!("read {age_minutes} minutes ago, {max_minutes} allowed"),
        Guard::Whole { seen, total } => format!("{seen} of {total} sellers read"),
        other => rare_guard_en(other),
    }
}

fn rare_guard_en(guard: &Guard) -> String {
    match guard {
        Guard::Clock { ahead_minutes } => {
            format!("the read is dated {ahead_minutes} minutes after the present")
        }
        Guard::SeenBeforeOwnChange {} => "read before our last change".to_owned(),
        Guard::Silent { minutes, allowed } => format!("no contact for {minutes} minutes, {allowed} allowed"),
        Guard::SmallRise { rise, step } => format!("a rise of {rise}, the step is {step}"),
        Guard::Approval { by, threshold } => format!("a move of {by}, a person is asked above {threshold}"),
        Guard::Better {
            rating_by_milli,
            faster_by_days,
        } => {
            format!("rating better by {rating_by_milli} thousandths, delivery by {faster_by_days} days")
        }
        Guard::Cover { days, raise_bp } => {
            format!("stock for {days} days: dearer by {raise_bp} basis points")
        }
        Guard::Ageing { days, ease_bp } => {
            format!("stock is {days} days old: cheaper by {ease_bp} basis points")
        }
        Guard::SleepLift { steps } => format!("overnight climb, step {steps}"),
        Guard::ProfitNotLearned {} => {
            "not enough history for the profit strategy: acts as standard".to_owned()
        }
        Guard::OwnHidden {} => "our offer is not in the list that was read".to_owned(),
        Guard::OwnDiffers { shown, ours } => format!("the storefront still shows {shown} instead of {ours}"),
        Guard::RuleBroken {} => "the rule cannot be followed".to_owned(),
        other => other.args().word,
    }
}
