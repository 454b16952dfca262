//! Where a refusal of the rooms belongs in the form. Refuses to know the rules themselves.

use super::reader;
use crate::views::parts::Told;
use sauda_kernel::Public;

/// Names of settings as the rooms call them, with the field of the form and how many units of theirs make one of the form's.
const FIELDS: [(&str, &str, i64); 27] = [
    ("strategy.n", "top_n", 1),
    ("strategy.margin_bp", "margin", 100),
    ("cover.below_days", "cover_days", 1),
    ("cover.raise_bp", "cover_raise", 100),
    ("ageing.older_than_days", "ageing_days", 1),
    ("ageing.ease_bp", "ageing_ease", 100),
    ("ignore.slower_by_days", "ignore_slower", 1),
    ("ignore.rating_below_milli", "ignore_rating", 1_000),
    ("ignore.reviews_below", "ignore_reviews", 1),
    ("ignore.absurd_below_bp", "ignore_absurd", 100),
    ("match_when_better.rating_by_milli", "better_rating", 1_000),
    ("match_when_better.faster_by_days", "better_days", 1),
    ("match_when_better", "better_rating", 1),
    ("war_brake.alternations", "war_alternations", 1),
    ("war_brake.window_minutes", "war_window", 1),
    ("war_brake.wait_minutes", "war_wait", 1),
    ("war_brake.truce_hours", "war_truce", 1),
    ("war_brake.stop_level", "war_stop", 1),
    ("war_brake.step_back", "war_back", 1),
    ("sleep_lift.step", "lift_step", 1),
    ("sleep_lift.every_minutes", "lift_every", 1),
    ("sleep_lift.target", "lift_target", 1),
    ("dead_man.minutes", "dead_man_minutes", 1),
    ("dead_man.action.lift_to", "dead_man_price", 1),
    ("check.minutes", "check_minutes", 1),
    ("check.shortest_minutes", "check_shortest", 1),
    ("check.longest_minutes", "check_longest", 1),
];

/// Where a refusal belongs in the form, in the units of the form.
pub(super) fn at_field(refusal: &Public) -> (String, Told) {
    let field = refusal.field.as_deref().unwrap_or_default();
    let field = if field == "check" {
        "check.shortest_minutes"
    } else {
        field
    };
    let known = FIELDS.iter().find(|(theirs, ..)| *theirs == field);
    let name = known.map_or(field, |(_, ours, _)| ours);
    if refusal.code != "rule-out-of-range" {
        return (name.to_owned(), Told::from(refusal));
    }
    // Amounts come in the unit that was chosen: shares in hundredths of a percent up to a thousand percent.
    let high = refusal
        .args
        .iter()
        .find(|(arg, _)| *arg == "high")
        .and_then(|(_, value)| value.parse::<i64>().ok());
    let is_share = matches!(name, "max_move" | "max_day" | "ask_above" | "war_back") && high == Some(100_000);
    let parts = if is_share {
        100
    } else {
        known.map_or(1, |(.., parts)| *parts)
    };
    let mut said = Told::new("web-range");
    for (arg, value) in refusal
        .args
        .iter()
        .filter(|(arg, _)| matches!(*arg, "value" | "low" | "high"))
    {
        said = match value.parse::<i64>() {
            Ok(number) if parts > 1 => said.arg(arg, reader::decimal(number, parts)),
            Ok(number) => said.arg(arg, number),
            Err(_) => said.arg(arg, value.as_str()),
        };
    }
    (name.to_owned(), said)
}
