//! Messages about one order: its talk, the question of its size, the answers. Refuses to say what is packed.

use super::writing::{About, buyer_phone};
use crate::{
    Messages, MessagesError,
    model::{Message, MessageFile, SizeAnswer, Talk},
    store::{
        asks::{self, Untold},
        files, messages, talks,
    },
    trigger::Trigger,
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{MessageId, ShopId, Span, Timestamp};
use std::collections::BTreeMap;

/// Codes that are asked for in one statement.
const TOGETHER: usize = 500;
/// Answers that are older change nothing any more.
const UNTOLD: Span = Span::from_days(7);

/// The talk with the buyer of an order.
#[derive(Debug, Clone)]
pub struct OrderTalk {
    /// None when nothing was said yet.
    pub talk: Option<Talk>,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Files that the buyer sent.
    pub files: Vec<MessageFile>,
    /// The marketplace shows a phone to write to.
    pub has_phone: bool,
    /// The shop has a line to write by.
    pub has_line: bool,
}

impl Messages {
    /// # Errors
    /// When this shop has no such order.
    pub async fn order_talk(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
    ) -> Result<OrderTalk, MessagesError> {
        let view = self.orders.view(scope, shop, code).await?;
        let phone = buyer_phone(&view);
        let talk = match &phone {
            Some(phone) => talks::by_phone(&self.db, shop, phone.digits()).await?,
            None => None,
        };
        let (messages, files) = match &talk {
            Some(talk) => (
                messages::of_talk(&self.db, &talk.id, 100).await?,
                files::of_talk(&self.db, &talk.id).await?,
            ),
            None => (Vec::new(), Vec::new()),
        };
        Ok(OrderTalk {
            talk,
            messages,
            files,
            has_phone: phone.is_some(),
            has_line: self.settings_of(shop).await?.line.is_some(),
        })
    }

    /// Asks the buyer of an order whether the size is right; an order is asked once, whoever asks. An empty size is read from the
    /// names of the goods.
    ///
    /// # Errors
    /// When the order shows no phone, the buyer asked for silence, the shop has no line, or the text lacks something.
    pub async fn ask_size(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        size: &str,
    ) -> Result<MessageId, MessagesError> {
        scope
            .require(Right::ManageOrders)
            .map_err(MessagesError::Accounts)?;
        if self.settings(scope, shop).await?.line.is_none() {
            return Err(MessagesError::NoLine);
        }
        let view = self.orders.view(scope, shop, code).await?;
        let once = format!("{}:{}", view.order.id, Trigger::SizeConfirmation.word());
        let about = About {
            trigger: Trigger::SizeConfirmation,
            at: self.clock.now(),
            once: &once,
            size,
        };
        Ok(self.tell(scope, &view, &about).await?.0)
    }

    /// When a message of a shop that was recorded now may leave: its hours, quiet days and what its number may still write today. A
    /// shop without a line waits for nothing.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn leaves_at(&self, scope: &Scope, shop: &ShopId) -> Result<Timestamp, MessagesError> {
        let now = self.clock.now();
        let settings = self.settings(scope, shop).await?;
        let Some(line) = &settings.line else {
            return Ok(now);
        };
        let whole = self.whole_line(scope, line).await?;
        Ok(self.turn_of(&whole.line, &settings.limits, now).await?.at)
    }

    /// Clear answers about sizes that their orders were not told of yet, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn untold_answers(&self, limit: i64) -> Result<Vec<Untold>, MessagesError> {
        let since = self.clock.now().minus(UNTOLD);
        Ok(asks::untold(&self.db, since, limit).await?)
    }

    /// Notes that an order was told of the answer of a moment: it is not told of it again.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn answer_told(&self, told: &Untold) -> Result<(), MessagesError> {
        if let Some(at) = told.answer.replied_at {
            asks::told(&self.db, &told.shop, &told.order_code, at).await?;
        }
        Ok(())
    }

    /// What is known of the sizes of these orders; those that were never asked are left out.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn answers(
        &self,
        scope: &Scope,
        shop: &ShopId,
        codes: &[&str],
    ) -> Result<BTreeMap<String, SizeAnswer>, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        let mut all = BTreeMap::new();
        for part in codes.chunks(TOGETHER) {
            all.extend(asks::of_orders(&self.db, shop, part).await?);
        }
        Ok(all)
    }
}
