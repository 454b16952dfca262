//! A file is checked whole, written once, and put back for a day.

use crate::room::Room;
use sauda_catalog::{
    BulkAct, CatalogError, ImportJob, ImportState, ProductFilter, import::products::ProductField,
};
use sauda_kernel::{Failure, Kind, Money, Span, Tenge};
use sauda_testkit::engines;
use std::fmt::Write as _;

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered;Weight_kg;Brend;Season\n\
                     A;Куртка Арктика;38 740;4;0,95;Aru;Зима\n\
                     B;Шапка;4 990;0;;Aru;Зима\n\
                     B;Шапка;4 990;0;;Aru;Зима\n\
                     C;Шарф;0;1;;Aru;Зима\n";

fn codes(error: &CatalogError) -> Vec<&'static str> {
    error.public().iter().map(|public| public.code).collect()
}

#[tokio::test]
async fn a_sheet_makes_products_and_a_second_one_changes_only_what_it_says() {
    for test in engines().await {
        let room = Room::open(test);
        let done = room.import(SHEET).await;
        assert_eq!(
            (
                done.state,
                done.total,
                done.created,
                done.changed,
                done.unchanged,
                done.skipped
            ),
            (ImportState::Done, 2, 2, 0, 0, 2)
        );
        let coat = room.one("A").await;
        assert_eq!(coat.facts.title.as_deref(), Some("Куртка Арктика"));
        assert_eq!(
            (coat.facts.price, coat.facts.weight_grams),
            (Some(Tenge(38_740)), Some(950))
        );
        assert_eq!(room.one("B").await.facts.weight_grams, None);

        let news = room
            .import("Артикул;Цена;Себестоимость\nA;39 000;20 000,5\nB;;\n")
            .await;
        assert_eq!((news.created, news.changed, news.unchanged), (0, 1, 1));
        let after = room.one("A").await;
        assert_eq!((after.id, after.version), (coat.id, 2));
        assert_eq!(after.facts.price, Some(Tenge(39_000)));
        assert_eq!(after.facts.cost, Some(Money::from_tiyn(2_000_050)));
        assert_eq!(
            after.facts.title.as_deref(),
            Some("Куртка Арктика"),
            "an empty cell changes nothing"
        );
        room.work().await;
        assert!(
            room.products
                .by_skus(&room.stranger(), &["A"])
                .await
                .unwrap()
                .is_empty()
        );
    }
}

#[tokio::test]
async fn undo_puts_everything_back_except_what_somebody_changed_since_and_names_it() {
    for test in engines().await {
        let room = Room::open(test);
        room.import("SKU;Название;Цена\nA;Куртка;100\nB;Шапка;200\n")
            .await;
        let before = [room.one("A").await.facts, room.one("B").await.facts];
        let done = room
            .import("SKU;Название;Цена\nA;Куртка;150\nB;Шапка;250\nC;Шарф;300\nD;Носки;400\n")
            .await;
        assert_eq!((done.created, done.changed), (2, 2));
        let hat = room.one("B").await;
        room.products
            .edit(
                &room.scope,
                &hat.id,
                hat.version,
                &[(ProductField::Price, "260".to_owned())],
            )
            .await
            .unwrap();
        let undone = room.products.undo_import(&room.scope, &done.id).await.unwrap();
        assert_eq!(
            (undone.state, undone.put_back, undone.kept),
            (ImportState::Undone, 3, 1)
        );
        assert_eq!(
            room.products.kept_skus(&room.scope, &done.id).await.unwrap(),
            ["B"]
        );
        assert_eq!(room.one("A").await.facts, before[0]);
        assert_eq!(room.one("B").await.facts.price, Some(Tenge(260)));
        assert_eq!(
            room.all(&ProductFilter::default()).await.len(),
            2,
            "what the import made is gone"
        );
        let again = room
            .products
            .undo_import(&room.scope, &done.id)
            .await
            .unwrap_err();
        assert_eq!(codes(&again), ["undo-passed"]);
        room.work().await;
    }
}

#[tokio::test]
async fn undo_is_for_a_day() {
    for test in engines().await {
        let room = Room::open(test);
        let done = room.import(SHEET).await;
        assert!(room.products.can_undo(&done));
        room.clock.push(Span::from_secs(24 * 3600 + 1));
        assert!(!room.products.can_undo(&done));
        let late = room
            .products
            .undo_import(&room.scope, &done.id)
            .await
            .unwrap_err();
        assert_eq!((late.kind(), codes(&late)), (Kind::Conflict, vec!["undo-passed"]));
        assert_eq!(room.all(&ProductFilter::default()).await.len(), 2);
        room.work().await;
    }
}

#[tokio::test]
async fn a_file_is_written_once_and_not_without_ready_rows() {
    for test in engines().await {
        let room = Room::open(test);
        let done = room.import(SHEET).await;
        let twice = room
            .products
            .apply_upload(&room.scope, &done.id)
            .await
            .unwrap_err();
        assert_eq!(codes(&twice), ["import-applied-already"]);
        let kept = room
            .products
            .keep_upload(
                &room.scope,
                "bad.csv",
                "SKU;Название;Цена\nZ;x;0\n".into(),
                None,
                Vec::new(),
            )
            .await
            .unwrap();
        let empty = room
            .products
            .apply_upload(&room.scope, &kept.id)
            .await
            .unwrap_err();
        assert_eq!(codes(&empty), ["product-nothing-ready"]);
        let other = room
            .products
            .import(&room.stranger(), &done.id)
            .await
            .unwrap_err();
        assert_eq!(other.kind(), Kind::NotFound);
        room.work().await;
    }
}

#[tokio::test]
async fn columns_that_were_chosen_are_remembered_for_the_shape() {
    for test in engines().await {
        let room = Room::open(test);
        let text = "Номер;Имя;Сколько\nA;Чайник;5\n";
        let keep = || {
            room.products
                .keep_upload(&room.scope, "own.csv", text.into(), None, Vec::new())
        };
        let first = keep().await.unwrap();
        assert_eq!(first.mapping, "");
        room.products
            .choose_columns(
                &room.scope,
                &first.id,
                &[
                    (ProductField::Sku, 0),
                    (ProductField::Title, 1),
                    (ProductField::Stock, 2),
                ],
            )
            .await
            .unwrap();
        let second = keep().await.unwrap();
        assert_eq!(second.mapping, "merchantProductId=0,title=1,availableAmount=2");
        let done = room.products.apply_upload(&room.scope, &second.id).await.unwrap();
        assert_eq!(done.created, 1);
        let late = room
            .products
            .choose_columns(
                &room.scope,
                &second.id,
                &[(ProductField::Sku, 0), (ProductField::Title, 1)],
            )
            .await
            .unwrap_err();
        assert_eq!(codes(&late), ["import-applied-already"]);
        room.work().await;
    }
}

#[tokio::test]
async fn a_large_file_is_written_and_put_back_by_the_job() {
    for test in engines().await {
        let room = Room::open(test);
        let mut text = String::from("SKU;Название;Цена\n");
        for row in 0..2_600 {
            writeln!(text, "S-{row};Товар {row};{}", 100 + row).unwrap();
        }
        let begun = room.import(&text).await;
        assert_eq!(
            (begun.state, begun.total, begun.done()),
            (ImportState::Going, 2_600, 0)
        );
        room.work().await;
        let done = room.products.import(&room.scope, &begun.id).await.unwrap();
        assert_eq!((done.state, done.created), (ImportState::Done, 2_600));
        let undoing = room.products.undo_import(&room.scope, &begun.id).await.unwrap();
        assert_eq!(undoing.state, ImportState::Undoing);
        room.work().await;
        let undone = room.products.import(&room.scope, &begun.id).await.unwrap();
        assert_eq!((undone.state, undone.put_back), (ImportState::Undone, 2_600));
        assert_eq!(room.products.counts(&room.scope).await.unwrap().active, 0);
    }
}

#[tokio::test]
async fn a_bulk_change_is_refused_whole_or_done_and_put_back() {
    for test in engines().await {
        let room = Room::open(test);
        room.import("SKU;Название;Сезон\nA;Куртка;Зима\nB;Шапка;Лето\nC;Шарф;\n")
            .await;
        let ids = room
            .products
            .chosen(&room.scope, &[], Some(&ProductFilter::default()))
            .await
            .unwrap();
        assert_eq!(ids.len(), 3);
        let act = |field, typed: &str| BulkAct::Set {
            field,
            typed: typed.to_owned(),
        };
        let refused = room
            .products
            .bulk(&room.scope, &ids, &act(ProductField::Cost, "даром"))
            .await
            .unwrap_err();
        assert_eq!(codes(&refused), ["product-cost"]);
        let done = room
            .products
            .bulk(&room.scope, &ids, &act(ProductField::Season, "Зима"))
            .await
            .unwrap();
        assert_eq!(
            (done.changed, done.unchanged, done.title.as_str()),
            (2, 1, "season=Зима")
        );
        let away = room
            .products
            .bulk(&room.scope, &ids[1..2], &BulkAct::Archive)
            .await
            .unwrap();
        assert_eq!(room.all(&ProductFilter::default()).await.len(), 2);
        let late = room.products.undo_import(&room.scope, &done.id).await.unwrap();
        assert_eq!(
            (late.put_back, late.kept),
            (1, 1),
            "the archived one was changed since"
        );
        room.products.undo_import(&room.scope, &away.id).await.unwrap();
        let seasons: Vec<Option<String>> = room
            .all(&ProductFilter::default())
            .await
            .into_iter()
            .map(|product| product.facts.season)
            .collect();
        assert_eq!(seasons.len(), 3);
        room.work().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_who_work_on_one_import_beside_each_other_count_each_row_once() {
    for test in engines().await {
        let room = Room::open(test);
        let mut text = String::from("SKU;Название;Цена\n");
        for row in 0..2_200 {
            writeln!(text, "S-{row};Товар {row};{}", 100 + row).unwrap();
        }
        let begun = room.import(&text).await;
        let one = ImportJob(room.products.clone());
        let other = ImportJob(room.products.clone());
        let work = |job: ImportJob| {
            let (scope, id) = (room.scope.clone(), begun.id.clone());
            async move { job.go_on(&scope, &id).await.unwrap() }
        };
        tokio::join!(work(one), work(other));
        let done = room.products.import(&room.scope, &begun.id).await.unwrap();
        assert_eq!(
            (done.state, done.created, done.unchanged),
            (ImportState::Done, 2_200, 0)
        );
        room.products.undo_import(&room.scope, &begun.id).await.unwrap();
        let one = ImportJob(room.products.clone());
        let other = ImportJob(room.products.clone());
        tokio::join!(work(one), work(other));
        let undone = room.products.import(&room.scope, &begun.id).await.unwrap();
        assert_eq!(
            (undone.state, undone.put_back, undone.kept),
            (ImportState::Undone, 2_200, 0)
        );
        assert_eq!(room.products.counts(&room.scope).await.unwrap().active, 0);
        room.work().await;
    }
}
