//! The run itself: read, draw, merge, write, report. Refuses to name a paper before all of them are on the disk.

use super::{
    Options, Progress, Step,
    orders::read_orders,
    report::{LabelPlace, Output, Report},
    waybills::Papers,
};
use crate::{
    LabelsError,
    draw::{Page, face::Faces},
    files::write_together,
    layout::{ListPaper, label_page, label_pages, pick_list},
    model::{Label, Order},
    order,
    paper::{Paper, PerSheet},
    pdf,
    waybill::{Layout, Merged, Row, merge},
    zpl,
};
use std::{
    collections::{BTreeSet, HashMap},
    fs,
    path::Path,
};

const LABELS: &str = "labels.pdf";
const ZPL: &str = "labels.zpl";
const LIST: &str = "pick-list.pdf";
const ROLL: &str = "pick-list-80mm.pdf";
pub(super) const WAYBILLS: &str = "waybills.pdf";
const REPORT: &str = "report.json";

/// Makes all papers and the report. What is wrong with single lines and files is in the report.
///
/// # Errors
/// When the options contradict each other, the folder cannot be read or a file cannot be written; nothing half-written is
/// left, and the same run can be made again.
pub fn run(options: &Options, progress: Progress<'_>) -> Result<Report, LabelsError> {
    check(options)?;
    let faces = Faces::shipped()?;
    let read = read_orders(&options.orders);
    let orders = read.orders;
    let mut report = Report {
        orders: orders.len(),
        pieces: pieces(&orders),
        paper: options.paper.name(),
        layout: options.layout.name(),
        refused: read.refused,
        ..Report::default()
    };
    let mut press = Press {
        options,
        faces: &faces,
        orders: &orders,
        report: &mut report,
        replaced: Vec::new(),
        outputs: Vec::new(),
    };
    press.run(progress)?;
    Ok(report)
}

fn pieces(orders: &[Order]) -> u64 {
    let goods = orders.iter().flat_map(|order| &order.goods);
    goods.map(|good| u64::from(good.quantity)).sum()
}

fn check(options: &Options) -> Result<(), LabelsError> {
    let refused = |message: &str, hint| {
        Err(LabelsError::Options {
            message: message.to_owned(),
            hint,
        })
    };
    if options.paper == Paper::Label58x40 && options.layout == Layout::After {
        return refused(
            "a waybill must be at least 74 × 105 mm and does not go on 58 × 40 mm",
            "choose the paper 75x120 or the layout two-up",
        );
    }
    if options.zpl.is_some() && matches!(options.paper, Paper::A4(_)) {
        return refused(
            "ZPL is for printers of labels, not for A4",
            "choose the paper 75x120, 58x40 or 100x150",
        );
    }
    let same = |folder: &Path| {
        let out = fs::canonicalize(&options.out);
        out.is_ok() && fs::canonicalize(folder).ok() == out.ok()
    };
    if options.waybills.as_deref().is_some_and(same) {
        return refused(
            "the folder of waybills is the folder to write to, and our own papers would be read as waybills",
            "choose another folder to write to",
        );
    }
    Ok(())
}

struct Press<'a> {
    options: &'a Options,
    faces: &'a Faces,
    orders: &'a [Order],
    report: &'a mut Report,
    replaced: Vec<char>,
    /// Name, pages and bytes, written when everything is ready.
    outputs: Vec<(&'static str, usize, Vec<u8>)>,
}

impl Press<'_> {
    fn run(&mut self, progress: Progress<'_>) -> Result<(), LabelsError> {
        let (options, orders) = (self.options, self.orders);
        let papers = match &options.waybills {
            Some(folder) => Some(Papers::read(
                folder,
                &options.out,
                orders,
                &options.limits,
                progress,
            )?),
            None => None,
        };
        let labels = order::labels(orders);
        progress(Step::Drawing, 0, labels.len());
        self.labels(&labels)?;
        progress(Step::Drawing, labels.len(), labels.len());
        let mut without = BTreeSet::new();
        if let Some(mut papers) = papers {
            progress(Step::Merging, 0, 1);
            let merged = self.waybills(&labels, &papers)?;
            papers.broke(&merged);
            papers.tell(orders, &merged, self.report);
            without = papers.without(orders);
            if merged.pages > 0 {
                self.outputs.push((WAYBILLS, merged.pages, merged.bytes));
            }
            progress(Step::Merging, 1, 1);
        }
        self.lists(&without)?;
        self.replaced.sort_unstable();
        self.replaced.dedup();
        self.report.replaced.clone_from(&self.replaced);
        self.write(progress)
    }

    fn labels(&mut self, labels: &[Label<'_>]) -> Result<(), LabelsError> {
        let options = self.options;
        let pages = label_pages(
            self.faces,
            &options.words,
            labels,
            options.paper,
            &mut self.replaced,
        )?;
        let on_sheet = match options.paper {
            Paper::A4(PerSheet::Eight) => 8,
            Paper::A4(PerSheet::Four) => 4,
            Paper::Label75x120 | Paper::Label58x40 | Paper::Label100x150 => 1,
        };
        self.report.labels = labels
            .iter()
            .enumerate()
            .map(|(nth, label)| LabelPlace {
                order: label.line.order.code.clone(),
                model: label.line.good.model.clone(),
                size: label.line.good.size.clone(),
                page: nth / on_sheet + 1,
            })
            .collect();
        if pages.is_empty() {
            return Ok(());
        }
        if let Some(how) = options.zpl {
            let text = zpl::labels(self.faces, &pages, how);
            self.outputs.push((ZPL, pages.len(), text.into_bytes()));
        }
        self.paper(LABELS, &pages)
    }

    fn paper(&mut self, name: &'static str, pages: &[Page]) -> Result<(), LabelsError> {
        let bytes = pdf::file(self.faces, name, pages)?;
        self.outputs.push((name, pages.len(), bytes));
        Ok(())
    }

    fn lists(&mut self, without: &BTreeSet<String>) -> Result<(), LabelsError> {
        if self.orders.is_empty() {
            return Ok(());
        }
        for (name, paper) in [(LIST, ListPaper::A4), (ROLL, ListPaper::Roll80)] {
            let words = &self.options.words;
            let pages = pick_list(self.faces, words, self.orders, paper, without, &mut self.replaced);
            self.paper(name, &pages)?;
        }
        Ok(())
    }

    /// Orders in the order of their first label, each with its labels and pages.
    fn waybills(&mut self, labels: &[Label<'_>], papers: &Papers) -> Result<Merged, LabelsError> {
        let options = self.options;
        let mut rows: Vec<Row> = Vec::new();
        // Labels borrow their orders: the address tells which one it is.
        let address = |order: &Order| std::ptr::from_ref(order).addr();
        let numbers: HashMap<usize, usize> = self
            .orders
            .iter()
            .enumerate()
            .map(|(number, order)| (address(order), number))
            .collect();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let size = match options.paper {
            Paper::Label75x120 | Paper::Label100x150 => options.paper.label(),
            Paper::Label58x40 | Paper::A4(_) => Paper::Label100x150.label(),
        };
        for label in labels {
            let Some(order) = numbers.get(&address(label.line.order)).copied() else {
                continue;
            };
            let at = *places.entry(order).or_insert_with(|| {
                rows.push(Row {
                    labels: Vec::new(),
                    waybills: papers.of(order),
                });
                rows.len() - 1
            });
            if options.layout.has_labels()
                && let Some(row) = rows.get_mut(at)
            {
                let page = label_page(self.faces, &options.words, *label, size, &mut self.replaced)?;
                row.labels.push(page);
            }
        }
        merge(
            self.faces,
            &papers.files,
            &rows,
            (options.layout, options.paper, options.crop),
            &options.limits,
        )
    }

    fn write(&mut self, progress: Progress<'_>) -> Result<(), LabelsError> {
        let out = &self.options.out;
        let before = fs::read(out.join(REPORT)).unwrap_or_default();
        for (name, pages, bytes) in &self.outputs {
            self.report.outputs.push(Output {
                file: name,
                pages: *pages,
                bytes: bytes.len(),
            });
        }
        let report = self.report.to_json();
        let mut files: Vec<(&str, &[u8])> = self
            .outputs
            .iter()
            .map(|(name, _, bytes)| (*name, bytes.as_slice()))
            .collect();
        files.push((REPORT, &report));
        let count = files.len();
        write_together(out, &files, &mut |done| progress(Step::Writing, done, count))?;
        self.remove_stale(&before);
        progress(Step::Writing, count, count);
        Ok(())
    }

    /// Papers of an earlier run that this one does not make: nobody shall print them by mistake.
    fn remove_stale(&self, before: &[u8]) {
        for name in Report::written_before(before) {
            let ours = [LABELS, ZPL, LIST, ROLL, WAYBILLS].contains(&name.as_str());
            if ours && !self.outputs.iter().any(|(written, ..)| *written == name) {
                // Perhaps somebody removed it already.
                let _ = fs::remove_file(self.options.out.join(name));
            }
        }
    }
}
