//! Reads one state of a shop part by part and has the list written from it. Refuses to hand over anything but a whole list.

use super::{
    Feeds,
    document::{Counts, Document, Writer},
    facts::{FeedFacts, FeedGoods, PointFacts, RowReason},
    hold::{Held, ListFacts, may_leave},
    judge::{Points, judge},
    wished::WishedPrice,
};
use crate::{
    CatalogError, Feed, FeedWay, Shop,
    import::price_list::{PriceListOffer, push_offer},
    store::{feed_rows, feeds, shops},
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ProductId, ShopId, Timestamp};
use sauda_store::{On, Tx};
use std::collections::HashMap;

/// Offers read at once.
const PART: i64 = 1_000;
/// Parts that a page of rows looks through before it shows what it has.
const MOST_PARTS: usize = 100;

/// A list that was written, or why none may leave.
pub(super) struct Built {
    pub feed: Feed,
    pub counts: Counts,
    pub outcome: Result<Document, Held>,
    /// Wishes that it carries.
    pub marks: Vec<String>,
}

/// What a test of the list found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedCheck {
    pub counts: Counts,
    pub held: Option<Held>,
    /// Bytes of the whole file.
    pub bytes: u64,
}

/// One offer, and how it is written or why it is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedRow {
    pub goods: FeedGoods,
    pub sku: String,
    pub title: String,
    pub verdict: Result<PriceListOffer, RowReason>,
}

/// Which rows people want to see.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RowsWanted {
    /// After this article.
    pub after: String,
    pub search: String,
    /// `Some(true)`: written ones; `Some(false)`: those that are not.
    pub written: Option<bool>,
    pub limit: usize,
}

/// Rows, and where the next ones begin.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FeedRows {
    pub rows: Vec<FeedRow>,
    pub next: Option<String>,
}

fn packing(error: std::io::Error) -> CatalogError {
    CatalogError::Cluster(error.to_string())
}

impl Feeds {
    /// Writes the list of a shop as it is now.
    pub(super) async fn build(&self, scope: &Scope, shop: &Shop) -> Result<Built, CatalogError> {
        let now = self.catalog.clock.now();
        let mut tx = self.catalog.db.snapshot().await?;
        let feed = feeds::find(On::from(&mut tx), &shop.id)
            .await?
            .unwrap_or_else(|| Feed::blank(&shop.id));
        // The reading that the offers are of, not the one that the caller saw.
        let shop = shops::find(On::from(&mut tx), scope, &shop.id)
            .await?
            .unwrap_or_else(|| shop.clone());
        let points = points_of(&mut tx, &shop.id).await?;
        let mut writer = Writer::begin(&shop.name, &shop.uid).map_err(packing)?;
        let mut marks = Vec::new();
        let mut after = String::new();
        loop {
            let part = feed_rows::Part {
                after: &after,
                words: "",
                limit: PART,
            };
            let mut facts = next_part(&mut tx, scope, &feed, part, now).await?;
            let Some(last) = facts.last() else { break };
            after = place_of(last);
            let wished = self.overlay(scope, &shop.id, feed.way, &mut facts).await?;
            for one in &facts {
                if writer.offer(one, &points).map_err(packing)?.is_ok() {
                    let carried = one.offer().and_then(|offer| wished.get(offer));
                    let carried = carried.into_iter().flatten();
                    marks.extend(carried.filter_map(|wish| wish.mark.clone()));
                }
            }
        }
        let (counts, written) = writer.end(&shop.name, &shop.uid).map_err(packing)?;
        let outcome = match written {
            Err(held) => Err(held),
            Ok(document) => may_leave(&list_facts(&feed, &shop, &counts, now)).map(|()| document),
        };
        Ok(Built {
            feed,
            counts,
            outcome,
            marks,
        })
    }

    /// Puts decided prices in the place of those that the cabinet shows, and floors beside costs.
    async fn overlay(
        &self,
        scope: &Scope,
        shop: &ShopId,
        way: FeedWay,
        facts: &mut [FeedFacts],
    ) -> Result<HashMap<OfferId, Vec<WishedPrice>>, CatalogError> {
        let (at, products): (Vec<usize>, Vec<ProductId>) = facts
            .iter()
            .enumerate()
            .filter_map(|(at, one)| match &one.goods {
                FeedGoods::Product(product) if one.cost.is_some() => Some((at, product.clone())),
                FeedGoods::Product(_) | FeedGoods::Offer(_) => None,
            })
            .unzip();
        if !products.is_empty() {
            let floors = self.wishes.floors(scope, shop, &products).await?;
            for (at, floor) in at.into_iter().zip(floors) {
                if let Some(one) = facts.get_mut(at) {
                    one.floor = floor;
                }
            }
        }
        let ids: Vec<OfferId> = facts.iter().filter_map(FeedFacts::offer).cloned().collect();
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let mut by_offer: HashMap<OfferId, Vec<WishedPrice>> = HashMap::new();
        for wish in self.wishes.wished(scope, shop, way, &ids).await? {
            by_offer.entry(wish.offer.clone()).or_default().push(wish);
        }
        for one in facts {
            let wishes = one.offer().and_then(|offer| by_offer.get(offer));
            for wish in wishes.into_iter().flatten() {
                one.cities.insert(wish.city_id.clone(), wish.price);
            }
        }
        Ok(by_offer)
    }

    /// Writes the whole list and tells what would leave.
    ///
    /// # Errors
    /// When there is no such shop, or the database does not answer.
    pub async fn check(&self, scope: &Scope, shop: &ShopId) -> Result<FeedCheck, CatalogError> {
        let shop = self.catalog.shop(scope, shop).await?;
        let built = self.build(scope, &shop).await?;
        Ok(match built.outcome {
            Ok(document) => FeedCheck {
                bytes: document
                    .body_bytes
                    .saturating_add(u64::try_from(document.head(DATE_SHAPE).len()).unwrap_or(0)),
                counts: built.counts,
                held: None,
            },
            Err(held) => FeedCheck {
                counts: built.counts,
                held: Some(held),
                bytes: 0,
            },
        })
    }

    /// Writes the list into a file of the caller.
    ///
    /// # Errors
    /// As [`Feeds::check`], or when the file cannot be written.
    pub async fn write_to(
        &self,
        scope: &Scope,
        shop: &ShopId,
        file: &mut (dyn std::io::Write + Send),
    ) -> Result<FeedCheck, CatalogError> {
        let shop = self.catalog.shop(scope, shop).await?;
        let built = self.build(scope, &shop).await?;
        let (held, bytes) = match built.outcome {
            Err(held) => (Some(held), 0),
            Ok(document) => {
                let head = document.head(&date(self.catalog.clock.now()));
                let bytes = document
                    .body_bytes
                    .saturating_add(u64::try_from(head.len()).unwrap_or(0));
                file.write_all(head.as_bytes()).map_err(packing)?;
                let mut pieces = document.pieces().map_err(packing)?;
                while let Some(piece) = pieces.next().map_err(packing)? {
                    file.write_all(&piece).map_err(packing)?;
                }
                (None, bytes)
            }
        };
        Ok(FeedCheck {
            counts: built.counts,
            held,
            bytes,
        })
    }

    /// Rows of the list and those that are not in it, in the order of articles.
    ///
    /// # Errors
    /// As [`Feeds::check`].
    pub async fn rows(
        &self,
        scope: &Scope,
        shop: &ShopId,
        wanted: &RowsWanted,
    ) -> Result<FeedRows, CatalogError> {
        self.catalog.shop(scope, shop).await?;
        let now = self.catalog.clock.now();
        let words = crate::fold(&[&wanted.search]);
        let mut tx = self.catalog.db.snapshot().await?;
        let feed = feeds::find(On::from(&mut tx), shop)
            .await?
            .unwrap_or_else(|| Feed::blank(shop));
        let points = points_of(&mut tx, shop).await?;
        let mut found = FeedRows::default();
        let mut after = wanted.after.clone();
        let mut shown = String::new();
        for _ in 0..MOST_PARTS {
            let part = feed_rows::Part {
                after: &after,
                words: &words,
                limit: PART,
            };
            let mut facts = next_part(&mut tx, scope, &feed, part, now).await?;
            let Some(last) = facts.last() else {
                return Ok(found);
            };
            after = place_of(last);
            self.overlay(scope, shop, feed.way, &mut facts).await?;
            for one in facts {
                let verdict = judge(&one, &points);
                if wanted.written.is_some_and(|written| written != verdict.is_ok()) {
                    continue;
                }
                if found.rows.len() >= wanted.limit {
                    found.next = Some(shown);
                    return Ok(found);
                }
                shown = place_of(&one);
                found.rows.push(FeedRow {
                    goods: one.goods,
                    sku: one.sku,
                    title: one.title,
                    verdict,
                });
            }
        }
        found.next = Some(after);
        Ok(found)
    }

    /// How an offer is written; nothing when it is not.
    pub fn preview(row: &FeedRow) -> Option<String> {
        let mut text = String::new();
        push_offer(&mut text, row.verdict.as_ref().ok()?);
        Some(text)
    }
}

/// Before the article of a product in the place of a list: products stand after all offers, and no article begins so.
const PRODUCTS: char = '\t';

/// Where a list goes on after a row.
fn place_of(facts: &FeedFacts) -> String {
    match facts.goods {
        FeedGoods::Offer(_) => facts.sku.clone(),
        FeedGoods::Product(_) => format!("{PRODUCTS}{}", facts.sku),
    }
}

/// The next offers; behind them, where the list takes them, the products that no offer sells.
async fn next_part(
    tx: &mut Tx,
    scope: &Scope,
    feed: &Feed,
    part: feed_rows::Part<'_>,
    now: Timestamp,
) -> Result<Vec<FeedFacts>, CatalogError> {
    let after = part.after.strip_prefix(PRODUCTS);
    if after.is_none() {
        let facts = feed_rows::next(tx, &feed.shop, part, now).await?;
        if !facts.is_empty() {
            return Ok(facts);
        }
    }
    let Some(point) = &feed.products_point else {
        return Ok(Vec::new());
    };
    let part = feed_rows::Part {
        after: after.unwrap_or_default(),
        ..part
    };
    Ok(feed_rows::products(tx, scope, &feed.shop, point, part).await?)
}

async fn points_of(tx: &mut Tx, shop: &ShopId) -> Result<Points, CatalogError> {
    let points = shops::points(On::from(tx), shop).await?;
    let facts = points.into_iter().map(|point| {
        let works = point.enabled && point.gone_at.is_none();
        (
            point.id,
            PointFacts {
                code: point.code,
                city: point.city_id,
                works,
            },
        )
    });
    Ok(facts.collect())
}

fn list_facts(feed: &Feed, shop: &Shop, counts: &Counts, now: Timestamp) -> ListFacts {
    ListFacts {
        rows: counts.rows,
        good_rows: feed.good_rows,
        agreed_rows: feed.agreed_rows,
        is_read: shop.access.is_some(),
        ages: feed.way != FeedWay::Feed,
        read_at: shop.synced_at,
        now,
    }
}

/// As long as any date.
const DATE_SHAPE: &str = "2026-01-01 00:00";

/// When the list became what it is, in the time of its shop.
pub(super) fn date(at: Timestamp) -> String {
    let local = at.local();
    format!(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        local.year, local.month, local.day, local.hour, local.minute
    )
}
