//! Shops, their access to the marketplace, points, cities and offers; what people are told; files that come in.

pub mod import;
pub mod table;
