//! Lists over thousands, edits with versions, joins with offers, pictures.

use crate::room::Room;
use sauda_catalog::{
    CatalogError, Problem, ProductFilter, ProductPage, ProductSort,
    import::products::{ProductFacts, ProductField},
};
use sauda_kernel::{Failure, Kind, Tenge};
use sauda_testkit::engines;
use std::collections::BTreeSet;

const SHEET: &str = "SKU;Название;Бренд;Категория;Сезон;Цена;Остаток;Закуп\n\
                     A;Ёлка искусственная;Aru;Декор;Зима;9990;4;5000\n\
                     B;Шапка вязаная;Nord;Одежда;Зима;4990;0;\n\
                     C;ШАПКА летняя;Aru;Одежда;Лето;;;\n\
                     D;Чайник 100%;Bork;Кухня;;7000;12;3000\n\
                     E;Ағаш үстел;Aru;Мебель;;50000;1;\n";

#[tokio::test]
async fn words_are_found_in_every_alphabet_and_signs_mean_themselves() {
    for test in engines().await {
        let room = Room::open(test);
        room.import(SHEET).await;
        for (search, wanted) in [
            ("шапка", vec!["B", "C"]),
            ("ЕЛКА", vec!["A"]),
            ("aru шапка", vec!["C"]),
            ("АҒАШ", vec!["E"]),
            ("100%", vec!["D"]),
            ("_", vec![]),
            ("", vec!["A", "B", "C", "D", "E"]),
        ] {
            let filter = ProductFilter {
                search: search.to_owned(),
                ..ProductFilter::default()
            };
            let found: BTreeSet<String> = room
                .all(&filter)
                .await
                .into_iter()
                .map(|product| product.facts.sku)
                .collect();
            assert_eq!(found, wanted.into_iter().map(str::to_owned).collect(), "{search}");
        }
        room.work().await;
    }
}

#[tokio::test]
async fn pages_of_every_order_show_each_product_once() {
    for test in engines().await {
        let room = Room::open(test);
        room.import(SHEET).await;
        for sort in ProductSort::ALL {
            for descending in [false, true] {
                let mut seen = Vec::new();
                let mut after = None;
                loop {
                    let page = ProductPage {
                        sort,
                        descending,
                        after,
                        limit: 2,
                    };
                    let list = room
                        .products
                        .list(&room.scope, &ProductFilter::default(), &page)
                        .await
                        .unwrap();
                    assert_eq!(list.total, 5);
                    seen.extend(list.products.into_iter().map(|product| product.facts.sku));
                    after = list.next;
                    if after.is_none() {
                        break;
                    }
                }
                let different: BTreeSet<&String> = seen.iter().collect();
                assert_eq!(
                    (seen.len(), different.len()),
                    (5, 5),
                    "{sort:?} {descending}: {seen:?}"
                );
                if sort == ProductSort::Price {
                    let order = if descending {
                        ["E", "A", "D", "B", "C"]
                    } else {
                        ["C", "B", "D", "A", "E"]
                    };
                    assert_eq!(seen, order);
                }
            }
        }
        room.work().await;
    }
}

#[tokio::test]
async fn what_products_lack_is_counted_and_filtered() {
    for test in engines().await {
        let room = Room::open(test);
        room.import(SHEET).await;
        room.shop(&["A", "B"]).await;
        room.import("SKU;Остаток\nB;1\n").await;
        let counts = room.products.counts(&room.scope).await.unwrap();
        assert_eq!((counts.active, counts.archived), (5, 0));
        let wanted = [
            (Problem::NoCost, 3),
            (Problem::NoWeight, 5),
            (Problem::NoCategory, 0),
            (Problem::NoBarcode, 5),
            (Problem::NoPhoto, 5),
            (Problem::NoOffer, 3),
        ];
        assert_eq!(counts.problems, wanted);
        for (problem, count) in wanted {
            let filter = ProductFilter {
                problem: Some(problem),
                ..ProductFilter::default()
            };
            assert_eq!(
                i64::try_from(room.all(&filter).await.len()).unwrap(),
                count,
                "{problem:?}"
            );
        }
        let facets = room.products.facets(&room.scope).await.unwrap();
        let brands: Vec<(&str, i64)> = facets
            .brands
            .iter()
            .map(|facet| (facet.value.as_str(), facet.count))
            .collect();
        assert_eq!(brands, [("Aru", 3), ("Bork", 1), ("Nord", 1)]);
        room.work().await;
    }
}

#[tokio::test]
async fn the_later_of_two_edits_is_told_who_was_first() {
    for test in engines().await {
        let room = Room::open(test);
        room.import(SHEET).await;
        let seen = room.one("A").await;
        let typed = |text: &str| [(ProductField::Price, text.to_owned())];
        let first = room
            .products
            .edit(&room.scope, &seen.id, seen.version, &typed("10 000"))
            .await
            .unwrap();
        assert_eq!((first.facts.price, first.version), (Some(Tenge(10_000)), 2));
        let second = room
            .products
            .edit(&room.scope, &seen.id, seen.version, &typed("11 000"))
            .await
            .unwrap_err();
        assert_eq!(second.kind(), Kind::Conflict);
        assert!(matches!(second, CatalogError::Changed { .. }));
        assert_eq!(room.one("A").await.facts.price, Some(Tenge(10_000)));
        let same = room
            .products
            .edit(&room.scope, &seen.id, 1, &typed("10000"))
            .await
            .unwrap();
        assert_eq!(same.version, 2, "the same value is no conflict");
        let refused = room
            .products
            .edit(&room.scope, &seen.id, 2, &typed("0"))
            .await
            .unwrap_err();
        assert_eq!(refused.public()[0].field.as_deref(), Some("price"));
        assert_eq!(room.one("A").await.version, 2);
        room.work().await;
    }
}

#[tokio::test]
async fn offers_are_joined_by_their_article_and_a_persons_choice_stays() {
    for test in engines().await {
        let room = Room::open(test);
        let (_, offers) = room.shop(&["A", "B", "X"]).await;
        room.import(SHEET).await;
        let (a, b) = (room.one("A").await, room.one("B").await);
        let sold = room
            .products
            .offers_of(&room.scope, &[a.id.clone(), b.id.clone()])
            .await
            .unwrap();
        assert_eq!((sold[&a.id].len(), sold[&b.id].len()), (1, 1));
        assert!(!sold[&a.id][0].by_hand);
        let free = room
            .products
            .offers_without_product(&room.scope, "", 10)
            .await
            .unwrap();
        assert_eq!(
            free.iter().map(|offer| offer.sku.as_str()).collect::<Vec<_>>(),
            ["X"]
        );
        room.products
            .link(&room.scope, &offers[2], Some(&a.id))
            .await
            .unwrap();
        room.products.link(&room.scope, &offers[1], None).await.unwrap();
        room.import("SKU;Остаток\nB;7\n").await;
        let sold = room
            .products
            .offers_of(&room.scope, &[a.id.clone(), b.id.clone()])
            .await
            .unwrap();
        assert_eq!(sold[&a.id].iter().filter(|offer| offer.by_hand).count(), 1);
        assert_eq!(sold.get(&b.id), None, "what a person took apart stays apart");
        let stranger = room
            .products
            .link(&room.stranger(), &offers[0], None)
            .await
            .unwrap_err();
        assert_eq!(stranger.kind(), Kind::NotFound);
        room.work().await;
    }
}

#[tokio::test]
async fn a_product_is_made_by_hand_once_and_keeps_a_small_picture() {
    for test in engines().await {
        let room = Room::open(test);
        let facts = ProductFacts {
            sku: "H-1".to_owned(),
            title: Some("Плед".to_owned()),
            ..ProductFacts::default()
        };
        let made = room.products.create(&room.scope, facts.clone()).await.unwrap();
        let twice = room.products.create(&room.scope, facts).await.unwrap_err();
        assert_eq!(twice.public()[0].code, "product-sku-taken");
        let nameless = ProductFacts {
            sku: "H-2".to_owned(),
            ..ProductFacts::default()
        };
        assert_eq!(
            room.products
                .create(&room.scope, nameless)
                .await
                .unwrap_err()
                .public()[0]
                .code,
            "product-nameless"
        );
        let svg = room
            .products
            .put_photo(&room.scope, &made.id, b"<svg onload=alert(1)>".to_vec())
            .await;
        assert_eq!(svg.unwrap_err().public()[0].code, "product-picture");
        let picture = b"\x89PNG\r\n\x1a\n....".to_vec();
        room.products
            .put_photo(&room.scope, &made.id, picture.clone())
            .await
            .unwrap();
        assert_eq!(
            room.products.photo(&room.scope, &made.id).await.unwrap(),
            ("image/png".to_owned(), picture)
        );
        assert!(room.one("H-1").await.has_picture);
        let away = room.products.archive(&room.scope, &made.id, true).await.unwrap();
        assert!(away.archived_at.is_some());
        assert_eq!(room.all(&ProductFilter::default()).await, []);
        let archived = ProductFilter {
            archived: true,
            ..ProductFilter::default()
        };
        assert_eq!(room.all(&archived).await.len(), 1);
    }
}
