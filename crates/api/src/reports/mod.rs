//! Reports that are made by themselves, for programs: what is made and when, one now, those that were made. Refuses to compose.

pub(crate) mod made;
pub(crate) mod plans;
