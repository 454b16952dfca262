//! economics.
