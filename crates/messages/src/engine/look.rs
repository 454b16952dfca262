//! Asks lines how they stand. A line that stopped working is told to people once; what waits for it goes on waiting.

use super::Postman;
use crate::{
    MessagesError,
    store::{lines, shops},
};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_channel::LineState;

/// Notice of a line that does not work any more.
pub(crate) const OFFLINE: &str = "line-offline";

impl Postman {
    pub(super) async fn look_at_lines(&self) -> Result<(), MessagesError> {
        let messages = &self.messages;
        for whole in lines::to_look_at(&messages.db, messages.clock.now()).await? {
            let id = &whole.line.id;
            let Some(lease) = self.lease(&format!("messages:look:{id}")).await? else {
                continue;
            };
            let looked = self.look_at(&whole).await;
            self.release(&lease).await?;
            looked?;
        }
        Ok(())
    }

    async fn look_at(&self, whole: &lines::Whole) -> Result<(), MessagesError> {
        let messages = &self.messages;
        let (line, id) = (&whole.line, &whole.line.id);
        let scope = Scope::system(line.merchant.clone(), "how lines stand");
        let answer = messages.messenger.look(&messages.dial(&scope, whole)?).await;
        messages.note_line(id, answer.as_ref()).await?;
        let db = &messages.db;
        match answer {
            Ok(info) if info.state.can_send() => {
                messages.catalog.settle(db, &scope, OFFLINE, id.as_str()).await?;
                lines::hold(db, id, None).await?;
            }
            Ok(info) => {
                // A line whose phone was never linked is no news.
                let was_linked = line.number.is_some() && info.state != LineState::Starting;
                if was_linked && let Some(shop) = shops::of_line(db, id).await?.first() {
                    let notice = NewNotice::new(OFFLINE, id.as_str(), Tone::Bad)
                        .shop(shop)
                        .link("/messages/whatsapp");
                    messages.catalog.tell(db, &scope, &notice).await?;
                }
            }
            Err(_) => {}
        }
        Ok(())
    }
}
