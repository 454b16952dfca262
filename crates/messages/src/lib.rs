//! What shops and buyers write to each other: what a message means, numbers, templates, when to send. Refuses to send by itself.

pub mod command;
pub mod hours;
pub mod limits;
pub mod phone;
pub mod team;
pub mod template;
pub mod trigger;
pub mod understand;
