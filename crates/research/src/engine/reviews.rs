//! The job that reads reviews of own cards: those not read for longest first, new ones judged. Refuses to keep who wrote them.

use super::Asked;
use crate::{
    Research, ResearchError,
    model::KeptReview,
    sentiment,
    store::reviews::{self, CardStand, CardSum},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone as Weight};
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::{Kind, Span, Timestamp};
use sauda_market::Review;
use std::collections::HashMap;

/// Name of the job.
pub const REVIEWS_JOB: &str = "research.reviews";
/// Cards of one run: the budget of reads belongs to prices first.
const CARDS: usize = 150;
/// Cards looked through at once.
const PART: i64 = 2_000;
/// Reviews asked for in one question.
const ROWS: u32 = 50;
/// Reviews of an earlier time that are made fit for searching in one run.
const FOLDED: i64 = 2_000;
/// A card read within this is not read again.
const REST: Span = Span::from_hours(20);

/// The job `research.reviews`, for one merchant.
pub struct ReviewsJob(pub Research);

#[async_trait]
impl Handler for ReviewsJob {
    fn name(&self) -> &'static str {
        REVIEWS_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let scope = Scope::system(merchant, "reading reviews");
        self.0
            .read_reviews(context, &scope)
            .await
            .map_err(|error| JobError::from_failure(&error))
    }
}

/// How the reading of one card ended.
enum CardRead {
    /// So many were new.
    Done(u64),
    Later(Timestamp),
}

impl Research {
    async fn read_reviews(&self, context: &JobContext, scope: &Scope) -> Result<Outcome, ResearchError> {
        if !self.settings(scope).await?.reviews {
            context.log("info", "reading reviews is switched off").await;
            return Ok(Outcome::Done);
        }
        let settings = self.settings(scope).await?;
        reviews::fold_some(&self.db, scope, FOLDED).await?;
        let stands: HashMap<String, CardStand> = reviews::stands(&self.db, scope).await?;
        let cards = self.cards_to_read(scope, &stands).await?;
        context.step("reviews").await;
        let total = u64::try_from(cards.len()).unwrap_or(0);
        let mut fresh = 0;
        for ((card, title), done) in cards.iter().zip(0_u64..) {
            context.progress(done, total).await;
            let stand = stands.get(card).cloned();
            match self
                .read_card(context, scope, (card, title), stand, settings.review_limit)
                .await?
            {
                CardRead::Done(added) => fresh += added,
                CardRead::Later(at) => return Ok(Outcome::Again(at)),
            }
        }
        context.progress(total, total).await;
        context
            .log("info", &format!("{fresh} new reviews on {total} cards"))
            .await;
        Ok(Outcome::Done)
    }

    /// Cards of this run with their names: those under way go on, then those not read for longest. Looked for in parts, since a
    /// merchant may have a hundred thousand.
    async fn cards_to_read(
        &self,
        scope: &Scope,
        stands: &HashMap<String, CardStand>,
    ) -> Result<Vec<(String, String)>, ResearchError> {
        let now = self.clock.now();
        let mut chosen: Vec<(String, String)> = Vec::new();
        let mut after = String::new();
        loop {
            let part = self.catalog.own_cards_after(scope, &after, PART).await?;
            let Some((last, ..)) = part.last() else {
                return Ok(chosen);
            };
            after.clone_from(last);
            chosen.extend(
                part.into_iter()
                    .map(|(card, title, _)| (card, title))
                    .filter(|(card, _)| {
                        stands
                            .get(card)
                            .is_none_or(|stand| stand.next_page.is_some() || now.since(stand.read_at) >= REST)
                    }),
            );
            chosen.sort_by_key(|(card, _)| {
                let stand = stands.get(card);
                (
                    stand.is_none_or(|stand| stand.next_page.is_none()),
                    stand.map(|stand| stand.read_at),
                )
            });
            chosen.truncate(CARDS);
        }
    }

    /// Reads a card's reviews, newest first: until one is known, or all up to the limit when they were never read through.
    async fn read_card(
        &self,
        context: &JobContext,
        scope: &Scope,
        (card, title): (&str, &str),
        stand: Option<CardStand>,
        most: i64,
    ) -> Result<CardRead, ResearchError> {
        let is_full = stand.as_ref().is_some_and(|stand| stand.is_full);
        let mut page = stand.as_ref().and_then(|stand| stand.next_page).unwrap_or(0);
        let since = stand.map(|stand| stand.read_at);
        let mut fresh = 0;
        loop {
            if context.stopping() {
                return Ok(CardRead::Later(self.clock.now()));
            }
            let market = self.catalog.market();
            let number = u32::try_from(page).unwrap_or(0);
            let asked = self.ask(scope, card, async |way| {
                market.reviews(way, card, number, ROWS).await
            });
            let told = match asked.await? {
                Asked::Later(at) => return Ok(CardRead::Later(at)),
                Asked::Failed(error) => {
                    // It goes on from this page in the next run.
                    context.log("warn", &format!("reviews of {card}: {error}")).await;
                    return Ok(CardRead::Done(fresh));
                }
                Asked::Told(told) => told,
            };
            let at = self.clock.now();
            let kept: Vec<KeptReview> = told
                .reviews
                .iter()
                .map(|one| keep(one, card, title, at))
                .collect();
            let rows = i64::from(ROWS);
            let seen = i64::try_from(told.reviews.len() + told.refused.len()).unwrap_or(rows);
            let mut tx = self.db.write().await?;
            context.guard(&mut tx).await.map_err(ResearchError::TakenOver)?;
            let added = reviews::add(&mut tx, scope, &kept).await?;
            let is_last = seen < rows || (page + 1) * rows >= most;
            let met_known = is_full && i64::try_from(added).unwrap_or(0) < seen;
            let is_over = is_last || met_known;
            page += 1;
            let sum = CardSum {
                card,
                title,
                rating_milli: told.rating_milli.map(i64::from),
                total: told.total,
                next_page: (!is_over).then_some(page),
                is_full: is_full || is_over,
            };
            reviews::put_card(&mut tx, scope, &sum, at).await?;
            // What stood there before this card was first read through is no news.
            if added > 0 && is_full {
                self.tell_bad(&mut tx, scope, &kept, since).await?;
            }
            tx.commit().await?;
            fresh += added;
            if is_over {
                return Ok(CardRead::Done(fresh));
            }
        }
    }

    async fn tell_bad(
        &self,
        tx: &mut sauda_store::Tx,
        scope: &Scope,
        kept: &[KeptReview],
        since: Option<Timestamp>,
    ) -> Result<(), ResearchError> {
        let is_new = |one: &&KeptReview| {
            one.at
                .zip(since)
                .is_some_and(|(at, since)| at >= since.local_midnight())
        };
        for one in kept.iter().filter(is_new).filter(|one| one.stars <= 2) {
            let notice = NewNotice::new("market-review", format!("{}:{}", one.card, one.id), Weight::Warn)
                .arg("title", &one.title)
                .arg("stars", one.stars)
                .link("/market/reviews?tone=negative");
            self.catalog.tell(&mut *tx, scope, &notice).await?;
        }
        Ok(())
    }
}

/// A review as it is kept: the words, judged. Who wrote it is let go.
fn keep(one: &Review, card: &str, title: &str, now: Timestamp) -> KeptReview {
    let told = sentiment::read_parts(&one.text, &one.plus, &one.minus);
    let words: Vec<&str> = [&one.text, &one.plus, &one.minus]
        .into_iter()
        .map(|part| part.trim())
        .filter(|part| !part.is_empty())
        .collect();
    KeptReview {
        card: card.to_owned(),
        title: title.to_owned(),
        id: one.id.clone(),
        at: one.at,
        stars: one.stars,
        text: words.join("\n").chars().take(4_000).collect(),
        seller: one.merchant_uid.clone(),
        tone: told.tone,
        positive_milli: milli(told.positive),
        aspects: told
            .aspects
            .iter()
            .map(|(aspect, tone)| (aspect.word().to_owned(), tone.word().to_owned()))
            .collect(),
        read_at: now,
    }
}

#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "a share of one has a thousandth between 0 and 1000; there is no other way from f64 to i64"
)]
fn milli(share: f64) -> i64 {
    (share.clamp(0.0, 1.0) * 1000.0).round() as i64
}
