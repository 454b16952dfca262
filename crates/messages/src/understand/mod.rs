//! What a message means: language, intent, values, the answer to a question about a size. Refuses to answer the buyer.

pub mod features;
pub mod fold;
mod intent;
#[doc(hidden)]
pub mod learn;
pub mod lexicon;
pub mod model;
#[doc(hidden)]
pub mod phrases;

pub use intent::{INTENTS, Intent};
