//! What always holds of an advice, whatever the product.

use proptest::prelude::*;
use sauda_kernel::Money;
use sauda_stock::reorder::{
    Break, Day, Demand, Facts, Holding, Law, LeadTime, Offer, Plan, Restraint, Shortage, Spread, Standing,
    Target, Weighing, Wish, estimate, plan, share_out,
};

fn facts(mean: f64, ratio: f64, lead: f64, lead_sd: f64, review: f64, target: Target) -> Facts {
    Facts {
        demand: Demand::Rate {
            mean,
            variance: mean * ratio,
        },
        lead: LeadTime {
            mean: lead,
            variance: lead_sd * lead_sd,
        },
        review_days: review,
        target,
        shortage: Shortage::Lost,
        law: None,
        standing: Standing::default(),
        offer: Offer {
            least: 1,
            pack: 1,
            breaks: vec![Break {
                from: 1,
                price: Money::from_tiyn(50_000),
            }],
        },
        order_cost: None,
        holding: None,
        most_days: None,
    }
}

fn float(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap())
}

/// The next whole number.
fn whole_up(value: f64) -> i64 {
    format!("{:.0}", (value - 1e-6).ceil()).parse().unwrap()
}

prop_compose! {
    fn products()(
        mean in 0.05_f64..40.0, ratio in 0.5_f64..12.0, lead in 1.0_f64..40.0, lead_sd in 0.0_f64..6.0,
        review in prop_oneof![Just(0.0), Just(1.0), Just(7.0), Just(14.0)], share in 0.6_f64..0.995, is_fill in any::<bool>(),
    ) -> Facts {
        let target = if is_fill { Target::Fill(share) } else { Target::Cycle(share) };
        facts(mean, ratio, lead, lead_sd, review, target)
    }
}

fn promise_more(target: Target) -> Target {
    match target {
        Target::Cycle(share) => Target::Cycle(share + (0.999 - share) / 2.0),
        Target::Fill(share) => Target::Fill(share + (0.999 - share) / 2.0),
    }
}

/// Calls that find all lines taken, of so many calls at once on the average (Erlang 1917), step by step.
fn taken(lines: i64, calls: f64) -> f64 {
    (1..=lines).fold(1.0, |lost, line| calls * lost / (float(line) + calls * lost))
}

#[test]
fn who_finds_nothing_and_leaves_is_counted_by_the_formula_of_erlang() {
    let mut one = facts(2.0, 1.0, 5.0, 0.0, 0.0, Target::Fill(0.9));
    one.law = Some(Law::Poisson);
    let exposure = plan(&one).exposure;
    for level in [1, 8, 10, 13, 20] {
        let lost = 1.0 - exposure.fill(level, 1, Shortage::Lost);
        assert!((lost - taken(level, 10.0)).abs() < 1e-9, "{level}: {lost}");
    }
    assert!((taken(10, 10.0) - 0.214_58).abs() < 1e-5);
}

/// The level of such a demand over lead time and review.
fn level(mean: f64, sd: f64, lead: f64, review: f64) -> i64 {
    let mut one = facts(mean, 1.0, lead, 0.0, review, Target::Fill(0.95));
    one.demand = Demand::Rate {
        mean,
        variance: sd * sd,
    };
    plan(&one).reorder_point
}

#[test]
fn one_law_holds_for_all_spans_of_a_product() {
    // Between these, lead time and review would go by different laws if each chose its own.
    assert!(level(10.0, 27.5, 30.0, 1.0) + 40 > level(10.0, 27.3, 30.0, 1.0));
    let seen = Spread::seen(&[vec![5.0; 99], vec![500.0]].concat());
    let mut one = facts(1.0, 1.0, 7.0, 0.0, 7.0, Target::Fill(0.9));
    one.demand = Demand::Foreseen {
        days: 14.0,
        spread: seen,
    };
    let exposure = plan(&one).exposure;
    let fills: Vec<f64> = [5, 10, 20, 100, 300, 500]
        .iter()
        .map(|at| exposure.fill(*at, 0, Shortage::Lost))
        .collect();
    assert!(
        fills.windows(2).all(|pair| pair[0] <= pair[1] + 1e-9),
        "{fills:?}"
    );
    assert!(exposure.fill(20, 0, Shortage::Lost) < 0.9, "{fills:?}");
}

#[test]
fn lots_are_not_taken_for_chance_and_chance_is_not_taken_for_lots() {
    let variance = |days: &[i64]| {
        let days: Vec<Day> = days.iter().copied().map(Day::Units).collect();
        estimate(&days, Weighing::LEARNED).unwrap().variance
    };
    // Each month a lot of fifty: 80 by itself.
    let lots: Vec<i64> = (0..365).map(|day| if day % 30 == 7 { 50 } else { 0 }).collect();
    assert!(variance(&lots) > 70.0, "{}", variance(&lots));
    // Two great days in half a year of single pieces: 38 by itself.
    let mut great: Vec<i64> = (0..182).map(|day| i64::from(day % 3 == 0)).collect();
    (great[40], great[120]) = (60, 60);
    assert!(variance(&great) < 15.0, "{}", variance(&great));
    // What sells fast goes up and down with its mean: 22 500 by itself.
    let fast: Vec<i64> = (0..30).map(|day| if day % 2 == 0 { 350 } else { 650 }).collect();
    assert!(variance(&fast) > 18_000.0, "{}", variance(&fast));
    // Days all alike: two say little, a year says much, one piece more changes little.
    let alike = |days: usize| variance(&vec![5; days]);
    assert!(alike(2) > alike(30) && alike(30) > alike(365) && alike(365) < 0.1);
    let mut off = vec![5; 30];
    off[3] = 6;
    assert!(
        variance(&off) < 2.0 * alike(30),
        "{} {}",
        variance(&off),
        alike(30)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_higher_promise_never_needs_less_safety_stock(facts in products()) {
        let more = Facts { target: promise_more(facts.target), ..facts.clone() };
        prop_assert!(plan(&more).safety_stock >= plan(&facts).safety_stock);
    }

    #[test]
    fn the_promise_is_kept_and_one_piece_less_would_not_keep_it(facts in products()) {
        let told = plan(&facts);
        let kept = |level: i64| match facts.target {
            Target::Cycle(share) => told.exposure.whole.at_most(f64::from(i32::try_from(level).unwrap())) >= share - 1e-9,
            Target::Fill(share) => told.exposure.fill(level, if told.order_up_to == told.reorder_point { 0 } else { told.batch }, facts.shortage) >= share - 1e-9,
        };
        prop_assert!(kept(told.reorder_point), "{told:?}");
        let is_least = told.reorder_point == whole_up(told.exposure.whole.mean());
        prop_assert!(is_least || !kept(told.reorder_point - 1), "{told:?}");
    }

    #[test]
    fn a_lead_time_that_varies_never_needs_less(facts in products(), more in 0.5_f64..5.0) {
        let varied = Facts { lead: LeadTime { variance: facts.lead.variance + more * more, ..facts.lead }, law: Some(Law::Gamma), ..facts.clone() };
        let steady = Facts { law: Some(Law::Gamma), ..facts };
        // What a law of the gamma kind asks for rises with its spread only while the spread is not wider than the mean.
        let is_narrow = varied.lead.variance <= varied.lead.mean * varied.lead.mean;
        if is_narrow && (matches!(steady.target, Target::Fill(_)) || plan(&steady).cycle > 0.8) {
            prop_assert!(plan(&varied).safety_stock + 1 >= plan(&steady).safety_stock);
        }
    }

    #[test]
    fn a_higher_level_never_serves_less(facts in products(), batch in prop_oneof![Just(0_i64), 1_i64..60], step in 1_i64..40) {
        let told = plan(&facts);
        for shortage in [Shortage::Lost, Shortage::Backorder] {
            let fill = |level: i64| told.exposure.fill(level, batch, shortage);
            let level = told.reorder_point / 2;
            prop_assert!(fill(level + step) >= fill(level) - 1e-9, "{} {}", fill(level), fill(level + step));
            prop_assert!(fill(told.reorder_point + step) >= fill(told.reorder_point) - 1e-9);
        }
    }

    #[test]
    fn an_order_is_what_the_supplier_sells_and_lifts_the_position(
        facts in products(), least in 1_i64..80, pack in 1_i64..24, on_hand in 0_i64..400, reserved in 0_i64..60,
        costs in any::<bool>(),
    ) {
        let mut facts = facts;
        facts.offer.least = least;
        facts.offer.pack = pack;
        facts.standing = Standing { on_hand, on_the_way: 0, reserved };
        if costs {
            facts.order_cost = Some(Money::from_tiyn(300_000));
            facts.holding = Some(Holding::Share(2_500));
        }
        let told = plan(&facts);
        let position = facts.standing.position();
        prop_assert_eq!(told.order % pack, 0);
        prop_assert!(told.order == 0 || told.order >= least);
        if told.order == 0 {
            prop_assert!(position >= told.reorder_point);
        } else {
            prop_assert!(position <= told.reorder_point);
            prop_assert!(position + told.order >= told.reorder_point);
            let is_by_batches = told.order_up_to == told.reorder_point + told.batch;
            if is_by_batches {
                prop_assert_eq!(told.order % told.batch, 0);
                prop_assert!(position + told.order > told.reorder_point);
                prop_assert!(position + told.order <= told.order_up_to);
            }
        }
    }

    #[test]
    fn a_budget_is_never_exceeded_and_no_order_grows_by_it(
        products in proptest::collection::vec((products(), 1_i64..30, 100_i64..900_000, 1_i64..90_000, 2_i64..60), 1..6),
        budget in 0_i64..40_000_000,
    ) {
        let all: Vec<(Facts, Plan, i64)> = products.into_iter().map(|(mut facts, pack, price, worth, from)| {
            facts.offer.pack = pack;
            facts.offer.breaks = vec![
                Break { from: 1, price: Money::from_tiyn(price) },
                Break { from, price: Money::from_tiyn(price - price / 10) },
            ];
            let told = plan(&facts);
            (facts, told, worth)
        }).collect();
        let wishes: Vec<Wish<'_>> = all.iter().map(|(facts, plan, worth)| Wish {
            plan, offer: &facts.offer, position: facts.standing.position(), worth: Money::from_tiyn(*worth),
        }).collect();
        let bought = share_out(&wishes, Money::from_tiyn(budget));
        let spent: i64 = bought.iter().zip(&wishes).map(|(quantity, wish)| if *quantity == 0 { 0 } else { wish.offer.cost(*quantity).unwrap().tiyn() }).sum();
        prop_assert!(spent <= budget, "{spent} of {budget}");
        for (quantity, wish) in bought.iter().zip(&wishes) {
            prop_assert!(*quantity <= wish.plan.order);
            prop_assert_eq!(quantity % wish.offer.pack, 0);
        }
        let whole: i64 = wishes.iter().map(|wish| wish.offer.cost(wish.plan.order).unwrap().tiyn()).sum();
        if whole <= budget {
            prop_assert!(bought.iter().zip(&wishes).all(|(quantity, wish)| *quantity == wish.plan.order));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn no_piece_lies_longer_than_it_may_and_what_sells_well_is_left_alone(
        every in 1.0_f64..400.0, ratio in 0.8_f64..4.0, lead in 1.0_f64..70.0, days in 20.0_f64..200.0, least in 1_i64..40,
    ) {
        let mean = 1.0 / every;
        let mut asked = facts(mean, ratio, lead, 0.0, 7.0, Target::Fill(0.95));
        asked.offer.least = least;
        let free = plan(&asked);
        asked.most_days = Some(days);
        let kept = plan(&asked);
        let may_lie = days.max(2.0 * (lead + 7.0));
        let batch = if kept.order_up_to > kept.reorder_point { (float(least) + 1.0) / 2.0 } else { 0.0 };
        match kept.restraint {
            None => prop_assert_eq!(&kept, &Plan { restraint: None, ..free.clone() }),
            Some(Restraint::NotKept { smallest }) => {
                prop_assert_eq!((kept.order, kept.reorder_point, smallest), (0, 0, least));
                prop_assert!((float(least) + 1.0) / 2.0 * every > may_lie - 1e-6);
            }
            Some(Restraint::Level { wanted }) => {
                prop_assert_eq!(wanted, free.reorder_point);
                prop_assert!(kept.reorder_point < wanted && kept.fill <= free.fill + 1e-9);
                // Long enough in any case, or no piece lies too long.
                let need = mean * (lead + 7.0);
                let lies = (float(kept.reorder_point) + batch) * every;
                prop_assert!(kept.reorder_point <= whole_up(need) || lies <= may_lie + 1e-6, "{kept:?}");
            }
        }
    }
}

#[test]
fn a_product_that_is_bought_once_in_a_month_is_kept_by_two_or_three() {
    let level = |every: f64| {
        let mut asked = facts(1.0 / every, 1.6, 10.0, 0.0, 7.0, Target::Fill(0.95));
        let free = plan(&asked).order;
        asked.most_days = Some(90.0);
        (free, plan(&asked).order)
    };
    assert_eq!(
        [25.0, 40.0, 80.0, 95.0].map(level).map(|(_, kept)| kept),
        [3, 2, 1, 0]
    );
    assert!(level(95.0).0 > 0);
}

#[test]
fn what_runs_out_is_what_lies_less_than_is_asked_for() {
    // Two a day for ten days; three pieces last a day and a half.
    let two = plan(&facts(2.0, 1.0, 10.0, 0.0, 7.0, Target::Fill(0.95)));
    let gap = two.gap(3, 10).unwrap();
    assert_eq!(gap.days, 9);
    assert!(gap.chance > 0.999 && (gap.lost - 17.0).abs() < 0.01, "{gap:?}");
    let enough = two.gap(40, 10).unwrap();
    assert!(
        enough.days == 0 && enough.chance < 0.001 && enough.lost < 0.01,
        "{enough:?}"
    );
    assert_eq!(two.gap(3, 0), None);
}
