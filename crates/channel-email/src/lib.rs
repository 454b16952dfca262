//! Letters by SMTP: text with HTML beside it, pictures inside, files. Refuses to keep state, budgets or retries, and to send a password
//! in the open.

mod client;
mod compose;
mod settings;
mod verdict;

pub use client::Smtp;
pub use settings::EmailSettings;
