//! The pretend world: a Kaspi that speaks the wire contract over a living market. Refuses to share a single type with our clients.
//!
//! [`start`] opens it in this process; see `README.md` for a walk through it with curl.

#![recursion_limit = "256"] // the widest recorded documents are written with one json! each

mod clock;
pub mod control;
pub mod feeds;
mod kaspi;
mod locks;
mod mail;
mod memory;
mod numbers;
mod options;
mod random;
mod running;
mod sim;
mod telegram;
mod trends;
mod waha;
mod world;

pub use control::actions::{Missing, OfferChange, RivalChange};
pub use control::faults::{Fault, FaultKind, Service};
pub use control::settings::SettingsPatch;
pub use mail::{Letter, Part};
pub use options::{InvalidSpeed, LimitClock, Options, Speed};
pub use running::{Running, start};
pub use sim::Sim;
pub use telegram::{BotMessage, TelegramPerson};
pub use waha::{BuyerTemper, PersonChange, Said, SentMessage, WhatsappSettings};
pub use world::cards::Temper;
pub use world::orders::Way;
