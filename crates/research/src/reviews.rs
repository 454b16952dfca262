//! The door to reviews of own cards: found, counted, over time. Refuses to say who wrote them.

pub use crate::store::reviews::ReviewFilter;
use crate::{
    Research, ResearchError,
    model::{KeptReview, ReviewedCard},
    sentiment::Tone,
    store::reviews,
};
use sauda_accounts::Scope;
use sauda_kernel::{Span, Timestamp};

/// Reviews of one week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReviewWeek {
    /// Its first moment in Almaty, a Monday.
    pub from: Timestamp,
    pub count: i64,
    /// With one or two stars.
    pub bad: i64,
    /// Known reviews by its end, those before the first week left out.
    pub sum: i64,
}

impl Research {
    /// Newest reviews of own cards that a filter wants, and how many there are of each tone.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reviews(
        &self,
        scope: &Scope,
        filter: &ReviewFilter,
        limit: i64,
    ) -> Result<(Vec<KeptReview>, Vec<(Tone, i64)>), ResearchError> {
        Ok((
            reviews::list(&self.db, scope, filter, limit).await?,
            reviews::counts(&self.db, scope, filter).await?,
        ))
    }

    /// Reviews of the last weeks, oldest first, weeks without any too. The week that runs stands last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn review_weeks(
        &self,
        scope: &Scope,
        filter: &ReviewFilter,
        weeks: u32,
    ) -> Result<Vec<ReviewWeek>, ResearchError> {
        let today = self.clock.now().local_midnight();
        let back =
            i64::from(today.local().weekday.saturating_sub(1)) + 7 * i64::from(weeks.saturating_sub(1));
        let first = today.minus(Span::from_days(back));
        let mut told: Vec<ReviewWeek> = (0..i64::from(weeks))
            .map(|week| ReviewWeek {
                from: first.plus(Span::from_days(7 * week)),
                count: 0,
                bad: 0,
                sum: 0,
            })
            .collect();
        for (at, count, bad) in reviews::by_day(&self.db, scope, filter, first).await? {
            let week = at.since(first).as_secs() / (7 * 86_400);
            if let Some(one) = usize::try_from(week).ok().and_then(|week| told.get_mut(week)) {
                one.count += count;
                one.bad += bad;
            }
        }
        let mut sum = 0;
        for one in &mut told {
            sum += one.count;
            one.sum = sum;
        }
        Ok(told)
    }

    /// Cards whose reviews are read, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reviewed_cards(&self, scope: &Scope) -> Result<Vec<ReviewedCard>, ResearchError> {
        Ok(reviews::cards(&self.db, scope).await?)
    }
}
