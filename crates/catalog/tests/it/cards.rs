//! New cards on both engines: recorded before they are sent, sent once whatever happens, told by article.

use crate::room::Room;
use async_trait::async_trait;
use sauda_accounts::{Accounts, AccountsSettings};
use sauda_catalog::{CardUploadState, CardValue, CardValues, Cards, CardsJob, Catalog, CatalogError};
use sauda_cluster::Cluster;
use sauda_jobs::{Worker, WorkerSettings};
use sauda_kernel::{Clock, Ids, Span};
use sauda_market::{
    ApiToken, AttributeKind, AttributeValue, CardAttribute, CardCategory, CardDesk, CardFinding, CardResult,
    Egress, MarketError, NewCard, UploadResult, UploadState, UploadStatus,
};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_store::Vault;
use sauda_testkit::engines;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

/// A marketplace that answers as told.
#[derive(Default)]
struct Shelf {
    answers: Mutex<Vec<Result<UploadStatus, MarketError>>>,
    sent: Mutex<Vec<String>>,
    polls: Mutex<i64>,
}

fn status(state: UploadState) -> UploadStatus {
    UploadStatus {
        code: "import-1".to_owned(),
        state,
        told: None,
    }
}

#[async_trait]
impl CardDesk for Shelf {
    async fn categories(&self, _: &Egress, _: &ApiToken) -> Result<Vec<CardCategory>, MarketError> {
        Ok(vec![CardCategory {
            code: "Master - Hats".to_owned(),
            title: "Шапки".to_owned(),
        }])
    }
    async fn attributes(&self, _: &Egress, _: &ApiToken, _: &str) -> Result<Vec<CardAttribute>, MarketError> {
        Ok(vec![CardAttribute {
            code: "Hats*type".to_owned(),
            kind: AttributeKind::Choice,
            many: false,
            mandatory: true,
        }])
    }
    async fn values(
        &self,
        _: &Egress,
        _: &ApiToken,
        _: &str,
        _: &str,
    ) -> Result<Vec<AttributeValue>, MarketError> {
        Ok(Vec::new())
    }
    fn check(&self, cards: &[NewCard], attributes: &[CardAttribute]) -> Vec<CardFinding> {
        KaspiMarket::new(KaspiSettings::default())
            .unwrap()
            .check(cards, attributes)
    }
    fn document(&self, cards: &[NewCard]) -> Result<Vec<u8>, MarketError> {
        KaspiMarket::new(KaspiSettings::default())
            .unwrap()
            .document(cards)
    }
    async fn upload(&self, _: &Egress, _: &ApiToken, document: &[u8]) -> Result<UploadStatus, MarketError> {
        self.sent
            .lock()
            .unwrap()
            .push(String::from_utf8(document.to_vec()).unwrap());
        self.answers.lock().unwrap().remove(0)
    }
    async fn upload_status(&self, _: &Egress, _: &ApiToken, _: &str) -> Result<UploadStatus, MarketError> {
        let mut polls = self.polls.lock().unwrap();
        *polls += 1;
        Ok(status(if *polls < 3 {
            UploadState::Uploaded
        } else {
            UploadState::Finished
        }))
    }
    async fn upload_result(&self, _: &Egress, _: &ApiToken, _: &str) -> Result<UploadResult, MarketError> {
        let row = |state: &str| CardResult {
            state: state.to_owned(),
            told: None,
        };
        Ok(UploadResult {
            errors: 1,
            total: 2,
            rows: BTreeMap::from([("A".to_owned(), row("FINISHED")), ("B".to_owned(), row("ERROR"))]),
            ..UploadResult::default()
        })
    }
}

const SHEET: &str = "SKU;Название;Бренд;Фото\nA;Шапка;Aru;https://example.com/a.jpg\nB;Шарф;Aru;https://example.com/b.jpg\nC;Без фото;Aru;\n";

async fn open(room: &Room, shelf: Arc<Shelf>) -> (Cards, sauda_kernel::ShopId) {
    let (cards, shop, _) = open_with(room, shelf).await;
    (cards, shop)
}

async fn open_with(room: &Room, shelf: Arc<Shelf>) -> (Cards, sauda_kernel::ShopId, Cluster) {
    sauda_testkit::install_crypto();
    let clock: Arc<dyn Clock> = Arc::new(room.clock.clone());
    let ids: Arc<dyn Ids> = room.ids.clone();
    let cluster = Cluster::memory(clock.clone());
    let vault = Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap();
    let _ = Accounts::new(
        room.db.clone(),
        cluster.clone(),
        vault.clone(),
        clock.clone(),
        ids.clone(),
        AccountsSettings::default(),
    )
    .unwrap();
    let market = Arc::new(KaspiMarket::new(KaspiSettings::default()).unwrap());
    let catalog = Catalog::new(
        room.db.clone(),
        cluster.clone(),
        room.jobs.clone(),
        market,
        vault,
        clock,
        ids,
    );
    let (shop, _) = room.shop(&[]).await;
    catalog
        .put_shop_key(&room.scope, &shop, "A1b2C3d4E5f6G7h8I9j0")
        .await
        .unwrap();
    room.import(SHEET).await;
    (Cards::new(catalog, room.products.clone(), shelf), shop, cluster)
}

fn values() -> CardValues {
    CardValues {
        common: kind("шапка"),
        ..CardValues::default()
    }
}

fn kind(text: &str) -> BTreeMap<String, CardValue> {
    BTreeMap::from([("Hats*type".to_owned(), CardValue::Text(text.to_owned()))])
}

/// Pushes the clock and works until nothing is left.
async fn work(room: &Room, cards: &Cards) {
    let worker = Worker::new(
        room.jobs.clone(),
        vec![
            Arc::new(CardsJob(cards.clone())),
            Arc::new(sauda_catalog::ImportJob(room.products.clone())),
        ],
        WorkerSettings::default(),
    );
    for _ in 0..12 {
        worker.run_until_idle().await.unwrap();
        room.clock.push(Span::from_mins(5));
    }
}

#[tokio::test]
async fn an_upload_is_sent_once_asked_for_and_told_by_article() {
    for test in engines().await {
        let room = Room::open(test);
        let shelf = Arc::new(Shelf::default());
        shelf.answers.lock().unwrap().extend([
            Err(MarketError::Throttled {
                wait: Span::from_secs(1),
            }),
            Ok(status(UploadState::Uploaded)),
        ]);
        let (cards, shop) = open(&room, shelf.clone()).await;
        assert_eq!(
            cards.categories(&room.scope, &shop, "ШАПК").await.unwrap().len(),
            1
        );
        assert_eq!(cards.without_card(&room.scope, "").await.unwrap().len(), 3);
        let ids = [room.one("A").await.id, room.one("B").await.id];
        let upload = cards
            .send(&room.scope, &shop, "Master - Hats", &ids, &values())
            .await
            .unwrap();
        assert_eq!(upload.state, CardUploadState::Recorded);
        assert_eq!(*shelf.sent.lock().unwrap(), Vec::<String>::new());
        work(&room, &cards).await;
        let done = cards.upload(&room.scope, &upload.id).await.unwrap();
        assert_eq!(done.state, CardUploadState::Done);
        assert_eq!((done.code.as_deref(), done.polls), (Some("import-1"), 3));
        let states: Vec<_> = done
            .rows
            .iter()
            .map(|row| (row.sku.as_str(), row.state.as_deref()))
            .collect();
        assert_eq!(states, [("A", Some("FINISHED")), ("B", Some("ERROR"))]);
        // Refused by the limit once, taken once: never a third time.
        assert_eq!(shelf.sent.lock().unwrap().len(), 2);
        let stranger = room.stranger();
        assert!(cards.upload(&stranger, &upload.id).await.is_err());
    }
}

#[tokio::test]
async fn what_may_have_been_taken_is_never_sent_again() {
    for test in engines().await {
        let room = Room::open(test);
        let shelf = Arc::new(Shelf::default());
        shelf
            .answers
            .lock()
            .unwrap()
            .push(Err(MarketError::Unclear("no answer".to_owned())));
        let (cards, shop) = open(&room, shelf.clone()).await;
        let ids = [room.one("A").await.id];
        let upload = cards
            .send(&room.scope, &shop, "Master - Hats", &ids, &values())
            .await
            .unwrap();
        work(&room, &cards).await;
        let left = cards.upload(&room.scope, &upload.id).await.unwrap();
        assert_eq!(left.state, CardUploadState::Unclear);
        assert_eq!(shelf.sent.lock().unwrap().len(), 1);
        // A process that died while it sent leaves the same.
        sauda_store::sql!("UPDATE card_uploads SET state = 'sending' WHERE id = $1")
            .bind(&upload.id)
            .run(&room.db)
            .await
            .unwrap();
        assert_eq!(cards.step(&room.scope, &upload.id).await.unwrap(), None);
        let left = cards.upload(&room.scope, &upload.id).await.unwrap();
        assert_eq!(left.state, CardUploadState::Unclear);
        assert_eq!(shelf.sent.lock().unwrap().len(), 1);
    }
}

#[tokio::test]
async fn cards_that_would_be_refused_are_not_recorded() {
    for test in engines().await {
        let room = Room::open(test);
        let (cards, shop) = open(&room, Arc::new(Shelf::default())).await;
        let ids = [room.one("C").await.id];
        let refused = cards
            .send(&room.scope, &shop, "Master - Hats", &ids, &values())
            .await
            .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "C: images is refused (missing), and 1 such findings in all: mend them and send again"
        );
        assert_eq!(cards.uploads(&room.scope, &shop).await.unwrap(), []);
        room.work().await;
    }
}

#[tokio::test]
async fn an_attribute_of_one_product_stands_over_that_of_all() {
    for test in engines().await {
        let room = Room::open(test);
        let shelf = Arc::new(Shelf::default());
        shelf
            .answers
            .lock()
            .unwrap()
            .push(Ok(status(UploadState::Uploaded)));
        let (cards, shop) = open(&room, shelf.clone()).await;
        let ids = [room.one("A").await.id, room.one("B").await.id];
        let values = CardValues {
            own: BTreeMap::from([(ids[1].clone(), kind("шарф"))]),
            ..values()
        };
        cards
            .send(&room.scope, &shop, "Master - Hats", &ids, &values)
            .await
            .unwrap();
        work(&room, &cards).await;
        let sent: serde_json::Value = serde_json::from_str(&shelf.sent.lock().unwrap()[0]).unwrap();
        let told = |at: usize| sent[at]["attributes"][0]["value"].clone();
        assert_eq!((told(0), told(1)), ("шапка".into(), "шарф".into()));
    }
}

#[tokio::test]
async fn calls_with_a_key_wait_when_the_budget_of_orders_is_spent() {
    let room = Room::open(sauda_testkit::sqlite().await);
    let (cards, shop, cluster) = open_with(&room, Arc::new(Shelf::default())).await;
    let far = room.clock.now().plus(Span::from_mins(5));
    cluster
        .block(&sauda_catalog::key_calls(&shop), far)
        .await
        .unwrap();
    let refused = cards.categories(&room.scope, &shop, "").await.unwrap_err();
    assert!(
        matches!(refused, CatalogError::Budget(until) if until == far),
        "{refused:?}"
    );
    room.work().await;
}
