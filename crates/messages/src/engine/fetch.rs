//! Fetches files that buyers sent from the line's own server, which holds them for minutes only. Refuses types that are not listed, and bytes
//! that are not what they say.

use super::Postman;
use crate::{
    MessagesError,
    model::{FILE_BYTES, FileState, file_kind, is_what_it_says},
    store::{
        files::{self, Due},
        lines,
    },
};
use sauda_accounts::Scope;
use sauda_channel::{ChannelError, Media};
use sauda_kernel::Span;

/// Files fetched in one turn.
const TOGETHER: i64 = 10;
/// So often one is tried: most of the tries are made while servers still hold it.
const TRIES: i64 = 9;
/// Doubled after each try.
const AGAIN_SECS: i64 = 5;
const LONGEST: Span = Span::from_mins(15);
/// How long files are kept.
pub(super) const KEPT: Span = Span::from_days(90);

/// What came of fetching.
enum Came {
    Bytes(&'static str, Vec<u8>),
    Refused(&'static str),
    Lost(String),
    Later(String),
}

impl Postman {
    pub(super) async fn fetch_all(&self) -> Result<usize, MessagesError> {
        let messages = &self.messages;
        let now = messages.clock.now();
        if files::due(&messages.db, now, 1).await?.is_empty() {
            return Ok(0);
        }
        let Some(lease) = self.lease("messages:files").await? else {
            return Ok(0);
        };
        let worked = async {
            let mut kept = 0;
            for due in files::due(&messages.db, now, TOGETHER).await? {
                kept += usize::from(self.fetch(&due).await?);
                if !self.holds(&lease).await? {
                    break;
                }
            }
            Ok(kept)
        };
        let worked = worked.await;
        self.release(&lease).await?;
        worked
    }

    /// Whether it is here now.
    async fn fetch(&self, due: &Due) -> Result<bool, MessagesError> {
        let messages = &self.messages;
        let came = self.ask_for(due).await?;
        let (db, id) = (&messages.db, &due.message);
        let is_kept = match came {
            Came::Bytes(mime, bytes) => files::kept(db, id, mime, bytes).await? > 0,
            Came::Refused(why) => {
                files::not_kept(db, id, FileState::Refused, why, None).await?;
                false
            }
            Came::Later(why) if due.tries + 1 < TRIES => {
                let doubled = AGAIN_SECS.saturating_mul(1 << due.tries.clamp(0, 10));
                let wait = Span::from_secs(doubled).min(LONGEST);
                let next = messages.clock.now().plus(wait);
                files::not_kept(db, id, FileState::Waiting, &why, Some(next)).await?;
                false
            }
            Came::Lost(why) | Came::Later(why) => {
                tracing::info!(message.id = %id, why, "a file of a buyer could not be fetched");
                files::not_kept(db, id, FileState::Lost, &why, None).await?;
                false
            }
        };
        messages.signal(&due.shop).await;
        Ok(is_kept)
    }

    async fn ask_for(&self, due: &Due) -> Result<Came, MessagesError> {
        let messages = &self.messages;
        let Some((_, mime)) = file_kind(&due.mime) else {
            return Ok(Came::Refused("kind"));
        };
        let Some(whole) = lines::find(&messages.db, &due.line).await? else {
            return Ok(Came::Lost("line_gone".to_owned()));
        };
        let scope = Scope::system(due.merchant.clone(), "files of buyers");
        let media = Media {
            url: due.url.clone(),
            mime: Some(due.mime.clone()),
            file_name: Some(due.name.clone()),
            error: None,
        };
        let line = messages.dial(&scope, &whole)?;
        Ok(match messages.messenger.fetch(&line, &media).await {
            Ok(bytes) if bytes.is_empty() => Came::Lost("empty".to_owned()),
            Ok(bytes) if bytes.len() > FILE_BYTES => Came::Refused("too_large"),
            Ok(bytes) if !is_what_it_says(mime, &bytes) => Came::Refused("other_bytes"),
            Ok(bytes) => Came::Bytes(mime, bytes),
            Err(ChannelError::TooLarge { .. }) => Came::Refused("too_large"),
            Err(error @ (ChannelError::NotFound(_) | ChannelError::Unsupported(_))) => {
                Came::Lost(error.word().to_owned())
            }
            Err(error) => Came::Later(error.word().to_owned()),
        })
    }
}
