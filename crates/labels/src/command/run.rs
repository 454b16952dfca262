//! The run over files: orders read, waybills found, papers written together with their report. Refuses to name a paper before
//! all of them are on the disk.

use super::{
    Progress, Step,
    orders::read_orders,
    papers::{self, NAMES, PrintedFile, Request},
    report::Report,
    waybills::Papers,
};
use crate::{
    LabelsError,
    files::write_together,
    paper::Paper,
    waybill::{Crop, Layout, Limits},
    words::Words,
    zpl::Zpl,
};
use std::{
    fs,
    path::{Path, PathBuf},
};

const REPORT: &str = "report.json";

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

/// Makes all papers and the report. What is wrong with single lines and files is in the report.
///
/// # Errors
/// When the options contradict each other, the folder cannot be read or a file cannot be written; nothing half-written is
/// left, and the same run can be made again.
pub fn run(options: &Options, progress: Progress<'_>) -> Result<Report, LabelsError> {
    let read = read_orders(&options.orders);
    let request = Request {
        orders: read.orders,
        paper: options.paper,
        layout: options.layout,
        crop: options.crop,
        zpl: options.zpl,
        words: options.words.clone(),
        limits: options.limits,
    };
    papers::check(&request)?;
    let waybills = match &options.waybills {
        Some(folder) => {
            check_folders(folder, &options.out)?;
            let (orders, limits) = (&request.orders, &request.limits);
            Some(Papers::read(folder, &options.out, orders, limits, progress)?)
        }
        None => None,
    };
    let printed = papers::made(&request, waybills, progress)?;
    let mut report = printed.report;
    report.refused = read.refused;
    write(&options.out, &printed.files, &report, progress)?;
    Ok(report)
}

fn check_folders(waybills: &Path, out: &Path) -> Result<(), LabelsError> {
    let out = fs::canonicalize(out).ok();
    if out.is_none() || fs::canonicalize(waybills).ok() != out {
        return Ok(());
    }
    Err(LabelsError::Options {
        message:
            "the folder of waybills is the folder to write to, and our own papers would be read as waybills"
                .to_owned(),
        hint: "choose another folder to write to",
    })
}

fn write(
    out: &Path,
    papers: &[PrintedFile],
    report: &Report,
    progress: Progress<'_>,
) -> Result<(), LabelsError> {
    let before = fs::read(out.join(REPORT)).unwrap_or_default();
    let report = report.to_json();
    let mut files: Vec<(&str, &[u8])> = papers
        .iter()
        .map(|file| (file.name, file.bytes.as_slice()))
        .collect();
    files.push((REPORT, &report));
    let count = files.len();
    write_together(out, &files, &mut |done| progress(Step::Writing, done, count))?;
    remove_stale(out, &before, papers);
    progress(Step::Writing, count, count);
    Ok(())
}

/// Papers of an earlier run that this one does not make: nobody shall print them by mistake.
fn remove_stale(out: &Path, before: &[u8], papers: &[PrintedFile]) {
    for name in Report::written_before(before) {
        let ours = NAMES.contains(&name.as_str());
        if ours && !papers.iter().any(|file| file.name == name) {
            // Perhaps somebody removed it already.
            let _ = fs::remove_file(out.join(name));
        }
    }
}
