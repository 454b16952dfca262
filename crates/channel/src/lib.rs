//! The idea of a message channel: what it can do, the documents it speaks in, how it fails. Refuses to know any particular one,
//! and refuses to decide whom to write to and when: pacing, consent and night rest belong to whoever calls.

mod bot;
mod effect;
mod event;
mod failure;
mod line;
mod mail;
mod message;
mod phone;
mod qr;
mod seams;
mod text;

pub use bot::{
    Bot, BotChat, BotCommand, BotKey, Button, Edited, Person, Post, Posted, Press, Update, Updates, Upload,
    What,
};
pub use effect::{Effect, unconfirmed};
pub use event::{Event, Happening};
pub use failure::ChannelError;
pub use line::{Hook, Line, LineInfo, LineState, Retry, Server};
pub use mail::{Mail, MailBox, MailReceipt, MailServer, Picture, Security};
pub use message::{
    Attachment, Body, ChatId, Delivery, Media, Message, Outgoing, Place, Sent, is_same_message,
};
pub use phone::Phone;
pub use qr::{Qr, QrCountdown, QrTurn};
pub use seams::{Mailer, Messenger, TeamBot};
pub use text::{Piece, Text};
