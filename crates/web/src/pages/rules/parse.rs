//! The rule editor's form as settings: what equals the level below stays inherited. Refuses to judge values: the room does.

use super::reader::Reader;
use sauda_economics::{CommissionVat, DeliveryChoice, DeliveryService, ShopEconomics, Wish};
use sauda_kernel::{BasisPoints, Money};
use sauda_pricing::model::{
    AgeingRule, CellAction, CheckPace, CoverRule, DeadMan, DeadManAction, Hours, Ignore, MatchWhenBetter,
    Rule, SellerUid, Settings, SisterPolicy, SleepLift, Strategy, WarBrake, Weekdays, WhatIf,
};

/// The rule that the form describes; members that the form does not have stay as in `before`. What cannot be read is
/// refused in the form, and the old value stands in for it.
pub(super) fn rule_of(form: &mut Reader, before: &Rule) -> Rule {
    let mut rule = before.clone();
    goal(form, &mut rule);
    limits(form, &mut rule);
    pace(form, &mut rule);
    rivals(form, &mut rule);
    what_if(form, &mut rule);
    war(form, &mut rule);
    lift(form, &mut rule);
    stock(form, &mut rule);
    silence(form, &mut rule);
    rule
}

/// Settings of a level: a member is written when it was written before or when it differs from the level below.
pub(super) fn settings_of(rule: Rule, before: &Settings, below: &Rule) -> Settings {
    fn own<T: PartialEq>(was: Option<&T>, new: T, below: &T) -> Option<T> {
        (was.is_some() || new != *below).then_some(new)
    }
    Settings {
        version: before.version,
        strategy: own(before.strategy.as_ref(), rule.strategy, &below.strategy),
        step: own(before.step.as_ref(), rule.step, &below.step),
        min: own(before.min.as_ref(), rule.min, &below.min),
        max: own(before.max.as_ref(), rule.max, &below.max),
        store_minimum: own(
            before.store_minimum.as_ref(),
            rule.store_minimum,
            &below.store_minimum,
        ),
        ignore: own(before.ignore.as_ref(), rule.ignore, &below.ignore),
        max_move: own(before.max_move.as_ref(), rule.max_move, &below.max_move),
        max_day: own(before.max_day.as_ref(), rule.max_day, &below.max_day),
        war_brake: own(before.war_brake.as_ref(), rule.war_brake, &below.war_brake),
        cool_down_minutes: own(
            before.cool_down_minutes.as_ref(),
            rule.cool_down_minutes,
            &below.cool_down_minutes,
        ),
        hours: own(before.hours.as_ref(), rule.hours, &below.hours),
        max_age_minutes: own(
            before.max_age_minutes.as_ref(),
            rule.max_age_minutes,
            &below.max_age_minutes,
        ),
        ask_above: own(before.ask_above.as_ref(), rule.ask_above, &below.ask_above),
        what_if: own(before.what_if.as_ref(), rule.what_if, &below.what_if),
        match_when_better: own(
            before.match_when_better.as_ref(),
            rule.match_when_better,
            &below.match_when_better,
        ),
        sleep_lift: own(before.sleep_lift.as_ref(), rule.sleep_lift, &below.sleep_lift),
        priority: own(before.priority.as_ref(), rule.priority, &below.priority),
        cover: own(before.cover.as_ref(), rule.cover, &below.cover),
        ageing: own(before.ageing.as_ref(), rule.ageing, &below.ageing),
        dead_man: own(before.dead_man.as_ref(), rule.dead_man, &below.dead_man),
        check: own(before.check.as_ref(), rule.check, &below.check),
        pin: before.pin,
        sisters: own(before.sisters.as_ref(), rule.sisters, &below.sisters),
        dry_run: own(before.dry_run.as_ref(), rule.dry_run, &below.dry_run),
        paused: before.paused,
    }
}

fn goal(form: &mut Reader, rule: &mut Rule) {
    let word = form.text("strategy");
    let strategy = match word.as_str() {
        "stay_top_n" => form
            .need("top_n", Reader::whole)
            .map(|n| Strategy::StayTopN { n }),
        "hold_margin" => form
            .need("margin", Reader::share)
            .map(|share| Strategy::HoldMargin { margin_bp: share.0 }),
        _ => form.word("strategy", |word| match word {
            "standard" => Some(Strategy::Standard {}),
            "always_first" => Some(Strategy::AlwaysFirst {}),
            "match" => Some(Strategy::Match {}),
            "profit" => Some(Strategy::Profit {}),
            _ => None,
        }),
    };
    rule.strategy = strategy.unwrap_or(rule.strategy);
}

fn limits(form: &mut Reader, rule: &mut Rule) {
    rule.step = form.need("step", Reader::tenge).unwrap_or(rule.step);
    rule.min = form.tenge("min");
    rule.max = form.tenge("max");
    rule.store_minimum = form.tenge("store_minimum");
    rule.max_move = form.amount("max_move");
    rule.max_day = form.amount("max_day");
    rule.ask_above = form.amount("ask_above");
}

fn pace(form: &mut Reader, rule: &mut Rule) {
    let check = if form.text("check") == "fixed" {
        form.need("check_minutes", Reader::whole)
            .map(|minutes| CheckPace::Fixed { minutes })
    } else {
        let shortest = form.need("check_shortest", Reader::whole);
        let longest = form.need("check_longest", Reader::whole);
        shortest
            .zip(longest)
            .map(|(shortest_minutes, longest_minutes)| CheckPace::Learned {
                shortest_minutes,
                longest_minutes,
            })
    };
    rule.check = check.unwrap_or(rule.check);
    rule.cool_down_minutes = form
        .need("cool_down_minutes", Reader::whole)
        .unwrap_or(rule.cool_down_minutes);
    rule.max_age_minutes = form
        .need("max_age_minutes", Reader::whole)
        .unwrap_or(rule.max_age_minutes);
    rule.hours = if form.ticked("hours") { hours(form) } else { None };
}

fn hours(form: &mut Reader) -> Option<Hours> {
    let from = form.need("hours_from", Reader::clock);
    let to = form.need("hours_to", Reader::clock);
    let chosen: Vec<u8> = (1..=7)
        .filter(|day| form.ticked(&format!("hours_day_{day}")))
        .collect();
    // Weekdays are made by reading them, which refuses an empty week.
    let days = serde_json::from_value::<Weekdays>(serde_json::json!(chosen)).ok();
    if days.is_none() {
        form.wrong("hours", "web-days-empty", "");
    }
    let (from, to) = from.zip(to)?;
    Some(Hours {
        from,
        to,
        days: days?,
    })
}

fn rivals(form: &mut Reader, rule: &mut Rule) {
    let mut sellers = Vec::new();
    for text in form
        .text("ignore_sellers")
        .split([',', ';', '\n'])
        .map(str::trim)
        .filter(|text| !text.is_empty())
    {
        match SellerUid::new(text) {
            Ok(uid) => sellers.push(uid),
            Err(error) => form.wrong("ignore_sellers", "invalid-value", &error.0),
        }
    }
    rule.ignore = Ignore {
        preorder: form.ticked("ignore_preorder"),
        slower_by_days: form.whole("ignore_slower"),
        rating_below_milli: form.rating("ignore_rating"),
        reviews_below: form.whole("ignore_reviews"),
        other_city_warehouse: form.ticked("ignore_other_city"),
        absurd_below_bp: form.share("ignore_absurd").map(|share| share.0),
        sellers,
    };
    let better = MatchWhenBetter {
        rating_by_milli: form.rating("better_rating"),
        faster_by_days: form.whole("better_days"),
    };
    rule.match_when_better =
        (better.rating_by_milli.is_some() || better.faster_by_days.is_some()).then_some(better);
}

fn what_if(form: &mut Reader, rule: &mut Rule) {
    let mut cell = |name: &str, was: CellAction| {
        let read = form.word(&format!("what_if_{name}"), |word| match word {
            "hold" => Some(CellAction::Hold),
            "floor" => Some(CellAction::Floor),
            "ceiling" => Some(CellAction::Ceiling),
            "match" => Some(CellAction::Match),
            "computed" => Some(CellAction::Computed),
            _ => None,
        });
        read.unwrap_or(was)
    };
    let was = rule.what_if;
    rule.what_if = WhatIf {
        no_rival: cell("no_rival", was.no_rival),
        rival_under_floor: cell("rival_under_floor", was.rival_under_floor),
        rival_equal: cell("rival_equal", was.rival_equal),
        out_of_stock: cell("out_of_stock", was.out_of_stock),
        preorder_only: cell("preorder_only", was.preorder_only),
    };
}

fn war(form: &mut Reader, rule: &mut Rule) {
    if !form.ticked("war") {
        rule.war_brake = None;
        return;
    }
    let was = rule.war_brake.clone().unwrap_or_default();
    rule.war_brake = Some(WarBrake {
        window_minutes: form
            .need("war_window", Reader::whole)
            .unwrap_or(was.window_minutes),
        alternations: form
            .need("war_alternations", Reader::whole)
            .unwrap_or(was.alternations),
        step_back: form.need("war_back", Reader::amount).unwrap_or(was.step_back),
        wait_minutes: form.need("war_wait", Reader::whole).unwrap_or(was.wait_minutes),
        truce_hours: form.need("war_truce", Reader::whole).unwrap_or(was.truce_hours),
        stop_level: form.tenge("war_stop"),
    });
}

fn lift(form: &mut Reader, rule: &mut Rule) {
    let days = rule.sleep_lift.map_or(Weekdays::ALL, |lift| lift.hours.days);
    rule.sleep_lift = None;
    if !form.ticked("lift") {
        return;
    }
    let from = form.need("lift_from", Reader::clock);
    let to = form.need("lift_to", Reader::clock);
    let step = form.need("lift_step", Reader::tenge);
    let every = form.need("lift_every", Reader::whole);
    let target = form.tenge("lift_target");
    if let (Some(from), Some(to), Some(step), Some(every_minutes)) = (from, to, step, every) {
        rule.sleep_lift = Some(SleepLift {
            hours: Hours { from, to, days },
            step,
            every_minutes,
            target,
        });
    }
}

fn stock(form: &mut Reader, rule: &mut Rule) {
    rule.cover = None;
    rule.ageing = None;
    if !form.text("cover_days").is_empty() || !form.text("cover_raise").is_empty() {
        let days = form.need("cover_days", Reader::whole);
        let raise = form.need("cover_raise", Reader::share);
        rule.cover = days.zip(raise).map(|(below_days, raise)| CoverRule {
            below_days,
            raise_bp: raise.0,
        });
    }
    if !form.text("ageing_days").is_empty() || !form.text("ageing_ease").is_empty() {
        let days = form.need("ageing_days", Reader::whole);
        let ease = form.need("ageing_ease", Reader::share);
        rule.ageing = days.zip(ease).map(|(older_than_days, ease)| AgeingRule {
            older_than_days,
            ease_bp: ease.0,
        });
    }
}

fn silence(form: &mut Reader, rule: &mut Rule) {
    rule.dead_man = None;
    if form.ticked("dead_man") {
        let minutes = form.need("dead_man_minutes", Reader::whole);
        let action = match form.text("dead_man_action").as_str() {
            "lift_to" => form
                .need("dead_man_price", Reader::tenge)
                .map(DeadManAction::LiftTo),
            _ => form.word("dead_man_action", |word| match word {
                "hold" => Some(DeadManAction::Hold),
                "alarm" => Some(DeadManAction::Alarm),
                _ => None,
            }),
        };
        rule.dead_man = minutes
            .zip(action)
            .map(|(minutes, action)| DeadMan { minutes, action });
    }
    let sisters = form.word("sisters", |word| match word {
        "auto" => Some(SisterPolicy::Auto),
        "lead" => Some(SisterPolicy::Lead),
        "follow" => Some(SisterPolicy::Follow),
        _ => None,
    });
    rule.sisters = sisters.unwrap_or(rule.sisters);
    rule.priority = form.ticked("priority");
    rule.dry_run = form.ticked("dry_run");
}

/// The shop's shared costs.
pub(super) fn economics_of(form: &mut Reader, before: &ShopEconomics) -> ShopEconomics {
    let vat = form.word("eco_vat", |word| match word {
        "none" => Some(CommissionVat::None),
        "published" => Some(CommissionVat::Published),
        "times116" => Some(CommissionVat::Times116),
        _ => None,
    });
    let delivery = match form.text("eco_delivery").as_str() {
        "none" => Some(DeliveryChoice::None),
        "fixed" => form.need("eco_fee", sum).map(|fee| DeliveryChoice::Fixed { fee }),
        _ => {
            let service = form.word("eco_service", |word| {
                [
                    DeliveryService::City,
                    DeliveryService::Kazakhstan,
                    DeliveryService::Express,
                ]
                .into_iter()
                .find(|service| service.word() == word)
            });
            let grams = form.need("eco_weight", kilograms);
            service
                .zip(grams)
                .map(|(service, grams)| DeliveryChoice::Tariff { service, grams })
        }
    };
    let wish = match form.text("eco_wish").as_str() {
        "margin" => form.need("eco_margin", Reader::share).map(Wish::Margin),
        _ => Some(Wish::Profit(sum(form, "eco_profit").unwrap_or(Money::ZERO))),
    };
    ShopEconomics {
        version: before.version,
        commission_bp: form
            .need("eco_commission", Reader::share)
            .unwrap_or(before.commission_bp),
        commission_vat: vat.unwrap_or(before.commission_vat),
        tax_bp: form.need("eco_tax", Reader::share).unwrap_or(before.tax_bp),
        delivery: delivery.unwrap_or(before.delivery),
        packaging: sum(form, "eco_packaging").unwrap_or(Money::ZERO),
        advertising_bp: form.share("eco_advertising").unwrap_or(BasisPoints(0)),
        returns_bp: form.share("eco_returns").unwrap_or(BasisPoints(0)),
        wish: wish.unwrap_or(before.wish),
    }
}

/// A sum in tenge, tiyn after the comma.
fn sum(form: &mut Reader, name: &str) -> Option<Money> {
    form.share(name)
        .map(|hundredths| Money::from_tiyn(i64::from(hundredths.0)))
}

/// A weight typed in kilograms, in grams.
fn kilograms(form: &mut Reader, name: &str) -> Option<i64> {
    form.share(name).map(|hundredths| i64::from(hundredths.0) * 10)
}
