//! The HTML edge: typed views, templates, assets and charts. Refuses to hold business rules or SQL.

mod around;
pub mod assets;
mod carried;
pub mod charts;
pub mod columns;
mod door;
pub mod foresight;
pub mod format;
pub mod gallery;
pub mod ladder;
mod pages;
pub mod render;
pub mod shell;
pub mod views;
pub mod words;

pub use door::{Services, Web, patient_paths};
pub use pages::day::report::day_report;
