//! Forgets a buyer on request: phone, name and words go; that he asked for silence stays, or he would be written to again.

use crate::{
    Messages, MessagesError,
    store::{asks, files, messages, talks},
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{ShopId, TalkId};

impl Messages {
    /// # Errors
    /// When the shop has no such talk.
    pub async fn erase_talk(&self, scope: &Scope, shop: &ShopId, id: &TalkId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        self.find_talk(scope, shop, id).await?;
        let mut tx = self.db.write().await?;
        messages::cancel_all(&mut tx, id, "erased").await?;
        messages::erase(&mut tx, id).await?;
        files::erase(&mut tx, id).await?;
        asks::erase(&mut tx, id).await?;
        talks::erase(&mut tx, id).await?;
        self.audit(&mut tx, scope, "talk.erased", id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }
}
