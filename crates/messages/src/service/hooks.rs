//! What servers call us with: verified, kept as it came, answered; taken up after. Refuses to act before it is kept.

use crate::{
    Messages, MessagesError,
    store::{events, lines},
};
use sauda_accounts::Scope;

/// Larger calls are no events: media come by address.
const LARGEST_BYTES: usize = 1024 * 1024;

impl Messages {
    /// Keeps an event of the line whose address was called; whether it is new.
    ///
    /// # Errors
    /// When no line has this address, the signature is wrong, or the body is no text.
    pub async fn hear(
        &self,
        word: &str,
        signature: Option<&str>,
        algorithm: Option<&str>,
        body: &[u8],
    ) -> Result<bool, MessagesError> {
        let whole = lines::by_hook(&self.db, word)
            .await?
            .ok_or(MessagesError::NoEar)?;
        if body.len() > LARGEST_BYTES {
            return Err(sauda_channel::ChannelError::TooLarge { limit: LARGEST_BYTES }.into());
        }
        let scope = Scope::system(whole.line.merchant.clone(), "an event of a line");
        self.ear
            .verify(&self.hook_key(&scope, &whole)?, signature, algorithm, body)?;
        let event = self.ear.read(body)?;
        let text = String::from_utf8_lossy(body);
        let now = self.clock.now();
        let is_new = events::insert(&self.db, &whole.line.id, &event.id, &text, now).await? > 0;
        Ok(is_new)
    }
}
