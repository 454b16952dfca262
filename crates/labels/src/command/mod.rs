//! `sauda labels`: a file of orders and a folder of waybills in, papers and a report out. Refuses to stop at a bad line or a
//! broken file: they are listed. The formats are told in `docs/labels.md`.

mod names;
mod orders;
mod papers;
mod refusal;
mod report;
mod row;
mod run;
mod waybills;

pub use orders::{ReadOrders, read_orders};
pub use papers::{Printed, PrintedFile, Request, print};
pub use refusal::{Refusal, RefusedLine};
pub use report::{
    BrokenFile, Duplicate, LabelPlace, MissingOrder, Output, PagePlace, Report, SamePage, UnknownPages,
};
pub use run::{Options, run};

/// What is being done, for a bar of progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Reading,
    Drawing,
    Merging,
    Writing,
}

/// Told how far a step is: done, of all.
pub type Progress<'a> = &'a mut dyn FnMut(Step, usize, usize);
