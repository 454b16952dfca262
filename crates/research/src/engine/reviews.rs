//! The job that reads reviews of own cards: those not read for longest first, new ones judged. Refuses to keep who wrote them.

use super::Asked;
use crate::{
    Research, ResearchError,
    model::KeptReview,
    sentiment,
    store::reviews::{self, CardSum},
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
/// Reviews asked for on a card.
const ROWS: u32 = 30;
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

impl Research {
    async fn read_reviews(&self, context: &JobContext, scope: &Scope) -> Result<Outcome, ResearchError> {
        if !self.settings(scope).await?.reviews {
            context.log("info", "reading reviews is switched off").await;
            return Ok(Outcome::Done);
        }
        let now = self.clock.now();
        let read: HashMap<String, Timestamp> = reviews::read_at(&self.db, scope).await?.into_iter().collect();
        let mut cards = self.catalog.own_cards(scope).await?;
        cards.retain(|(card, ..)| read.get(card).is_none_or(|at| now.since(*at) >= REST));
        cards.sort_by_key(|(card, ..)| read.get(card).copied());
        cards.truncate(CARDS);
        context.step("reviews").await;
        let total = u64::try_from(cards.len()).unwrap_or(0);
        let mut fresh = 0;
        for ((card, title, _), done) in cards.iter().zip(0_u64..) {
            if context.stopping() {
                return Ok(Outcome::Again(self.clock.now()));
            }
            context.progress(done, total).await;
            let way = match self.permit().await? {
                Ok(way) => way,
                Err(at) => return Ok(Outcome::Again(at)),
            };
            let began = self.clock.now();
            let answer = self.catalog.market().reviews(&way.egress, card, 0, ROWS).await;
            let told = match self.heard(&way, began, answer).await? {
                Asked::Later(at) => return Ok(Outcome::Again(at)),
                Asked::Failed(error) => {
                    context.log("warn", &format!("reviews of {card}: {error}")).await;
                    continue;
                }
                Asked::Told(told) => told,
            };
            let at = self.clock.now();
            let kept: Vec<KeptReview> = told
                .reviews
                .iter()
                .map(|one| keep(one, card, title, at))
                .collect();
            let sum = CardSum {
                card,
                title,
                rating_milli: told.rating_milli.map(i64::from),
                total: told.total,
            };
            let mut tx = self.db.write().await?;
            let added = reviews::add(&mut tx, scope, &kept).await?;
            reviews::put_card(&mut tx, scope, &sum, at).await?;
            // What stood there before this card was first read is no news.
            if added > 0 && read.contains_key(card) {
                self.tell_bad(&mut tx, scope, &kept, read.get(card).copied())
                    .await?;
            }
            tx.commit().await?;
            fresh += added;
        }
        context.progress(total, total).await;
        context
            .log("info", &format!("{fresh} new reviews on {total} cards"))
            .await;
        Ok(Outcome::Done)
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
