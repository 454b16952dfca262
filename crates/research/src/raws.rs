//! The door to raw answers: what is kept, one of them unpacked. Refuses to open those of another merchant.

use crate::{Research, ResearchError, model::RawMark, store::raws};
use sauda_accounts::{Right, Scope};
use sauda_kernel::Timestamp;

/// Raw answers that are kept, newest first.
#[derive(Debug, Clone)]
pub struct RawList {
    pub rows: Vec<RawMark>,
    /// How many are kept in all.
    pub count: i64,
    /// How much room they take, bytes.
    pub packed: i64,
}

impl Research {
    /// Raw answers, newest first: those that could not be used alone when asked, those after one when it is given.
    ///
    /// # Errors
    /// When the database does not answer, or without the right.
    pub async fn raws(
        &self,
        scope: &Scope,
        troubled: bool,
        after: Option<(Timestamp, &str)>,
        limit: i64,
    ) -> Result<RawList, ResearchError> {
        scope.require(Right::ManagePrices)?;
        let (count, packed) = raws::room(&self.db, scope).await?;
        Ok(RawList {
            rows: raws::list(&self.db, scope, troubled, after, limit).await?,
            count,
            packed,
        })
    }

    /// One raw answer as it came.
    ///
    /// # Errors
    /// When there is none, it is damaged, or without the right.
    pub async fn raw(&self, scope: &Scope, id: &str) -> Result<(RawMark, Vec<u8>), ResearchError> {
        scope.require(Right::ManagePrices)?;
        let kept = raws::one(&self.db, scope, id)
            .await?
            .ok_or_else(|| ResearchError::NoRaw(id.to_owned()))?;
        let body = zstd::decode_all(kept.body.as_slice())
            .map_err(|_| ResearchError::Store(sauda_store::StoreError::Sealed("the answer is damaged")))?;
        Ok((kept.mark, body))
    }
}
