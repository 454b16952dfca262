//! Stock: advice, forecasts and movements.

pub(crate) mod advice;
pub(crate) mod forecast;
pub(crate) mod movements;
