//! Keeps answers of the storefront as they came, when a merchant asked for that. Refuses to keep who wrote a review or what they ordered.

use crate::{
    Research, ResearchError,
    model::RawMark,
    store::{raws, sources},
};
use sauda_accounts::Scope;
use sauda_market::{MarketError, raw};

/// Room for the raw answers of a merchant, bytes as they lie: 200 MiB.
const ROOM: i64 = 200 * 1024 * 1024;
/// zstd level.
const PACKING: i32 = 3;

impl Research {
    /// Does the question; keeps every answer that comes meanwhile.
    pub(crate) async fn overhear<T>(
        &self,
        scope: &Scope,
        subject: &str,
        question: impl Future<Output = Result<T, MarketError>>,
    ) -> Result<Result<T, MarketError>, ResearchError> {
        let days = sources::settings(&self.db, scope)
            .await?
            .map_or(0, |known| known.raw_days);
        if days == 0 {
            return Ok(question.await);
        }
        let (answer, heard) = raw::overhear(question).await;
        let last = heard.len().saturating_sub(1);
        for (one, place) in heard.into_iter().zip(0..) {
            // A question may take several answers; the last one is what came of it.
            let trouble = match &answer {
                Err(error) if place == last => Some(error.word().to_owned()),
                _ => None,
            };
            self.keep_raw(scope, subject, one, trouble).await?;
        }
        Ok(answer)
    }

    async fn keep_raw(
        &self,
        scope: &Scope,
        subject: &str,
        one: raw::RawAnswer,
        trouble: Option<String>,
    ) -> Result<(), ResearchError> {
        let body = zstd::encode_all(one.body.as_slice(), PACKING)
            .map_err(|error| ResearchError::Cluster(error.to_string()))?;
        let at = self.clock.now();
        let mark = RawMark {
            id: format!("{:x}-{:016x}", at.as_micros(), fnv(&one.body)),
            at,
            about: one.call.to_owned(),
            subject: subject.chars().take(100).collect(),
            status: Some(i64::from(one.status)),
            trouble,
            bytes: i64::try_from(one.bytes).unwrap_or(i64::MAX),
            packed: i64::try_from(body.len()).unwrap_or(i64::MAX),
        };
        let mut tx = self.db.write().await?;
        let (_, taken) = raws::room(&mut tx, scope).await?;
        raws::make_room(&mut tx, scope, taken + mark.packed - ROOM).await?;
        raws::add(&mut tx, scope, &mark, body).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// FNV-1a.
fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
