//! The job that reads categories and queries: page by page, going on where it stopped, one snapshot however much was missed.

use super::{Asked, watch::Watch};
use crate::{
    Research, ResearchError,
    model::{SellerRow, ShelfRow, Snapshot, Source, SourceKind, SourceState},
    plan, stats,
    store::{rows, sources},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::{Kind, Span, Timestamp};
use sauda_market::{CardOffers, CardQuestion, ListingPage, ListingQuestion, MarketError};

/// Name of the job.
pub const COLLECT_JOB: &str = "research.collect";
/// Sellers asked for on a card: the most that the storefront gives.
const SELLERS: u32 = 64;
/// How often a page that came back broken is asked for before it counts as a hole.
const TRIES: i64 = 3;
/// Between two such questions.
const REST: Span = Span::from_secs(30);

/// The job `research.collect`, for one merchant.
pub struct CollectJob(pub Research);

#[async_trait]
impl Handler for CollectJob {
    fn name(&self) -> &'static str {
        COLLECT_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let scope = Scope::system(merchant, "reading the market");
        self.0
            .collect(Watch(Some(context)), &scope)
            .await
            .map_err(|error| JobError::from_failure(&error))
    }
}

/// How one step of reading ended.
enum Step {
    More,
    Over,
    Later(Timestamp),
}

impl Research {
    /// Reads every source that is due, without a job: how a demonstration fills its past. Says when to go on, or that all is read.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn read_due(&self, scope: &Scope) -> Result<Option<Timestamp>, ResearchError> {
        Ok(match self.collect(Watch(None), scope).await? {
            Outcome::Done => None,
            Outcome::Again(at) => Some(at),
        })
    }

    async fn collect(&self, watch: Watch<'_>, scope: &Scope) -> Result<Outcome, ResearchError> {
        let times = self.settings(scope).await?.times;
        let now = self.clock.now();
        let mut all = sources::list(&self.db, scope).await?;
        // A run that goes on finds what it began.
        if watch.is_asked() && !all.iter().any(|source| source.state == SourceState::Reading) {
            sources::want(&self.db, scope, None).await?;
            all = sources::list(&self.db, scope).await?;
        }
        let due: Vec<Source> = all
            .into_iter()
            .filter(|source| plan::is_due(source, &times, now))
            .collect();
        if due.is_empty() {
            watch
                .log(
                    "info",
                    "nothing is due: every category was read since its last time",
                )
                .await;
        }
        let total = u64::try_from(due.len()).unwrap_or(0);
        for (mut source, done) in due.into_iter().zip(0_u64..) {
            watch.step(source.title()).await;
            watch.progress(done, total).await;
            loop {
                if watch.stopping() {
                    return Ok(Outcome::Again(self.clock.now()));
                }
                match self.advance(watch, scope, &mut source).await? {
                    Step::More => {}
                    Step::Over => break,
                    Step::Later(at) => {
                        watch
                            .log("info", "the read budget is spent, going on later")
                            .await;
                        return Ok(Outcome::Again(at));
                    }
                }
            }
        }
        watch.progress(total, total).await;
        Ok(Outcome::Done)
    }

    /// Reads one page or the sellers of one card, and writes down how far it came.
    async fn advance(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
    ) -> Result<Step, ResearchError> {
        let Some(at) = source.begun_at else {
            source.begun_at = Some(self.clock.now());
            source.state = SourceState::Reading;
            source.next_page = 0;
            source.next_card = 0;
            source.total = None;
            source.tries = 0;
            source.holes = 0;
            sources::stand(&self.db, scope, source).await?;
            return Ok(Step::More);
        };
        if source.next_page < source.wish.pages {
            return self.page(watch, scope, source, at).await;
        }
        let shelf = rows::of(&self.db, scope, &source.id, at).await?;
        let next = usize::try_from(source.next_card).unwrap_or(usize::MAX);
        if source.next_card < source.wish.sellers_of
            && let Some(row) = shelf.get(next)
        {
            return self.card(watch, scope, source, at, &row.card).await;
        }
        self.finish(watch, scope, source, at, &shelf).await
    }

    async fn page(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
        at: Timestamp,
    ) -> Result<Step, ResearchError> {
        let is_category = source.wish.kind == SourceKind::Category;
        let question = ListingQuestion {
            category: is_category.then(|| source.wish.word.clone()),
            text: (!is_category).then(|| source.wish.word.clone()),
            city_id: source.wish.city_id.clone(),
            page: u32::try_from(source.next_page).unwrap_or(0),
            sort: None,
        };
        let market = self.catalog.market();
        let asked = self.ask(scope, &source.wish.word, async |way| {
            market.listing(way, &question).await
        });
        let told = match asked.await? {
            Asked::Later(at) => return Ok(Step::Later(at)),
            Asked::Failed(error) => return self.refused(watch, scope, source, &error).await,
            Asked::Told(page) => page,
        };
        let before = i64::try_from(rows::of(&self.db, scope, &source.id, at).await?.len()).unwrap_or(0);
        if let Some(error) = empty_too_early(&told, before, source) {
            return self.refused(watch, scope, source, &error).await;
        }
        let shelf = shelf_rows(&told, at, before, source.wish.most);
        for why in &told.refused {
            watch
                .log("warn", &format!("page {}: {why}", source.next_page + 1))
                .await;
        }
        source.total = told.total.or(source.total);
        source.next_page += 1;
        source.tries = 0;
        let known = before + i64::try_from(shelf.len()).unwrap_or(0);
        let is_last = told.cards.is_empty()
            || known >= source.wish.most
            || source.total.is_some_and(|total| known >= total);
        if is_last {
            source.next_page = source.wish.pages;
        }
        let mut tx = self.db.write().await?;
        watch.guard(&mut tx).await?;
        rows::add(&mut tx, scope, &source.id, at, &shelf).await?;
        sources::stand(&mut tx, scope, source).await?;
        tx.commit().await?;
        Ok(Step::More)
    }

    async fn card(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
        at: Timestamp,
        card: &str,
    ) -> Result<Step, ResearchError> {
        let question = CardQuestion {
            card: card.to_owned(),
            city_id: source.wish.city_id.clone(),
            page: 0,
            limit: SELLERS,
        };
        let market = self.catalog.market();
        let asked = self.ask(scope, card, async |way| market.card_offers(way, &question).await);
        let answer = match asked.await? {
            Asked::Later(at) => return Ok(Step::Later(at)),
            Asked::Failed(error) => Err(error),
            Asked::Told(offers) => whole(offers),
        };
        // A card whose sellers are not surely known has no rows: nobody has left it.
        let told = match answer {
            Ok(offers) => offers.offers,
            Err(error) => {
                watch.log("warn", &format!("sellers of {card}: {error}")).await;
                if may_pass(&error) && source.tries + 1 < TRIES {
                    source.tries += 1;
                    sources::stand(&self.db, scope, source).await?;
                    return Ok(Step::Later(self.clock.now().plus(REST)));
                }
                Vec::new()
            }
        };
        let mut sellers: Vec<SellerRow> = told
            .into_iter()
            .map(|offer| SellerRow {
                card: card.to_owned(),
                seller: offer.merchant_uid,
                name: offer.merchant_name,
                price: offer.price,
                place: 0,
            })
            .collect();
        sellers.sort_by_key(|row| row.price);
        for (row, place) in sellers.iter_mut().zip(1..) {
            row.place = place;
        }
        source.next_card += 1;
        source.tries = 0;
        let mut tx = self.db.write().await?;
        watch.guard(&mut tx).await?;
        rows::add_sellers(&mut tx, scope, &source.id, at, &sellers).await?;
        sources::stand(&mut tx, scope, source).await?;
        tx.commit().await?;
        Ok(Step::More)
    }

    /// A page came back broken: it is asked for again, then it is a hole of the snapshot. The first one is no hole but the end.
    async fn refused(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
        error: &MarketError,
    ) -> Result<Step, ResearchError> {
        watch
            .log("warn", &format!("page {}: {error}", source.next_page + 1))
            .await;
        source.tries += 1;
        if may_pass(error) && source.tries < TRIES {
            sources::stand(&self.db, scope, source).await?;
            return Ok(Step::Later(self.clock.now().plus(REST)));
        }
        if source.next_page == 0 {
            return self.give_up(watch, scope, source, error).await;
        }
        source.tries = 0;
        source.holes += 1;
        source.next_page += 1;
        sources::stand(&self.db, scope, source).await?;
        Ok(Step::More)
    }

    /// Nothing could be read: that is no empty shelf.
    async fn give_up(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
        error: &MarketError,
    ) -> Result<Step, ResearchError> {
        watch.log("error", &format!("{}: {error}", source.title())).await;
        source.state = SourceState::Failed;
        source.trouble = Some(error.word().to_owned());
        source.begun_at = None;
        source.tried_at = Some(self.clock.now());
        sources::stand(&self.db, scope, source).await?;
        Ok(Step::Over)
    }

    async fn finish(
        &self,
        watch: Watch<'_>,
        scope: &Scope,
        source: &mut Source,
        at: Timestamp,
        shelf: &[ShelfRow],
    ) -> Result<Step, ResearchError> {
        if shelf.is_empty() {
            let nothing = MarketError::NotFound(source.wish.word.clone());
            return self.give_up(watch, scope, source, &nothing).await;
        }
        let last = rows::snapshots(&self.db, scope, &source.id, 1).await?;
        let earlier = match last.first() {
            Some(last) => rows::of(&self.db, scope, &source.id, last.at).await?,
            None => Vec::new(),
        };
        let was_whole = last.first().is_some_and(|last| last.is_whole);
        let is_whole = source.holes == 0;
        let change = (!earlier.is_empty()).then(|| stats::change(shelf, &earlier));
        let offers = rows::sellers(&self.db, scope, &source.id, at).await?;
        let spread = stats::spread(shelf);
        let count = |list: &[String]| i64::try_from(list.len()).unwrap_or(0);
        let snapshot = Snapshot {
            at,
            cards: i64::try_from(shelf.len()).unwrap_or(0),
            total: source.total,
            is_whole,
            low: spread.map(|(low, ..)| low),
            middle: spread.map(|(_, middle, _)| middle),
            high: spread.map(|(.., high)| high),
            fresh: change
                .as_ref()
                .filter(|_| was_whole)
                .map(|change| count(&change.fresh)),
            gone: change
                .as_ref()
                .filter(|_| is_whole)
                .map(|change| count(&change.gone)),
            grown: change.as_ref().map(|change| change.grown),
            sellers: (source.wish.sellers_of > 0)
                .then(|| i64::try_from(stats::sellers(&offers, None).0.len()).unwrap_or(0)),
        };
        let notices = self
            .alerts(
                scope,
                source,
                shelf,
                &earlier,
                last.first().map(|last| last.at),
                &offers,
            )
            .await?;
        source.state = SourceState::Done;
        source.trouble = None;
        source.begun_at = None;
        source.tried_at = Some(self.clock.now());
        source.read_at = Some(at);
        let mut tx = self.db.write().await?;
        watch.guard(&mut tx).await?;
        rows::put_snapshot(&mut tx, scope, &source.id, &snapshot).await?;
        sources::stand(&mut tx, scope, source).await?;
        for notice in &notices {
            self.catalog.tell(&mut tx, scope, notice).await?;
        }
        tx.commit().await?;
        watch
            .log("info", &format!("{}: {} cards", source.title(), snapshot.cards))
            .await;
        Ok(Step::Over)
    }

    /// What of the tracked cards and sellers is told.
    async fn alerts(
        &self,
        scope: &Scope,
        source: &Source,
        shelf: &[ShelfRow],
        earlier: &[ShelfRow],
        before: Option<Timestamp>,
        offers: &[SellerRow],
    ) -> Result<Vec<NewNotice>, ResearchError> {
        let tracked = sources::tracked(&self.db, scope).await?;
        let Some(before) = before.filter(|_| !tracked.is_empty()) else {
            return Ok(Vec::new());
        };
        let old = rows::sellers(&self.db, scope, &source.id, before).await?;
        let link = format!("/market?source={}", source.id);
        let mut notices = Vec::new();
        for one in tracked {
            if one.is_seller {
                let entered: Vec<&SellerRow> = offers
                    .iter()
                    .filter(|row| row.seller == one.word)
                    .filter(|row| old.iter().any(|then| then.card == row.card))
                    .filter(|row| {
                        !old.iter()
                            .any(|then| then.card == row.card && then.seller == row.seller)
                    })
                    .collect();
                if !entered.is_empty() {
                    let notice =
                        NewNotice::new("market-seller", format!("{}:{}", source.id, one.word), Tone::Info);
                    notices.push(
                        notice
                            .arg("seller", &one.title)
                            .arg("count", entered.len())
                            .link(&link),
                    );
                }
                continue;
            }
            let price = |rows: &[ShelfRow]| {
                rows.iter()
                    .find(|row| row.card == one.word)
                    .and_then(|row| row.price)
            };
            if let (Some(was), Some(now)) = (price(earlier), price(shelf))
                && was != now
            {
                let tone = if now < was { Tone::Warn } else { Tone::Info };
                let notice = NewNotice::new("market-price", format!("{}:{}", source.id, one.word), tone);
                notices.push(
                    notice
                        .arg("title", &one.title)
                        .arg("was", was.0)
                        .arg("now", now.0)
                        .link(&link),
                );
            }
        }
        Ok(notices)
    }
}

/// What may be another answer the next time.
const fn may_pass(error: &MarketError) -> bool {
    matches!(
        error,
        MarketError::Timeout
            | MarketError::NoConnection(_)
            | MarketError::BadAnswer(_)
            | MarketError::TooLarge { .. }
            | MarketError::Down { .. }
    )
}

/// A page without cards although more are promised than were seen.
fn empty_too_early(page: &ListingPage, before: i64, source: &Source) -> Option<MarketError> {
    let promised = page.total.or(source.total)?.min(source.wish.most);
    (page.cards.is_empty() && before < promised)
        .then(|| MarketError::BadAnswer(format!("no cards, though {promised} were promised")))
}

/// The sellers of a card when none is missing of those that one answer may hold.
fn whole(answer: CardOffers) -> Result<CardOffers, MarketError> {
    let seen = i64::try_from(answer.offers.len() + answer.refused.len() + answer.duplicates.len());
    let seen = seen.unwrap_or(i64::MAX);
    if seen < answer.total.min(i64::from(SELLERS)) {
        return Err(MarketError::BadAnswer(format!(
            "{seen} sellers, though {} were promised",
            answer.total
        )));
    }
    Ok(answer)
}

/// Cards of a page in the places where buyers see them.
fn shelf_rows(page: &ListingPage, at: Timestamp, before: i64, most: i64) -> Vec<ShelfRow> {
    page.cards
        .iter()
        .zip(before + 1..=most)
        .map(|(card, place)| ShelfRow {
            card: card.card.clone(),
            title: card.title.chars().take(300).collect(),
            brand: card.brand.clone(),
            url: card.url.clone(),
            place,
            price: card.price,
            rating_milli: card.rating_milli.map(i64::from),
            reviews: card.reviews,
            first_at: at,
        })
        .collect()
}
