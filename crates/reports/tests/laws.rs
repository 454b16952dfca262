//! Laws of profit for random orders, and an order by hand.

#![expect(clippy::unwrap_used, reason = "tests: what they stand on must hold")]

use proptest::prelude::*;
use sauda_economics::money::{OwnRate, OwnRates, RateKind, Taxpayer, Taxpayers};
use sauda_economics::rates::Regime;
use sauda_economics::{CommissionVat, DeliveryChoice, DeliveryService, ShopEconomics};
use sauda_kernel::{BasisPoints, Id, Money, ShopId, SystemClock, SystemIds, Tenge, Timestamp};
use sauda_orders::SoldLine;
use sauda_pricing::service::EconomicsByTime;
use sauda_reports::{Facts, GroupBy, Known, PricedLine, Sums, fold, price_order};
use sauda_stock::Landed;

fn at(day: u32) -> Timestamp {
    Timestamp::from_almaty(2026, 3, day, 15, 0, 0).unwrap()
}

fn line(order: i64, number: i64, day: u32, quantity: i64, total: i64) -> SoldLine {
    SoldLine {
        order: Id::new(&SystemClock, &SystemIds),
        code: order.to_string(),
        at: at(day),
        is_returned: false,
        order_total: Tenge(total).money(),
        line: number,
        sku: format!("A-{}", total % 5),
        name: "Чайник".to_owned(),
        quantity,
        total: Tenge(total).money(),
        offer: None,
        grams: Some(1_000),
        delivery_paid: None,
        is_express: false,
    }
}

/// A line whose pieces cost so much together.
fn known(line: &SoldLine, cost: Option<Money>) -> Known<'_> {
    Known {
        line,
        cost: cost.map(|cost| Landed {
            cost,
            vat: Money::ZERO,
        }),
        category: None,
        grams: None,
        volume_cm3: None,
    }
}

fn shop() -> ShopId {
    Id::new(&SystemClock, &SystemIds)
}

fn held(economics: &ShopEconomics) -> EconomicsByTime {
    EconomicsByTime::new(economics.clone(), Vec::new())
}

fn economics() -> ShopEconomics {
    ShopEconomics {
        packaging: Tenge(50).money(),
        ..ShopEconomics::default()
    }
}

fn added(sums: &Sums) -> i64 {
    let parts = [
        sums.purchase,
        sums.commission,
        sums.delivery,
        sums.advertising,
        sums.packaging,
        sums.payment,
        sums.tax,
        sums.vat,
        sums.profit,
    ];
    parts.iter().map(|part| part.tiyn()).sum()
}

#[test]
fn an_order_of_two_lines_by_hand() {
    let (shop, economics, own) = (shop(), economics(), OwnRates::default());
    let payers = Taxpayers::new(vec![Taxpayer {
        from: None,
        regime: Regime::Simplified,
        place: Some("Алматы".to_owned()),
        rate: None,
        is_vat_payer: false,
        set_by: String::new(),
        set_at: at(1),
    }]);
    let facts = Facts {
        shop: &shop,
        economics: &held(&economics),
        own: &own,
        taxpayers: &payers,
    };
    let total = Tenge(40_000).money();
    let one = SoldLine {
        order_total: total,
        ..line(7, 0, 2, 1, 30_000)
    };
    let two = SoldLine {
        order_total: total,
        ..line(7, 1, 2, 2, 10_000)
    };
    let first = Known {
        category: Some("Чехлы для смартфонов"),
        ..known(&one, Some(Tenge(20_000).money()))
    };
    let told = price_order(&facts, &[first, known(&two, Some(Tenge(6_000).money()))]).unwrap();
    let (first, second) = (told[0].parts.unwrap(), told[1].parts.unwrap());
    // Two kilograms in the city from 10 000: 1 099 × 1.16 = 1 274.84, three quarters of it with the first line.
    assert_eq!((first.delivery.tiyn(), second.delivery.tiyn()), (95_613, 31_871));
    // 15.5 % by the category, 12.5 % by the shop; 3 % in Almaty.
    assert_eq!(
        (first.commission, second.commission),
        (Tenge(4_650).money(), Tenge(1_250).money())
    );
    assert_eq!((first.tax, second.tax), (Tenge(900).money(), Tenge(300).money()));
    assert_eq!(
        (second.purchase, second.packaging),
        (Tenge(6_000).money(), Tenge(100).money())
    );
}

#[test]
fn what_the_marketplace_took_for_delivery_wins_over_the_tariff_and_a_return_earns_nothing() {
    let (shop, economics, own) = (shop(), economics(), OwnRates::default());
    let facts = Facts {
        shop: &shop,
        economics: &held(&economics),
        own: &own,
        taxpayers: &Taxpayers::default(),
    };
    let paid = SoldLine {
        delivery_paid: Some(Tenge(777).money()),
        ..line(1, 0, 2, 1, 30_000)
    };
    let back = SoldLine {
        is_returned: true,
        ..line(2, 0, 3, 1, 10_000)
    };
    let cost = Some(Tenge(1).money());
    let mut lines = price_order(&facts, &[known(&paid, cost)]).unwrap();
    lines.extend(price_order(&facts, &[known(&back, cost)]).unwrap());
    let told = fold(&lines, GroupBy::Order);
    assert_eq!(told.total.delivery, Tenge(777).money());
    assert_eq!(
        (told.total.revenue, told.total.returned),
        (Tenge(30_000).money(), Tenge(10_000).money())
    );
}

#[test]
fn a_missing_cost_is_listed_and_not_counted_as_profit() {
    let (shop, economics, own) = (shop(), economics(), OwnRates::default());
    let facts = Facts {
        shop: &shop,
        economics: &held(&economics),
        own: &own,
        taxpayers: &Taxpayers::default(),
    };
    let one = line(1, 0, 2, 3, 30_000);
    let lines = price_order(&facts, &[known(&one, None)]).unwrap();
    let told = fold(&lines, GroupBy::Day);
    assert_eq!(
        (told.total.profit, told.total.without_cost),
        (Money::ZERO, Tenge(30_000).money())
    );
    assert_eq!((told.missing[0].pieces, told.total.margin()), (3, None));
}

#[test]
fn a_changed_rate_does_not_touch_the_days_before() {
    let (shop, mut economics) = (shop(), economics());
    (economics.commission_vat, economics.delivery) = (CommissionVat::None, DeliveryChoice::None);
    let rate = OwnRate {
        id: Id::new(&SystemClock, &SystemIds),
        kind: RateKind::Commission,
        subject: String::new(),
        value: 2_000,
        from_day: "2026-03-10".to_owned(),
        source: String::new(),
        note: String::new(),
        set_by: String::new(),
        set_at: at(1),
    };
    let own = OwnRates::new(vec![rate]);
    let facts = Facts {
        shop: &shop,
        economics: &held(&economics),
        own: &own,
        taxpayers: &Taxpayers::default(),
    };
    let commission = |day| {
        let one = line(1, 0, day, 1, 10_000);
        let told = price_order(&facts, &[known(&one, Some(Money::ZERO))]).unwrap();
        told[0].parts.unwrap().commission
    };
    assert_eq!(
        (commission(9), commission(10)),
        (Tenge(1_090).money(), Tenge(2_000).money())
    );
}

proptest! {
    #[test]
    fn parts_add_up_and_groups_add_up(drawn in proptest::collection::vec((0_i64..8, 1_u32..29, 1_i64..4, 1_i64..90_000, proptest::option::of(0_i64..40_000), any::<bool>()), 0..40)) {
        let (shop, mut economics, own) = (shop(), economics(), OwnRates::default());
        economics.advertising_bp = BasisPoints(300);
        economics.delivery = DeliveryChoice::Tariff { service: DeliveryService::Kazakhstan, grams: 500 };
        let facts = Facts { shop: &shop, economics: &held(&economics), own: &own, taxpayers: &Taxpayers::default() };
        let mut lines: Vec<PricedLine> = Vec::new();
        for (order, day, quantity, total, cost, is_returned) in drawn {
            let one = SoldLine { is_returned, ..line(order, 0, day, quantity, total) };
            lines.extend(price_order(&facts, &[known(&one, cost.map(|cost| Tenge(cost).money()))]).unwrap());
        }
        for by in GroupBy::ALL {
            let told = fold(&lines, by);
            prop_assert_eq!(added(&told.total), told.total.known().tiyn());
            prop_assert_eq!(told.groups.iter().map(|group| added(&group.sums)).sum::<i64>(), told.total.known().tiyn());
            prop_assert_eq!(told.groups.iter().map(|group| group.sums.returned.tiyn()).sum::<i64>(), told.total.returned.tiyn());
            prop_assert_eq!(told.days.iter().map(|(_, sums)| sums.profit.tiyn()).sum::<i64>(), told.total.profit.tiyn());
            let missing: i64 = told.missing.iter().map(|one| one.revenue.tiyn()).sum();
            prop_assert_eq!(missing, told.total.without_cost.tiyn());
        }
    }
}
