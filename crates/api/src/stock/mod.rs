//! Stock: advice and movements.

pub(crate) mod advice;
pub(crate) mod movements;
