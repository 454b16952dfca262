//! One fetch of the list: answered whole, as unchanged, or with "later"; always recorded. Refuses to send the last good list instead.

use super::{
    Feeds,
    address::fingerprint,
    build::{Built, date},
    document::{Document, Pieces},
    hold::Held,
};
use crate::{CatalogError, Feed, FeedFetch, FeedWay, NewNotice, Shop, Tone, notices, store::feeds};
use sauda_accounts::Scope;
use sauda_kernel::{FeedFetchId, ShopId, Span, Timestamp};
use sauda_store::Tx;

/// When to come again while a list is held.
pub const RETRY_AFTER: Span = Span::from_mins(15);
/// Fetches are forgotten after this.
const REMEMBERED: Span = Span::from_days(60);
/// Letters of a program's name that are kept.
const LONGEST_AGENT: usize = 200;

/// Who fetches, and what he has already.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fetcher {
    pub address: String,
    pub agent: String,
    /// Value of `If-None-Match`.
    pub if_none_match: Option<String>,
    /// Value of `If-Modified-Since`, read.
    pub if_modified_since: Option<Timestamp>,
    /// Only the head is wanted: nothing leaves.
    pub head_only: bool,
}

/// What is answered.
pub enum FeedAnswer {
    /// There is no such address.
    Unknown,
    /// What the fetcher has is the newest.
    Unchanged {
        etag: String,
        changed_at: Timestamp,
    },
    /// No list may leave now.
    Held(Held),
    List(Box<FeedList>),
}

/// A list on its way.
pub struct FeedList {
    feeds: Feeds,
    fetch: FeedFetchId,
    shop: ShopId,
    way: FeedWay,
    rows: i64,
    marks: Vec<String>,
    head: Option<Vec<u8>>,
    pieces: Pieces,
    /// Read ahead, so that the last piece is known as such.
    ahead: Option<Vec<u8>>,
    pub etag: String,
    pub changed_at: Timestamp,
    pub bytes: u64,
}

impl Feeds {
    /// Answers a fetch at the address with this word.
    ///
    /// # Errors
    /// When the database does not answer: say "later" then, too.
    pub async fn fetch(&self, word: &str, fetcher: &Fetcher) -> Result<FeedAnswer, CatalogError> {
        // Whatever the word, one hash and one look.
        let found = feeds::by_hash(&self.catalog.db, &fingerprint(word)).await?;
        let Some((merchant, shop)) = found else {
            return Ok(FeedAnswer::Unknown);
        };
        let scope = Scope::system(merchant, "price list fetched");
        let shop = self.catalog.shop(&scope, &shop).await?;
        let began = self.catalog.clock.now();
        let built = self.build(&scope, &shop).await?;
        let took_ms = self.catalog.clock.now().since(began).as_micros() / 1_000;
        let mut row = FeedFetch {
            id: self.catalog.id(),
            at: began,
            address: fetcher.address.chars().take(64).collect(),
            agent: fetcher.agent.chars().take(LONGEST_AGENT).collect(),
            status: 200,
            rows_in: built.counts.rows,
            rows_out: built.counts.left_out().saturating_add(built.counts.in_trouble()),
            whole: false,
            held: None,
            took_ms,
        };
        let Built {
            feed, outcome, marks, ..
        } = built;
        let outcome = match feed.way {
            FeedWay::Cabinet => Err(Held::Off),
            FeedWay::Feed | FeedWay::Both => outcome,
        };
        let document = match outcome {
            Err(held) => {
                row.status = 503;
                row.held = Some(held.word().to_owned());
                self.hold(&scope, &shop, &held, &row).await?;
                return Ok(FeedAnswer::Held(held));
            }
            Ok(document) => document,
        };
        self.good(&scope, &shop, feed, document, marks, row, fetcher)
            .await
    }

    /// Records that nothing left, and tells it once.
    async fn hold(
        &self,
        scope: &Scope,
        shop: &Shop,
        held: &Held,
        row: &FeedFetch,
    ) -> Result<(), CatalogError> {
        let mut tx = self.catalog.db.write().await?;
        self.record(&mut tx, &shop.id, row).await?;
        // Switched off by a person is no news to anybody.
        if *held != Held::Off && feeds::hold(&mut tx, &shop.id, held.word(), row.at).await? > 0 {
            let mut notice = NewNotice::new(notices::FEED_HELD, shop.id.as_str(), Tone::Bad)
                .shop(&shop.id)
                .arg("why", held.word())
                .link("/catalog/feed");
            for (name, value) in held.args() {
                notice = notice.arg(name, value);
            }
            self.catalog
                .settle(&mut tx, scope, notices::FEED_MENDED, shop.id.as_str())
                .await?;
            self.catalog.tell(&mut tx, scope, &notice).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// A list may leave: as unchanged, or whole.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; one answer is made of these"
    )]
    async fn good(
        &self,
        scope: &Scope,
        shop: &Shop,
        feed: Feed,
        document: Document,
        marks: Vec<String>,
        mut row: FeedFetch,
        fetcher: &Fetcher,
    ) -> Result<FeedAnswer, CatalogError> {
        let etag = document.etag.clone();
        let changed_at = changed_at(&feed, &etag, row.at);
        let unchanged = has_it(fetcher, &etag, changed_at);
        let by_list = feed.way == FeedWay::Feed;
        let mut tx = self.catalog.db.write().await?;
        feeds::set_content(&mut tx, &shop.id, &etag, changed_at).await?;
        if feeds::mend(&mut tx, &shop.id).await? > 0 {
            self.catalog
                .settle(&mut tx, scope, notices::FEED_HELD, shop.id.as_str())
                .await?;
            let notice = NewNotice::new(notices::FEED_MENDED, shop.id.as_str(), Tone::Info)
                .shop(&shop.id)
                .arg("rows", row.rows_in)
                .link("/catalog/feed");
            self.catalog.tell(&mut tx, scope, &notice).await?;
        }
        if unchanged {
            row.status = 304;
            row.whole = true;
            if by_list && !fetcher.head_only {
                self.wishes.leaving(&mut tx, &marks).await?;
                self.wishes.arrived(&mut tx, &marks).await?;
            }
            feeds::set_good(&mut tx, &shop.id, row.rows_in, row.at).await?;
            self.record(&mut tx, &shop.id, &row).await?;
            tx.commit().await?;
            return Ok(FeedAnswer::Unchanged { etag, changed_at });
        }
        if by_list && !fetcher.head_only {
            self.wishes.leaving(&mut tx, &marks).await?;
        }
        if !fetcher.head_only {
            self.record(&mut tx, &shop.id, &row).await?;
        }
        tx.commit().await?;
        let head = document.head(&date(changed_at)).into_bytes();
        let bytes = document
            .body_bytes
            .saturating_add(u64::try_from(head.len()).unwrap_or(0));
        let broken = |error: std::io::Error| CatalogError::Cluster(error.to_string());
        let mut pieces = document.pieces().map_err(broken)?;
        let ahead = pieces.next().map_err(broken)?;
        Ok(FeedAnswer::List(Box::new(FeedList {
            feeds: self.clone(),
            fetch: row.id,
            shop: shop.id.clone(),
            way: feed.way,
            rows: row.rows_in,
            marks,
            head: Some(head),
            pieces,
            ahead,
            etag,
            changed_at,
            bytes,
        })))
    }

    async fn record(&self, tx: &mut Tx, shop: &ShopId, row: &FeedFetch) -> Result<(), CatalogError> {
        feeds::insert_fetch(&mut *tx, shop, row).await?;
        feeds::forget_fetches(&mut *tx, shop, row.at.minus(REMEMBERED)).await?;
        Ok(())
    }
}

impl FeedList {
    /// The next bytes; nothing at the end. The last ones are handed over after it was recorded that they are.
    ///
    /// # Errors
    /// When it cannot be recorded: break the connection off then, the fetcher comes again.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, CatalogError> {
        if let Some(head) = self.head.take() {
            return Ok(Some(head));
        }
        let Some(piece) = self.ahead.take() else {
            return Ok(None);
        };
        self.ahead = self
            .pieces
            .next()
            .map_err(|error| CatalogError::Cluster(error.to_string()))?;
        if self.ahead.is_none() {
            self.whole().await?;
        }
        Ok(Some(piece))
    }

    async fn whole(&self) -> Result<(), CatalogError> {
        let catalog = &self.feeds.catalog;
        let now = catalog.clock.now();
        let mut tx = catalog.db.write().await?;
        feeds::fetched_whole(&mut tx, &self.fetch).await?;
        feeds::set_good(&mut tx, &self.shop, self.rows, now).await?;
        if self.way == FeedWay::Feed {
            self.feeds.wishes.arrived(&mut tx, &self.marks).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

/// When the list became so. The header knows whole seconds: two lists never share one.
fn changed_at(feed: &Feed, etag: &str, now: Timestamp) -> Timestamp {
    let whole = |at: Timestamp| Timestamp::from_secs(at.as_secs());
    match feed.changed_at {
        Some(at) if feed.etag.as_deref() == Some(etag) => at,
        Some(at) if whole(now) <= at => at.plus(Span::from_secs(1)),
        _ => whole(now),
    }
}

/// Whether the fetcher has this list already. The fingerprint counts before the time.
fn has_it(fetcher: &Fetcher, etag: &str, changed_at: Timestamp) -> bool {
    if let Some(known) = &fetcher.if_none_match {
        return known.split(',').any(|one| {
            let one = one.trim();
            one == "*" || one.trim_start_matches("W/").trim_matches('"') == etag
        });
    }
    fetcher.if_modified_since.is_some_and(|since| since >= changed_at)
}
