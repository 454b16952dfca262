//! The job that reads categories and queries: page by page, going on where it stopped, one snapshot however much was missed.

use super::Asked;
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
use sauda_kernel::{Kind, Timestamp};
use sauda_market::{CardQuestion, ListingPage, ListingQuestion, MarketError};

/// Name of the job.
pub const COLLECT_JOB: &str = "research.collect";
/// Sellers asked for on a card: the most that the storefront gives.
const SELLERS: u32 = 64;

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
            .collect(context, &scope)
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
    async fn collect(&self, context: &JobContext, scope: &Scope) -> Result<Outcome, ResearchError> {
        let times = self.settings(scope).await?.times;
        let now = self.clock.now();
        let all = sources::list(&self.db, scope).await?;
        let due: Vec<Source> = all
            .into_iter()
            .filter(|source| plan::is_due(source, &times, now))
            .collect();
        if due.is_empty() {
            context
                .log(
                    "info",
                    "nothing is due: every category was read since its last time",
                )
                .await;
        }
        let total = u64::try_from(due.len()).unwrap_or(0);
        for (mut source, done) in due.into_iter().zip(0_u64..) {
            context.step(source.title()).await;
            context.progress(done, total).await;
            loop {
                if context.stopping() {
                    return Ok(Outcome::Again(self.clock.now()));
                }
                match self.advance(context, scope, &mut source).await? {
                    Step::More => {}
                    Step::Over => break,
                    Step::Later(at) => {
                        context
                            .log("info", "the read budget is spent, going on later")
                            .await;
                        return Ok(Outcome::Again(at));
                    }
                }
            }
        }
        context.progress(total, total).await;
        Ok(Outcome::Done)
    }

    /// Reads one page or the sellers of one card, and writes down how far it came.
    async fn advance(
        &self,
        context: &JobContext,
        scope: &Scope,
        source: &mut Source,
    ) -> Result<Step, ResearchError> {
        let Some(at) = source.begun_at else {
            source.begun_at = Some(self.clock.now());
            source.state = SourceState::Reading;
            source.next_page = 0;
            source.next_card = 0;
            source.total = None;
            sources::stand(&self.db, scope, source).await?;
            return Ok(Step::More);
        };
        if source.next_page < source.wish.pages {
            return self.page(context, scope, source, at).await;
        }
        let shelf = rows::of(&self.db, scope, &source.id, at).await?;
        let next = usize::try_from(source.next_card).unwrap_or(usize::MAX);
        if source.next_card < source.wish.sellers_of
            && let Some(row) = shelf.get(next)
        {
            return self.card(context, scope, source, at, &row.card).await;
        }
        self.finish(context, scope, source, at, &shelf).await
    }

    async fn page(
        &self,
        context: &JobContext,
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
        let way = match self.permit().await? {
            Ok(way) => way,
            Err(at) => return Ok(Step::Later(at)),
        };
        let began = self.clock.now();
        let answer = self.catalog.market().listing(&way.egress, &question).await;
        let told = match self.heard(&way, began, answer).await? {
            Asked::Later(at) => return Ok(Step::Later(at)),
            Asked::Failed(error) if source.next_page == 0 => {
                return self.give_up(context, scope, source, &error).await;
            }
            // Pages deep down are refused at times: what was read until there is a snapshot.
            Asked::Failed(error) => {
                context
                    .log("warn", &format!("page {}: {error}", source.next_page + 1))
                    .await;
                ListingPage {
                    cards: Vec::new(),
                    total: source.total,
                    refused: Vec::new(),
                }
            }
            Asked::Told(page) => page,
        };
        let before = i64::try_from(rows::of(&self.db, scope, &source.id, at).await?.len()).unwrap_or(0);
        let shelf = shelf_rows(&told, at, before, source.wish.most);
        for why in &told.refused {
            context
                .log("warn", &format!("page {}: {why}", source.next_page + 1))
                .await;
        }
        source.total = told.total.or(source.total);
        source.next_page += 1;
        let known = before + i64::try_from(shelf.len()).unwrap_or(0);
        let is_last = told.cards.is_empty()
            || known >= source.wish.most
            || source.total.is_some_and(|total| known >= total);
        if is_last {
            source.next_page = source.wish.pages;
        }
        let mut tx = self.db.write().await?;
        rows::add(&mut tx, scope, &source.id, at, &shelf).await?;
        sources::stand(&mut tx, scope, source).await?;
        tx.commit().await?;
        Ok(Step::More)
    }

    async fn card(
        &self,
        context: &JobContext,
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
        let way = match self.permit().await? {
            Ok(way) => way,
            Err(at) => return Ok(Step::Later(at)),
        };
        let began = self.clock.now();
        let answer = self.catalog.market().card_offers(&way.egress, &question).await;
        let told = match self.heard(&way, began, answer).await? {
            Asked::Later(at) => return Ok(Step::Later(at)),
            Asked::Failed(error) => {
                context.log("warn", &format!("sellers of {card}: {error}")).await;
                Vec::new()
            }
            Asked::Told(offers) => offers.offers,
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
        let mut tx = self.db.write().await?;
        rows::add_sellers(&mut tx, scope, &source.id, at, &sellers).await?;
        sources::stand(&mut tx, scope, source).await?;
        tx.commit().await?;
        Ok(Step::More)
    }

    /// Nothing could be read: that is no empty shelf.
    async fn give_up(
        &self,
        context: &JobContext,
        scope: &Scope,
        source: &mut Source,
        error: &MarketError,
    ) -> Result<Step, ResearchError> {
        context
            .log("error", &format!("{}: {error}", source.title()))
            .await;
        source.state = SourceState::Failed;
        source.trouble = Some(error.word().to_owned());
        source.begun_at = None;
        source.tried_at = Some(self.clock.now());
        sources::stand(&self.db, scope, source).await?;
        Ok(Step::Over)
    }

    async fn finish(
        &self,
        context: &JobContext,
        scope: &Scope,
        source: &mut Source,
        at: Timestamp,
        shelf: &[ShelfRow],
    ) -> Result<Step, ResearchError> {
        if shelf.is_empty() {
            let nothing = MarketError::NotFound(source.wish.word.clone());
            return self.give_up(context, scope, source, &nothing).await;
        }
        let last = rows::snapshots(&self.db, scope, &source.id, 1).await?;
        let earlier = match last.first() {
            Some(last) => rows::of(&self.db, scope, &source.id, last.at).await?,
            None => Vec::new(),
        };
        let change = (!earlier.is_empty()).then(|| stats::change(shelf, &earlier));
        let offers = rows::sellers(&self.db, scope, &source.id, at).await?;
        let spread = stats::spread(shelf);
        let count = |list: &[String]| i64::try_from(list.len()).unwrap_or(0);
        let snapshot = Snapshot {
            at,
            cards: i64::try_from(shelf.len()).unwrap_or(0),
            total: source.total,
            is_whole: true,
            low: spread.map(|(low, ..)| low),
            middle: spread.map(|(_, middle, _)| middle),
            high: spread.map(|(.., high)| high),
            fresh: change.as_ref().map(|change| count(&change.fresh)),
            gone: change.as_ref().map(|change| count(&change.gone)),
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
        rows::put_snapshot(&mut tx, scope, &source.id, &snapshot).await?;
        sources::stand(&mut tx, scope, source).await?;
        for notice in &notices {
            self.catalog.tell(&mut tx, scope, notice).await?;
        }
        tx.commit().await?;
        context
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
