//! What is printed for orders: labels, pick lists, and waybills cropped and merged, as PDF and ZPL. Refuses to know where
//! orders come from, to speak a language of its own, and to print a page twice or lose one.

mod account;
pub mod command;
mod draw;
mod error;
mod files;
mod layout;
mod model;
mod natural;
mod order;
mod paper;
mod pdf;
mod picture;
mod size;
mod waybill;
mod words;
mod zpl;

pub use account::{
    Account, At, BrokenItem, Double, FileFacts, Known, PageFacts, Standing, UnknownItem, settle,
};
pub use command::{Printed, PrintedFile, Report, Request, print};
pub use draw::{
    Area, MM, Mark, Page,
    code::{Bars, Square},
    face::{Faces, REPLACED, Weight},
};
pub use error::LabelsError;
pub use files::write_whole;
pub use layout::{
    ListPaper, MODEL_SIZE, ORDER_SIZE, SQUARE_SIDE, label_pages, pick_list,
    sheet::{Bar, Block, Column, Sheet, sheet_pdf, sheet_picture},
};
pub use model::{Good, Label, Line, Order, Share};
pub use order::{Model, Shelf, Size, labels, lines, shelves};
pub use paper::{A4, Paper, PerSheet};
pub use pdf::file as pdf_file;
pub use waybill::{
    Broken, Codes, Crop, Extent, Found, Layout, Limits, Merged, Read, Row, StrangeFile, StrangePage, Taken,
    Whose, found, merge, read, take,
};
pub use words::Words;
pub use zpl::{Dpi, Zpl, ZplText, labels as zpl_labels};
