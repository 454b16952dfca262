//! How messages are shown to programs. Refuses to show whole numbers to those without the right to see buyers.

use crate::shape::Moment;
use sauda_messages::{
    TemplateView as Template,
    model::{Message, SizeAnswer},
    understand::ReplyKind,
};
use serde::Serialize;
use utoipa::ToSchema;

/// One message.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Message)]
pub(crate) struct MessageView {
    pub id: String,
    pub talk_id: String,
    /// Ours, or the buyer's.
    pub is_ours: bool,
    /// `queued`, `sending`, `sent`, `delivered`, `read`, `failed`, `unclear`, `cancelled`; `received` from the buyer.
    pub state: &'static str,
    pub text: String,
    pub order_code: Option<String>,
    /// What it is about, such as `shipped`; null for what people write.
    pub about: Option<String>,
    /// Empty for the program and for buyers.
    pub written_by: String,
    pub created_at: Moment,
    /// Not sent before.
    pub due_at: Moment,
    pub sent_at: Option<Moment>,
    pub delivered_at: Option<Moment>,
    pub read_at: Option<Moment>,
    pub trouble: Option<String>,
    /// Something came with it: see the file of the message.
    pub has_file: bool,
}

impl From<&Message> for MessageView {
    fn from(message: &Message) -> Self {
        Self {
            id: message.id.to_string(),
            talk_id: message.talk.to_string(),
            is_ours: message.is_ours,
            state: message.state.word(),
            text: message.body.clone(),
            order_code: message.order_code.clone(),
            about: message.about.clone(),
            written_by: message.written_by.clone(),
            created_at: message.created_at.into(),
            due_at: message.due_at.into(),
            sent_at: message.sent_at.map(Moment),
            delivered_at: message.delivered_at.map(Moment),
            read_at: message.read_at.map(Moment),
            trouble: message.trouble.clone(),
            has_file: message.media.is_some(),
        }
    }
}

/// A text in both languages.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MessageTemplate)]
pub(crate) struct TemplateView {
    pub key: String,
    /// 0 for the text that stands until the shop writes its own.
    pub version: i64,
    /// Empty for those that stand for what they are about.
    pub name: String,
    pub ru: String,
    pub kk: String,
}

impl From<&Template> for TemplateView {
    fn from(view: &Template) -> Self {
        Self {
            key: view.text.key.clone(),
            version: view.text.version,
            name: view.text.name.clone(),
            ru: view.text.ru.clone(),
            kk: view.text.kk.clone(),
        }
    }
}

/// What a buyer answered to the question of the size.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SizeAnswer)]
pub(crate) struct AnswerView {
    pub order_code: String,
    pub asked_at: Moment,
    /// The question left us.
    pub is_sent: bool,
    /// The size that was asked about; empty when none was named.
    pub size: String,
    /// `yes`, `no`, `other_size`, `measurements`, `unclear`; null before.
    #[schema(value_type = Option<String>)]
    pub reply: Option<ReplyKind>,
    /// The size that was named.
    pub reply_size: Option<String>,
    /// Steps from the size that was asked about.
    pub reply_steps: Option<i64>,
    pub height_cm: Option<i64>,
    pub weight_kg: Option<i64>,
    pub replied_at: Option<Moment>,
}

impl AnswerView {
    pub(crate) fn of(order_code: String, answer: &SizeAnswer) -> Self {
        let values = answer.values.clone().unwrap_or_default();
        Self {
            order_code,
            asked_at: answer.asked_at.into(),
            is_sent: answer.is_sent,
            size: answer.size.clone(),
            reply: answer.reply,
            reply_size: values.size,
            reply_steps: values.steps,
            height_cm: values.height_cm,
            weight_kg: values.weight_kg,
            replied_at: answer.replied_at.map(Moment),
        }
    }
}
