//! Products out of what the cabinet sells: shown, written and undone as any file.

use crate::room::Room;
use sauda_catalog::CatalogError;
use sauda_kernel::{Failure as _, OfferId, Tenge};
use sauda_store::sql;
use sauda_testkit::engines;

async fn named(room: &Room, offer: &OfferId, title: &str, picture: &str) {
    sql!("UPDATE offers SET title = $2, brand = 'Saiga', card = '102298404', stock = 3, image_url = $3 WHERE id = $1")
        .bind(offer)
        .bind(title)
        .bind(picture)
        .run(&room.db)
        .await
        .unwrap();
}

#[tokio::test]
async fn what_the_cabinet_sells_becomes_products_once_and_can_be_taken_back() {
    for test in engines().await {
        let room = Room::open(test);
        let (_, offers) = room.shop(&["00-7", "B;2", "=C"]).await;
        // The same article in another shop is one product; what a person took apart stays apart.
        room.shop(&["00-7"]).await;
        let (_, apart) = room.shop(&["D"]).await;
        room.products.link(&room.scope, &apart[0], None).await.unwrap();
        named(
            &room,
            &offers[0],
            "Пуховик мужской Saiga 48 чёрный",
            "https://kaspi.kz/a.jpg",
        )
        .await;
        named(
            &room,
            &offers[1],
            "Чехол; \"для\" платья 48",
            "http://kaspi.kz/b.jpg",
        )
        .await;
        assert_eq!(room.products.unknown_offers(&room.scope).await.unwrap(), 3);
        assert_eq!(room.products.unknown_offers(&room.stranger()).await.unwrap(), 0);

        let kept = room
            .products
            .keep_offers(&room.scope, "cabinet.csv")
            .await
            .unwrap();
        let open = room.products.open_upload(&room.scope, &kept.id).await.unwrap();
        assert!(open.is_mapped(), "every column is certain");
        let done = room.products.apply_upload(&room.scope, &kept.id).await.unwrap();
        // What would run as a formula is refused with its row, as in any sheet.
        assert_eq!((done.created, done.skipped), (2, 1));
        let coat = room.one("00-7").await.facts;
        assert_eq!(
            (
                coat.size.as_deref(),
                coat.gender.as_deref(),
                coat.brand.as_deref()
            ),
            (Some("48"), Some("мужской"), Some("Saiga"))
        );
        assert_eq!((coat.price, coat.stock), (Some(Tenge(100)), Some(3)));
        assert_eq!(coat.photo.as_deref(), Some("https://kaspi.kz/a.jpg"));
        let cover = room.one("B;2").await.facts;
        assert_eq!(cover.title.as_deref(), Some("Чехол; \"для\" платья 48"));
        assert_eq!((cover.size, cover.photo), (None, None));

        // Joined by their article, they are asked for no more; when none is left, it says so.
        assert_eq!(room.products.unknown_offers(&room.scope).await.unwrap(), 1);
        room.products.link(&room.scope, &offers[2], None).await.unwrap();
        let again = room
            .products
            .keep_offers(&room.scope, "cabinet.csv")
            .await
            .unwrap_err();
        assert!(matches!(again, CatalogError::NoOffers));
        assert_eq!(again.public()[0].code, "offers-all-known");

        room.products.undo_import(&room.scope, &kept.id).await.unwrap();
        room.work().await;
        assert_eq!(room.products.unknown_offers(&room.scope).await.unwrap(), 2);
    }
}
