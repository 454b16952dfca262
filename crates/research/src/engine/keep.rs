//! The nightly job: old days into archives, old archives away, and the summary when it is due.

use crate::{
    Research, ResearchError, look, plan,
    store::{looks, raws, rows, sources},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::{Kind, Span};
use std::fmt::Write as _;

/// Name of the job.
pub const KEEP_JOB: &str = "research.keep";
/// zstd level: rows of a day shrink to a tenth at once.
const PACKING: i32 = 5;

/// The job `research.keep`, for one merchant.
pub struct KeepJob(pub Research);

#[async_trait]
impl Handler for KeepJob {
    fn name(&self) -> &'static str {
        KEEP_JOB
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let merchant = context
            .merchant()
            .cloned()
            .ok_or_else(|| JobError::new(Kind::Invalid, "job-payload", "the job names no merchant"))?;
        let scope = Scope::system(merchant, "keeping the market");
        let kept = async {
            let days = self.0.archive(&scope).await?;
            let told = self.0.report(&scope).await?;
            Ok::<_, ResearchError>((days, told))
        };
        let (days, told) = kept.await.map_err(|error| JobError::from_failure(&error))?;
        context
            .log("info", &format!("{days} days archived, summary told: {told}"))
            .await;
        Ok(Outcome::Done)
    }
}

impl Research {
    /// Packs days that are old enough; how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn archive(&self, scope: &Scope) -> Result<u64, ResearchError> {
        let settings = self.settings(scope).await?;
        let today = self.clock.now().local_midnight();
        let mut days = 0;
        let before = today.minus(Span::from_days(settings.keep_days));
        for (source, day) in rows::open_days(&self.db, scope, before).await? {
            let all = rows::day(&self.db, scope, &source, day).await?;
            let mut text = "at,card,place,price,rating_milli,reviews\n".to_owned();
            let shown = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
            for (at, row) in &all {
                let (price, rating) = (shown(row.price.map(|price| price.0)), shown(row.rating_milli));
                let (at, reviews) = (at.rfc3339_almaty(), shown(row.reviews));
                // Writing into a text does not fail.
                let _ = writeln!(text, "{at},{},{},{price},{rating},{reviews}", row.card, row.place);
            }
            let body = zstd::encode_all(text.as_bytes(), PACKING)
                .map_err(|error| ResearchError::Cluster(error.to_string()))?;
            let mut tx = self.db.write().await?;
            rows::archive(
                &mut tx,
                scope,
                &source,
                day,
                i64::try_from(all.len()).unwrap_or(0),
                body,
            )
            .await?;
            tx.commit().await?;
            days += 1;
        }
        raws::forget(
            &self.db,
            scope,
            self.clock.now().minus(Span::from_days(settings.raw_days)),
        )
        .await?;
        looks::forget(&self.db, scope, self.clock.now().minus(look::KEPT)).await?;
        rows::forget_archives(
            &self.db,
            scope,
            today.minus(Span::from_days(settings.archive_days)),
        )
        .await?;
        Ok(days)
    }

    /// Tells the summary when it is due, and remembers that.
    async fn report(&self, scope: &Scope) -> Result<bool, ResearchError> {
        let mut settings = self.settings(scope).await?;
        let now = self.clock.now();
        if !plan::report_due(&settings, now) {
            return Ok(false);
        }
        let (mut cards, mut fresh, mut grown) = (0, 0, 0);
        for source in sources::list(&self.db, scope).await? {
            if let Some(last) = rows::snapshots(&self.db, scope, &source.id, 1).await?.first() {
                cards += last.cards;
            }
            for one in rows::snapshots(&self.db, scope, &source.id, 200).await? {
                if settings.told_at.is_none_or(|told| one.at > told) {
                    fresh += one.fresh.unwrap_or(0);
                    grown += one.grown.unwrap_or(0);
                }
            }
        }
        settings.told_at = Some(now);
        let mut tx = self.db.write().await?;
        sources::put_settings(&mut tx, scope, &settings).await?;
        if cards > 0 {
            let subject = now.local_midnight().rfc3339_almaty();
            let notice = NewNotice::new("market-report", subject, Tone::Info)
                .arg("cards", cards)
                .arg("fresh", fresh)
                .arg("grown", grown)
                .link("/market");
            self.catalog.tell(&mut tx, scope, &notice).await?;
        }
        tx.commit().await?;
        Ok(cards > 0)
    }
}
