//! `sauda labels`: a file of orders and a folder of waybills in, papers and a report out. Refuses to stop at a bad line or a
//! broken file: they are listed. The formats are told in `docs/labels.md`.

mod names;
mod orders;
mod papers;
mod refusal;
mod report;
mod row;
mod waybills;

pub use orders::{ReadOrders, read_orders};
pub use papers::run;
pub use refusal::{Refusal, RefusedLine};
pub use report::{Output, Report};

use crate::{
    paper::Paper,
    waybill::{Crop, Layout, Limits},
    words::Words,
    zpl::Zpl,
};
use std::path::PathBuf;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// The bytes of the file of orders.
    pub orders: Vec<u8>,
    /// A folder with PDFs and archives; labels and lists alone without it.
    pub waybills: Option<PathBuf>,
    pub out: PathBuf,
    pub paper: Paper,
    pub layout: Layout,
    pub crop: Crop,
    /// Labels for a thermal printer too.
    pub zpl: Option<Zpl>,
    pub words: Words,
    pub limits: Limits,
}

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
