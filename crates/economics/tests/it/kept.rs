//! Calculations, rates and the taxpayer: kept for their merchant alone, in their order, within their limits.

use crate::purse::{Purse, rate};
use sauda_economics::money::{MOST_CALCULATIONS, MoneyError, RateKind};
use sauda_economics::rates::{Day, Regime};
use sauda_kernel::{BasisPoints, Failure as _, Kind, Span};
use sauda_testkit::engines;

#[tokio::test]
async fn calculations_stand_favourites_first_then_the_newest_and_are_nobody_elses() {
    for test in engines().await {
        let purse = Purse::open(test);
        let (money, scope) = (&purse.money, &purse.scope);
        let mut ids = Vec::new();
        for title in ["  Чехол ", "Термос", "Куртка"] {
            ids.push(money.keep(scope, title, "{\"price\":\"1\"}").await.unwrap());
            purse.clock.push(Span::from_secs(1));
        }
        money.favour(scope, &ids[0], true).await.unwrap();
        let titles = async || {
            let all = money.calculations(scope).await.unwrap();
            all.into_iter().map(|one| one.title).collect::<Vec<_>>()
        };
        assert_eq!(titles().await, ["Чехол", "Куртка", "Термос"]);
        money.rename(scope, &ids[1], " Термос 0,5 л ").await.unwrap();
        money.favour(scope, &ids[0], false).await.unwrap();
        assert_eq!(titles().await, ["Куртка", "Термос 0,5 л", "Чехол"]);

        for refused in [
            money.favour(&purse.other, &ids[0], true).await,
            money.rename(&purse.other, &ids[0], "Моё").await,
            money.forget(&purse.other, &ids[0]).await,
        ] {
            assert_eq!(refused.unwrap_err().kind(), Kind::NotFound);
        }
        assert!(money.calculations(&purse.other).await.unwrap().is_empty());
        money.forget(scope, &ids[2]).await.unwrap();
        assert_eq!(titles().await, ["Термос 0,5 л", "Чехол"]);
        let empty = money.rename(scope, &ids[0], " ").await.unwrap_err();
        assert_eq!(empty.public()[0].code, "money-title");
        let long = money.keep(scope, &"я".repeat(121), "{}").await.unwrap_err();
        assert!(matches!(long, MoneyError::Title));
        assert_eq!(titles().await, ["Термос 0,5 л", "Чехол"]);
    }
}

#[tokio::test]
async fn no_more_calculations_are_kept_than_may_be() {
    for test in engines().await {
        let purse = Purse::open(test);
        for _ in 0..MOST_CALCULATIONS {
            purse.money.keep(&purse.scope, "Чехол", "{}").await.unwrap();
        }
        let full = purse.money.keep(&purse.scope, "Ещё", "{}").await.unwrap_err();
        assert!(matches!(full, MoneyError::TooMany(MOST_CALCULATIONS)));
        // Another merchant has room.
        purse.money.keep(&purse.other, "Ещё", "{}").await.unwrap();
    }
}

#[tokio::test]
async fn a_rate_of_the_same_kind_category_and_day_is_corrected_and_can_be_taken_back() {
    for test in engines().await {
        let purse = Purse::open(test);
        let (money, scope) = (&purse.money, &purse.scope);
        let set = async |kind, subject: &str, value, from: &str| {
            money.set_rate(scope, rate(kind, subject, value, from)).await
        };
        let first = set(RateKind::Commission, "Обувь", 900, "2026-06-01")
            .await
            .unwrap();
        let again = set(RateKind::Commission, " обувь", 950, "2026-06-01")
            .await
            .unwrap();
        assert_eq!(first, again);
        set(RateKind::Commission, "", 1_000, "2026-03-01").await.unwrap();
        let on = async |day: &str| {
            let rates = money.rates(scope).await.unwrap();
            let day = Day::parse(day).unwrap();
            rates.share(RateKind::Commission, "ОБУВЬ", day)
        };
        assert_eq!(on("2026-06-01").await, Some(BasisPoints(950)));
        assert_eq!(on("2026-05-31").await, Some(BasisPoints(1_000)));
        let theirs = money.remove_rate(&purse.other, &first).await.unwrap_err();
        assert_eq!(theirs.kind(), Kind::NotFound);
        money.remove_rate(scope, &first).await.unwrap();
        assert_eq!(on("2026-06-01").await, Some(BasisPoints(1_000)));
        let impossible = set(RateKind::Tax, "", 9_001, "2026-01-01").await.unwrap_err();
        assert_eq!(impossible.public()[0].code, "money-value");
        assert_eq!(money.rates(scope).await.unwrap().all().len(), 1);
        assert!(money.rates(&purse.other).await.unwrap().all().is_empty());
    }
}

#[tokio::test]
async fn packing_costs_by_article_then_by_class_then_for_all_from_its_day() {
    for test in engines().await {
        let purse = Purse::open(test);
        let (money, scope) = (&purse.money, &purse.scope);
        for (subject, tiyn, from) in [
            ("", 10_000, "2026-01-01"),
            ("weight:1000", 20_000, "2026-01-01"),
            ("weight:5000", 50_000, "2026-01-01"),
            ("volume:3000", 30_000, "2026-01-01"),
            ("sku:AR-7", 70_000, "2026-06-01"),
        ] {
            let new = rate(RateKind::Packaging, subject, tiyn, from);
            money.set_rate(scope, new).await.unwrap();
        }
        let rates = money.rates(scope).await.unwrap();
        let cost = |sku: &str, grams, volume, day: &str| {
            let day = Day::parse(day).unwrap();
            rates.packaging_of(sku, grams, volume, day).map(|sum| sum.tiyn())
        };
        assert_eq!(cost("ar-7", Some(900), None, "2026-06-01"), Some(70_000));
        assert_eq!(cost("AR-7", Some(900), None, "2026-05-31"), Some(20_000));
        assert_eq!(cost("B", Some(1_001), Some(1), "2026-06-01"), Some(50_000));
        assert_eq!(cost("B", Some(9_000), Some(3_000), "2026-06-01"), Some(30_000));
        assert_eq!(cost("B", None, Some(3_001), "2026-06-01"), Some(10_000));
        assert_eq!(cost("B", None, None, "2025-12-31"), None);
        let odd = rate(RateKind::Packaging, "weight:много", 1, "2026-01-01");
        let refused = money.set_rate(scope, odd).await.unwrap_err();
        assert_eq!(refused.public()[0].code, "money-class");
    }
}

#[tokio::test]
async fn how_a_merchant_is_taxed_is_said_whole_and_impossible_rates_change_nothing() {
    for test in engines().await {
        let purse = Purse::open(test);
        let (money, scope) = (&purse.money, &purse.scope);
        assert_eq!(money.taxpayer(scope).await.unwrap(), None);
        let rate = Some(BasisPoints(300));
        money
            .put_taxpayer(scope, Regime::Simplified, Some(" Алматы "), rate, true)
            .await
            .unwrap();
        money
            .put_taxpayer(scope, Regime::Llp, None, None, true)
            .await
            .unwrap();
        let told = money.taxpayer(scope).await.unwrap().unwrap();
        assert_eq!((told.regime, told.place, told.rate), (Regime::Llp, None, None));
        let long = "а".repeat(121);
        let refused = money.put_taxpayer(scope, Regime::Simplified, Some(&long), None, false);
        assert_eq!(refused.await.unwrap_err().kind(), Kind::Invalid);
        assert!(money.taxpayer(scope).await.unwrap().unwrap().is_vat_payer);
        assert_eq!(money.taxpayer(&purse.other).await.unwrap(), None);
        let words = purse.accounts.audit_words(scope).await.unwrap();
        assert!(words.contains(&"money.taxpayer".to_owned()), "{words:?}");
    }
}
