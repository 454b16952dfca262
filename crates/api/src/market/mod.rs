//! The market for programs: what is read, what it shows, reviews of own goods. Refuses to read the marketplace itself.

pub(crate) mod export;
pub(crate) mod raws;
pub(crate) mod reviews;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod tracked;
pub(crate) mod trends;
