//! Files of buyers for people: what stands beside a message, and its bytes. Refuses to hand over what was not kept.

use crate::{Messages, MessagesError, model::MessageFile, store::files};
use sauda_accounts::Scope;
use sauda_kernel::{MessageId, ShopId};

impl Messages {
    /// A file of a message with its bytes.
    ///
    /// # Errors
    /// When the shop has no such file, or its bytes are not here (any more).
    pub async fn file(
        &self,
        scope: &Scope,
        shop: &ShopId,
        message: &MessageId,
    ) -> Result<(MessageFile, Vec<u8>), MessagesError> {
        self.catalog.shop(scope, shop).await?;
        match files::bytes(&self.db, shop, message).await? {
            Some((file, Some(bytes))) => Ok((file, bytes)),
            _ => Err(MessagesError::NotFound {
                what: "file",
                id: message.to_string(),
            }),
        }
    }
}
