//! Recording what is to be said: by people, about orders, about sizes. Each once; the engine sends.

use super::person;
use crate::{
    Messages, MessagesError,
    model::{Ask, Message, MessageState, Talk, Who, template_facts},
    store::{
        asks, messages, silences,
        talks::{self, Said},
    },
    template::{Facts, LONGEST_MESSAGE, Pair},
    trigger::Trigger,
};
use sauda_accounts::{Right, Scope};
use sauda_channel::Phone;
use sauda_kernel::{MessageId, ShopId, TalkId, Timestamp};
use sauda_orders::OrderView;
use sauda_store::Tx;

/// What is said about an order by itself.
pub(crate) struct About<'a> {
    pub trigger: Trigger,
    /// Not before.
    pub at: Timestamp,
    /// The same for the same order and trigger for ever.
    pub once: &'a str,
    /// The size that is asked about, when it is known.
    pub size: &'a str,
}

impl Messages {
    /// Records what a person writes into a talk.
    ///
    /// # Errors
    /// When the text makes no sense, the buyer asked for silence, or the shop has no line.
    pub async fn write(
        &self,
        scope: &Scope,
        shop: &ShopId,
        talk: &TalkId,
        text: &str,
    ) -> Result<MessageId, MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let talk = self.find_talk(scope, shop, talk).await?;
        self.write_in(scope, &talk, text, talk.order_code.as_deref())
            .await
    }

    /// Records what a person writes to the buyer of an order.
    ///
    /// # Errors
    /// As above, and when the order shows no phone.
    pub async fn write_to_order(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        text: &str,
    ) -> Result<MessageId, MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let view = self.orders.view(scope, shop, code).await?;
        checked(text)?;
        let talk = self.talk_with_buyer(scope, &view).await?;
        self.write_in(scope, &talk, text, Some(code)).await
    }

    async fn write_in(
        &self,
        scope: &Scope,
        talk: &Talk,
        text: &str,
        code: Option<&str>,
    ) -> Result<MessageId, MessagesError> {
        let text = checked(text)?;
        if talk.is_silent {
            return Err(MessagesError::Silent);
        }
        if self.settings_of(&talk.shop).await?.line.is_none() {
            return Err(MessagesError::NoLine);
        }
        let (id, now): (MessageId, Timestamp) = (self.id(), self.clock.now());
        let message = Message {
            order_code: code.map(str::to_owned),
            written_by: person(scope),
            ..queued(&id, talk, id.as_str(), text, now, now)
        };
        let mut tx = self.db.write().await?;
        messages::insert(&mut tx, scope, &message, None, None).await?;
        let said = Said {
            at: now,
            text,
            ours: true,
            unread: 0,
            needs_person: Some(false),
            needs_answer: false,
            is_kazakh: None,
        };
        talks::said(&mut tx, &talk.id, &said).await?;
        talks::seen(&mut tx, &talk.id).await?;
        self.audit(&mut tx, scope, "message.written", talk.id.as_str(), None)
            .await?;
        tx.commit().await?;
        self.signal(&talk.shop).await;
        Ok(id)
    }

    /// Takes back a message that has not left.
    ///
    /// # Errors
    /// When the shop has no such message, or it has left.
    pub async fn cancel(&self, scope: &Scope, shop: &ShopId, id: &MessageId) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        self.catalog.shop(scope, shop).await?;
        messages::find(&self.db, shop, id)
            .await?
            .ok_or_else(|| MessagesError::NotFound {
                what: "message",
                id: id.to_string(),
            })?;
        if messages::cancel(&self.db, id, "person").await? == 0 {
            return Err(MessagesError::NotQueued);
        }
        self.signal(shop).await;
        Ok(())
    }

    /// The talk with the buyer of an order, made when there is none.
    pub(crate) async fn talk_with_buyer(
        &self,
        scope: &Scope,
        view: &OrderView,
    ) -> Result<Talk, MessagesError> {
        let seen = &view.order.seen;
        let phone = buyer_phone(view).ok_or_else(|| MessagesError::NoPhone {
            code: seen.code.clone(),
        })?;
        let (shop, digits) = (&view.order.shop, phone.digits());
        let fold = sauda_catalog::fold(&[&seen.buyer, &seen.code]);
        if let Some(talk) = talks::by_phone(&self.db, shop, digits).await? {
            if talk.order_code.as_deref() != Some(seen.code.as_str()) {
                talks::about_order(&self.db, &talk.id, &seen.code, &seen.buyer, &fold).await?;
            }
            return Ok(talk);
        }
        let who = Who {
            phone: Some(digits.to_owned()),
            chat: None,
            name: seen.buyer.clone(),
        };
        let talk = Talk {
            order_code: Some(seen.code.clone()),
            ..fresh(self.id(), shop, who, self.clock.now())
        };
        talks::insert(&self.db, scope, &talk, &fold).await?;
        talks::by_phone(&self.db, shop, digits)
            .await?
            .ok_or_else(|| MessagesError::NotFound {
                what: "talk",
                id: talk.id.to_string(),
            })
    }

    /// What stands for the variables of a template; an order that is fetched waits at the shop's point, which the catalog knows by name.
    pub(crate) async fn words_of(
        &self,
        scope: &Scope,
        view: &OrderView,
        shop: &str,
        size: &str,
    ) -> Result<Facts, MessagesError> {
        let facts = template_facts(view, shop, size);
        let point = view.order.seen.document.point_id.as_deref();
        let (Some(point), true) = (point, facts.delivery_address.is_empty()) else {
            return Ok(facts);
        };
        let points = self.catalog.points(scope, &view.order.shop).await?;
        let known = points
            .into_iter()
            .find(|known| known.id == point || known.code == point);
        Ok(Facts {
            delivery_address: known.map(|known| known.name).unwrap_or_default(),
            ..facts
        })
    }

    /// Records what is said about an order by itself, in the language of its buyer; whether it is new.
    pub(crate) async fn tell(
        &self,
        scope: &Scope,
        view: &OrderView,
        about: &About<'_>,
    ) -> Result<(MessageId, bool), MessagesError> {
        let seen = &view.order.seen;
        let shop = self.catalog.shop(scope, &view.order.shop).await?;
        let texts = self.text_of(&shop.id, about.trigger.word()).await?;
        let pair = Pair::parse(&texts.ru, &texts.kk).map_err(MessagesError::Template)?;
        let facts = self.words_of(scope, view, &shop.name, about.size).await?;
        let talk = self.talk_with_buyer(scope, view).await?;
        let template = if talk.is_kazakh { &pair.kk } else { &pair.ru };
        let text = template.render(&facts).map_err(MessagesError::Render)?;
        let (id, now): (MessageId, Timestamp) = (self.id(), self.clock.now());
        let message = Message {
            order_code: Some(seen.code.clone()),
            about: Some(about.trigger.word().to_owned()),
            template: Some(format!("{}.{}", texts.key, texts.version)),
            written_by: person(scope),
            ..queued(&id, &talk, about.once, &text, now, about.at)
        };
        let mut tx = self.db.write().await?;
        if silences::is_silent(
            &mut tx,
            scope,
            talk.who.phone.as_deref(),
            talk.who.chat.as_deref(),
        )
        .await?
        {
            return Err(MessagesError::Silent);
        }
        if messages::insert(&mut tx, scope, &message, None, None).await? == 0 {
            drop(tx);
            let first = messages::by_once(&self.db, about.once).await?;
            return Ok((first.map_or(id, |first| first.id), false));
        }
        if about.trigger == Trigger::SizeConfirmation {
            self.keep_ask(&mut tx, &message, &facts.size).await?;
        }
        tx.commit().await?;
        self.signal(&shop.id).await;
        Ok((id, true))
    }

    async fn keep_ask(&self, tx: &mut Tx, message: &Message, size: &str) -> Result<(), MessagesError> {
        let ask = Ask {
            order_code: message.order_code.clone().unwrap_or_default(),
            talk: message.talk.clone(),
            message: message.id.clone(),
            size: size.to_owned(),
            asked_at: message.created_at,
            reply: None,
            values: None,
            replied_at: None,
        };
        asks::insert(tx, &message.shop, &ask).await?;
        Ok(())
    }
}

/// The phone of an order's buyer, when the marketplace shows it whole.
pub(crate) fn buyer_phone(view: &OrderView) -> Option<Phone> {
    let seen = &view.order.seen;
    if !seen.document.phone_known {
        return None;
    }
    Phone::parse(&seen.phone).ok()
}

fn checked(text: &str) -> Result<&str, MessagesError> {
    let text = text.trim();
    let length = text.chars().count();
    match length {
        0 => Err(MessagesError::Empty),
        _ if length > LONGEST_MESSAGE => Err(MessagesError::TooLong {
            length,
            limit: LONGEST_MESSAGE,
        }),
        _ => Ok(text),
    }
}

/// A talk in which nothing was said.
pub(crate) fn fresh(id: TalkId, shop: &ShopId, who: Who, now: Timestamp) -> Talk {
    Talk {
        id,
        shop: shop.clone(),
        line: None,
        who,
        is_kazakh: false,
        order_code: None,
        last_at: now,
        last_text: String::new(),
        last_ours: false,
        unread: 0,
        needs_person: false,
        needs_answer: false,
        is_silent: false,
    }
}

/// A message of ours that waits.
pub(crate) fn queued(
    id: &MessageId,
    talk: &Talk,
    once: &str,
    text: &str,
    now: Timestamp,
    due_at: Timestamp,
) -> Message {
    Message {
        id: id.clone(),
        shop: talk.shop.clone(),
        talk: talk.id.clone(),
        is_ours: true,
        state: MessageState::Queued,
        once: once.to_owned(),
        body: text.to_owned(),
        media: None,
        order_code: None,
        about: None,
        template: None,
        written_by: String::new(),
        created_at: now,
        due_at: due_at.max(now),
        reserved_id: None,
        sent_at: None,
        delivered_at: None,
        read_at: None,
        tries: 0,
        looks: 0,
        trouble: None,
        trouble_text: None,
    }
}
