//! What shops and buyers write to each other: what a message means, numbers, templates, when to send,
//! and the sending, once. Refuses to know a concrete channel.

pub mod command;
pub mod engine;
mod error;
pub mod hours;
pub mod limits;
pub mod model;
pub mod phone;
mod service;
mod store;
pub mod team;
pub mod template;
pub mod trigger;
pub mod understand;

pub use error::MessagesError;
pub use service::{
    Ear, Messages,
    inbox::{Inbox, TalkView},
    lines::{LineView, NewLine, QrView},
    orders::OrderTalk,
    templates::{TemplatePreview, TemplateView},
};
pub use store::{asks::Untold, talks::InboxFilter, templates::TemplateText};
