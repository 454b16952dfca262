//! What the team is told and asks by a bot and by letters: links of chats, wishes, orders with buttons, reports. Refuses to talk with buyers, and
//! to act otherwise than through the rooms' own doors with the rights of whoever pressed.

mod act;
mod ask;
mod bots;
mod card;
mod code;
mod day;
mod ear;
mod error;
mod figures;
mod hand;
mod kept;
mod letter;
mod links;
mod lists;
mod mails;
mod model;
mod press;
mod quiet;
mod render;
mod send;
mod service;
mod speak;
mod store;
mod tell;
mod undelivered;
mod wishes;

pub use ask::Question;
pub use bots::BotView;
pub use code::LinkCode;
pub use ear::{Ear, Heard};
pub use error::TeamError;
pub use kept::{Delivered, ReportFile, ReportPaper, ReportPost, ReportRoom, TeamPlace, Undrawn};
pub use links::LinkView;
pub use model::{LinkId, Manners, PostState, Trouble, Way, What, Wish, told_trouble};
pub use press::Pressed;
pub use send::{SendReport, Sender};
pub use service::{MailRoom, Rooms, Team, TeamSettings};
pub use speak::{Said, Speaker, notice_words};
pub use tell::Teller;
pub use wishes::{Hearer, TypedManners, Wishes};
