//! Calculations, rates and the taxpayer: kept for their merchant alone, in their order, within their limits.

use crate::purse::{Purse, rate};
use sauda_economics::money::{MOST_CALCULATIONS, MoneyError, NewTaxpayer, RateKind};
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
        let express = rate(RateKind::Delivery, "Express/from:0", 0, "2026-01-01");
        money.set_rate(scope, express).await.unwrap();
        let rates = money.rates(scope).await.unwrap();
        let kept = rates.all().iter().find(|rate| rate.kind == RateKind::Delivery);
        assert_eq!(kept.unwrap().subject, "express");
        let odd = rate(RateKind::Delivery, "самовывоз", 1, "2026-01-01");
        let refused = money.set_rate(scope, odd).await.unwrap_err();
        assert_eq!(refused.public()[0].code, "money-band");
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
        let day = |text: &str| Day::parse(text).unwrap();
        assert_eq!(money.taxpayers(scope).await.unwrap().on(day("2026-11-20")), None);
        let simplified = NewTaxpayer {
            place: Some(" Алматы ".to_owned()),
            rate: Some(BasisPoints(300)),
            is_vat_payer: true,
            ..NewTaxpayer::of(Regime::Simplified)
        };
        money.put_taxpayer(scope, simplified.clone()).await.unwrap();
        let company = NewTaxpayer {
            from: Some(day("2026-07-01")),
            is_vat_payer: true,
            ..NewTaxpayer::of(Regime::Llp)
        };
        money.put_taxpayer(scope, company.clone()).await.unwrap();
        let regime = async |on: &str| {
            let told = money.taxpayers(scope).await.unwrap();
            let told = told.on(day(on)).unwrap();
            (told.regime, told.place.clone(), told.rate)
        };
        let before = (
            Regime::Simplified,
            Some("Алматы".to_owned()),
            Some(BasisPoints(300)),
        );
        assert_eq!(regime("2026-06-30").await, before);
        assert_eq!(regime("2026-07-01").await, (Regime::Llp, None, None));
        // The same day again corrects it, and what is taken back leaves what was before.
        let corrected = NewTaxpayer {
            rate: Some(BasisPoints(2_000)),
            ..company
        };
        money.put_taxpayer(scope, corrected).await.unwrap();
        assert_eq!(regime("2026-12-01").await.2, Some(BasisPoints(2_000)));
        assert_eq!(money.taxpayers(scope).await.unwrap().all().len(), 2);
        let long = NewTaxpayer {
            place: Some("а".repeat(121)),
            ..NewTaxpayer::of(Regime::Simplified)
        };
        assert_eq!(
            money.put_taxpayer(scope, long).await.unwrap_err().kind(),
            Kind::Invalid
        );
        money
            .remove_taxpayer(scope, Some(day("2026-07-01")))
            .await
            .unwrap();
        assert_eq!(regime("2026-12-01").await, before);
        let gone = money.remove_taxpayer(scope, Some(day("2026-07-01"))).await;
        assert_eq!(gone.unwrap_err().kind(), Kind::NotFound);
        assert_eq!(money.taxpayers(&purse.other).await.unwrap().all(), []);
        let words = purse.accounts.audit_words(scope).await.unwrap();
        assert!(words.contains(&"money.taxpayer".to_owned()), "{words:?}");
    }
}
