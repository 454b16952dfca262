//! Every statement about the tables of the queue.

pub(crate) mod jobs;
pub(crate) mod lists;
pub(crate) mod runs;
pub(crate) mod schedules;
pub(crate) mod upkeep;
