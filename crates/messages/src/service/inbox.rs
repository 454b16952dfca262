//! Talks for people: the list, one talk, what was looked at. Refuses to decide who sees whole numbers: edges ask for the right.

use crate::{
    Messages, MessagesError,
    model::{InboxView, Message, MessageFile, Talk},
    store::{
        files, messages, silences,
        talks::{self, InboxFilter},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{ShopId, TalkId, Timestamp};

/// Messages of a talk that a page shows.
const SHOWN: i64 = 200;

/// A page of talks.
#[derive(Debug, Clone)]
pub struct Inbox {
    pub talks: Vec<Talk>,
    /// Where the next page begins.
    pub next: Option<(Timestamp, TalkId)>,
    /// How many each view has, without the search.
    pub counts: Vec<(InboxView, i64)>,
}

/// One talk, whole.
#[derive(Debug, Clone)]
pub struct TalkView {
    pub talk: Talk,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// Files that the buyer sent.
    pub files: Vec<MessageFile>,
}

impl Messages {
    /// # Errors
    /// When there is no such shop.
    pub async fn inbox(
        &self,
        scope: &Scope,
        shop: &ShopId,
        filter: &InboxFilter,
    ) -> Result<Inbox, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        let talks = talks::list(&self.db, shop, filter).await?;
        let full = i64::try_from(talks.len()).unwrap_or(i64::MAX) >= filter.limit.clamp(1, 200);
        let next = talks
            .last()
            .filter(|_| full)
            .map(|last| (last.last_at, last.id.clone()));
        let mut counts = Vec::new();
        for view in InboxView::ALL {
            let all = InboxFilter {
                view,
                ..InboxFilter::default()
            };
            counts.push((view, talks::count(&self.db, shop, &all).await?));
        }
        Ok(Inbox { talks, next, counts })
    }

    /// How many talks of a shop wait for a person.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn waiting_for_people(&self, shop: &ShopId) -> Result<i64, MessagesError> {
        let filter = InboxFilter {
            view: InboxView::NeedsPerson,
            ..InboxFilter::default()
        };
        Ok(talks::count(&self.db, shop, &filter).await?)
    }

    /// # Errors
    /// When the shop has no such talk.
    pub async fn talk(&self, scope: &Scope, shop: &ShopId, id: &TalkId) -> Result<TalkView, MessagesError> {
        let talk = self.find_talk(scope, shop, id).await?;
        let messages = messages::of_talk(&self.db, id, SHOWN).await?;
        let files = files::of_talk(&self.db, id).await?;
        Ok(TalkView {
            talk,
            messages,
            files,
        })
    }

    pub(crate) async fn find_talk(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &TalkId,
    ) -> Result<Talk, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        talks::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| MessagesError::NotFound {
                what: "talk",
                id: id.to_string(),
            })
    }

    /// Messages of a shop, the newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn messages(
        &self,
        scope: &Scope,
        shop: &ShopId,
        before: Option<&sauda_kernel::MessageId>,
        limit: i64,
    ) -> Result<Vec<Message>, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        Ok(messages::of_shop(&self.db, shop, before, limit).await?)
    }

    /// One message of a shop.
    ///
    /// # Errors
    /// When the shop has no such message.
    pub async fn message(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &sauda_kernel::MessageId,
    ) -> Result<Message, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        messages::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| MessagesError::NotFound {
                what: "message",
                id: id.to_string(),
            })
    }

    /// What waits for its turn, the next first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn queued(
        &self,
        scope: &Scope,
        shop: &ShopId,
        limit: i64,
    ) -> Result<Vec<Message>, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        Ok(messages::waiting(&self.db, shop, limit).await?)
    }

    /// Somebody has the talk open.
    ///
    /// # Errors
    /// When the shop has no such talk.
    pub async fn talk_seen(&self, scope: &Scope, shop: &ShopId, id: &TalkId) -> Result<(), MessagesError> {
        let talk = self.find_talk(scope, shop, id).await?;
        if talk.unread > 0 {
            talks::seen(&self.db, id).await?;
        }
        Ok(())
    }

    /// A person has dealt with it, or wants somebody to.
    ///
    /// # Errors
    /// When the shop has no such talk.
    pub async fn set_needs_person(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &TalkId,
        needs: bool,
    ) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        self.find_talk(scope, shop, id).await?;
        talks::set_needs(&self.db, id, needs).await?;
        if !needs {
            talks::seen(&self.db, id).await?;
        }
        self.signal(shop).await;
        Ok(())
    }

    /// Notes that a buyer asked for silence: in all shops of the merchant, until a person lifts it. What waits for him is taken back.
    ///
    /// # Errors
    /// When the shop has no such talk.
    pub async fn silence(&self, scope: &Scope, shop: &ShopId, id: &TalkId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let talk = self.find_talk(scope, shop, id).await?;
        let mut tx = self.db.write().await?;
        for who in [&talk.who.phone, &talk.who.chat].into_iter().flatten() {
            silences::add(&mut tx, scope, who, None, &super::person(scope), self.clock.now()).await?;
        }
        for other in talks::of_person(&mut tx, scope, &talk.who).await? {
            messages::cancel_all(&mut tx, &other.id, "silence").await?;
            talks::set_needs(&mut tx, &other.id, false).await?;
        }
        self.audit(&mut tx, scope, "talk.silenced", id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    /// A person lifts a silence that was noted by mistake, or that the buyer took back; what was taken back with it stays so.
    ///
    /// # Errors
    /// When the shop has no such talk.
    pub async fn lift_silence(&self, scope: &Scope, shop: &ShopId, id: &TalkId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let who = self.find_talk(scope, shop, id).await?.who;
        let mut tx = self.db.write().await?;
        let lifted = silences::lift(&mut tx, scope, who.phone.as_deref(), who.chat.as_deref()).await?;
        if lifted > 0 {
            self.audit(&mut tx, scope, "talk.silence_lifted", id.as_str(), None)
                .await?;
        }
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }
}
