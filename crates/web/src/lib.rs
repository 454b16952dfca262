//! The HTML edge: typed views, templates, assets and charts. Refuses to hold business rules or SQL.

pub mod assets;
pub mod charts;
pub mod format;
pub mod gallery;
pub mod render;
pub mod shell;
pub mod views;
pub mod words;
