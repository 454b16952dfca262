//! Values of the rule editor from the rule that is in force. Refuses to read what people type.

use super::reader::{Typed, decimal, rating_text, share_text};
use sauda_economics::{CommissionVat, DeliveryChoice, DeliveryService, ShopEconomics, Wish};
use sauda_kernel::{Money, Tenge};
use sauda_pricing::{
    model::{Amount, CellAction, CheckPace, DeadManAction, Rule, SellerUid, SisterPolicy, Strategy},
    service::strategy_word,
};

/// Collects values by the names of fields.
struct Values(Typed);

impl Values {
    fn put(&mut self, name: &str, value: impl ToString) {
        self.0.insert(name.to_owned(), value.to_string());
    }
    fn maybe(&mut self, name: &str, value: Option<impl ToString>) {
        self.put(name, value.map(|value| value.to_string()).unwrap_or_default());
    }
    fn tick(&mut self, name: &str, on: bool) {
        self.put(name, if on { "on" } else { "" });
    }
    fn price(&mut self, name: &str, price: Option<Tenge>) {
        self.maybe(name, price.map(Tenge::get));
    }
    fn share(&mut self, name: &str, share: Option<i32>) {
        self.maybe(name, share.map(share_text));
    }
    fn amount(&mut self, name: &str, amount: Option<Amount>) {
        let (value, unit) = match amount {
            Some(Amount::Tenge(tenge)) => (tenge.to_string(), "tenge"),
            Some(Amount::Bp(share)) => (share_text(share), "percent"),
            None => (String::new(), "percent"),
        };
        self.put(name, value);
        self.put(&format!("{name}_unit"), unit);
    }
}

/// Every field of the editor for a rule.
pub(super) fn rule_values(name: &str, rule: &Rule, version: i64) -> Typed {
    let mut to = Values(Typed::new());
    to.put("name", name);
    to.put("version", version);
    goal(&mut to, rule);
    limits_and_pace(&mut to, rule);
    rivals(&mut to, rule);
    war_and_lift(&mut to, rule);
    rest(&mut to, rule);
    to.0
}

fn goal(to: &mut Values, rule: &Rule) {
    to.put("strategy", strategy_word(rule.strategy));
    to.put(
        "top_n",
        if let Strategy::StayTopN { n } = rule.strategy {
            n
        } else {
            3
        },
    );
    let margin = if let Strategy::HoldMargin { margin_bp } = rule.strategy {
        margin_bp
    } else {
        1_500
    };
    to.share("margin", Some(margin));
}

fn limits_and_pace(to: &mut Values, rule: &Rule) {
    to.put("step", rule.step.get());
    to.price("min", rule.min);
    to.price("max", rule.max);
    to.price("store_minimum", rule.store_minimum);
    to.amount("max_move", rule.max_move);
    to.amount("max_day", rule.max_day);
    to.amount("ask_above", rule.ask_above);
    let (word, minutes, shortest, longest) = match rule.check {
        CheckPace::Fixed { minutes } => ("fixed", minutes, 2, 60),
        CheckPace::Learned {
            shortest_minutes,
            longest_minutes,
        } => ("learned", 10, shortest_minutes, longest_minutes),
    };
    to.put("check", word);
    to.put("check_minutes", minutes);
    to.put("check_shortest", shortest);
    to.put("check_longest", longest);
    to.put("cool_down_minutes", rule.cool_down_minutes);
    to.put("max_age_minutes", rule.max_age_minutes);
    to.tick("hours", rule.hours.is_some());
    to.put(
        "hours_from",
        rule.hours
            .map_or_else(|| "08:00".to_owned(), |hours| hours.from.to_string()),
    );
    to.put(
        "hours_to",
        rule.hours
            .map_or_else(|| "23:00".to_owned(), |hours| hours.to.to_string()),
    );
    for day in 1..=7 {
        to.tick(
            &format!("hours_day_{day}"),
            rule.hours.is_none_or(|hours| hours.days.contains(day)),
        );
    }
}

fn rivals(to: &mut Values, rule: &Rule) {
    let ignore = &rule.ignore;
    to.tick("ignore_preorder", ignore.preorder);
    to.tick("ignore_other_city", ignore.other_city_warehouse);
    to.maybe("ignore_slower", ignore.slower_by_days);
    to.maybe("ignore_rating", ignore.rating_below_milli.map(rating_text));
    to.maybe("ignore_reviews", ignore.reviews_below);
    to.share("ignore_absurd", ignore.absurd_below_bp);
    to.put(
        "ignore_sellers",
        ignore
            .sellers
            .iter()
            .map(SellerUid::as_str)
            .collect::<Vec<_>>()
            .join(", "),
    );
    let cells = &rule.what_if;
    for (name, action) in [
        ("no_rival", cells.no_rival),
        ("rival_under_floor", cells.rival_under_floor),
        ("rival_equal", cells.rival_equal),
        ("out_of_stock", cells.out_of_stock),
        ("preorder_only", cells.preorder_only),
    ] {
        to.put(&format!("what_if_{name}"), action_word(action));
    }
    to.maybe(
        "better_rating",
        rule.match_when_better
            .and_then(|better| better.rating_by_milli)
            .map(rating_text),
    );
    to.maybe(
        "better_days",
        rule.match_when_better.and_then(|better| better.faster_by_days),
    );
}

const fn action_word(action: CellAction) -> &'static str {
    match action {
        CellAction::Hold => "hold",
        CellAction::Floor => "floor",
        CellAction::Ceiling => "ceiling",
        CellAction::Match => "match",
        CellAction::Computed => "computed",
    }
}

fn war_and_lift(to: &mut Values, rule: &Rule) {
    to.tick("war", rule.war_brake.is_some());
    let war = rule.war_brake.clone().unwrap_or_default();
    to.put("war_window", war.window_minutes);
    to.put("war_alternations", war.alternations);
    to.amount("war_back", Some(war.step_back));
    to.put("war_wait", war.wait_minutes);
    to.put("war_truce", war.truce_hours);
    to.price("war_stop", war.stop_level);
    to.tick("lift", rule.sleep_lift.is_some());
    let lift = rule.sleep_lift;
    to.put(
        "lift_from",
        lift.map_or_else(|| "01:00".to_owned(), |lift| lift.hours.from.to_string()),
    );
    to.put(
        "lift_to",
        lift.map_or_else(|| "07:00".to_owned(), |lift| lift.hours.to.to_string()),
    );
    to.put("lift_step", lift.map_or(50, |lift| lift.step.get()));
    to.put("lift_every", lift.map_or(30, |lift| lift.every_minutes));
    to.price("lift_target", lift.and_then(|lift| lift.target));
}

fn rest(to: &mut Values, rule: &Rule) {
    to.maybe("cover_days", rule.cover.map(|cover| cover.below_days));
    to.share("cover_raise", rule.cover.map(|cover| cover.raise_bp));
    to.maybe("ageing_days", rule.ageing.map(|ageing| ageing.older_than_days));
    to.share("ageing_ease", rule.ageing.map(|ageing| ageing.ease_bp));
    to.tick("dead_man", rule.dead_man.is_some());
    to.put(
        "dead_man_minutes",
        rule.dead_man.map_or(180, |switch| switch.minutes),
    );
    let (word, price) = match rule.dead_man.map(|switch| switch.action) {
        Some(DeadManAction::Hold) => ("hold", None),
        Some(DeadManAction::LiftTo(price)) => ("lift_to", Some(price)),
        Some(DeadManAction::Alarm) | None => ("alarm", None),
    };
    to.put("dead_man_action", word);
    to.price("dead_man_price", price);
    let sisters = match rule.sisters {
        SisterPolicy::Auto => "auto",
        SisterPolicy::Lead => "lead",
        SisterPolicy::Follow => "follow",
    };
    to.put("sisters", sisters);
    to.tick("priority", rule.priority);
    to.tick("dry_run", rule.dry_run);
}

/// Fields of the shop's shared costs.
pub(super) fn economics_values(economics: &ShopEconomics) -> Typed {
    let mut to = Values(Typed::new());
    to.share("eco_commission", Some(economics.commission_bp.0));
    let vat = match economics.commission_vat {
        CommissionVat::None => "none",
        CommissionVat::Published => "published",
        CommissionVat::Times116 => "times116",
    };
    to.put("eco_vat", vat);
    to.share("eco_tax", Some(economics.tax_bp.0));
    let (word, fee, service, grams) = match economics.delivery {
        DeliveryChoice::None => ("none", None, DeliveryService::City, 1_000),
        DeliveryChoice::Fixed { fee } => ("fixed", Some(fee), DeliveryService::City, 1_000),
        DeliveryChoice::Tariff { service, grams } => ("tariff", None, service, grams),
    };
    to.put("eco_delivery", word);
    to.maybe("eco_fee", fee.map(money_text));
    to.put("eco_service", service.word());
    to.put("eco_weight", decimal(grams, 1_000));
    to.put("eco_packaging", money_text(economics.packaging));
    to.share("eco_advertising", Some(economics.advertising_bp.0));
    to.share("eco_returns", Some(economics.returns_bp.0));
    let (word, profit, margin) = match economics.wish {
        Wish::Profit(profit) => ("profit", profit, 1_000),
        Wish::Margin(margin) => ("margin", Money::ZERO, margin.0),
    };
    to.put("eco_wish", word);
    to.put("eco_profit", money_text(profit));
    to.share("eco_margin", Some(margin));
    to.0
}

fn money_text(sum: Money) -> String {
    decimal(sum.tiyn(), 100)
}
