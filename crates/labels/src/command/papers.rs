//! Papers in memory: labels drawn, waybills merged, lists made, everything told in a report. Refuses to read or write files.

use super::{
    Progress, Step,
    report::{LabelPlace, Output, Report},
    waybills::Papers,
};
use crate::{
    LabelsError,
    draw::{Page, face::Faces},
    layout::{ListPaper, label_page, label_pages, pick_list},
    model::{Label, Order},
    order,
    paper::{Paper, PerSheet},
    pdf,
    waybill::{Crop, Layout, Limits, Merged, Row, merge},
    words::Words,
    zpl,
};
use std::collections::{BTreeSet, HashMap};

const LABELS: &str = "labels.pdf";
const ZPL: &str = "labels.zpl";
const LIST: &str = "pick-list.pdf";
const ROLL: &str = "pick-list-80mm.pdf";
pub(super) const WAYBILLS: &str = "waybills.pdf";
/// Names that papers may have.
pub(super) const NAMES: [&str; 5] = [LABELS, ZPL, LIST, ROLL, WAYBILLS];

/// What shall be printed, and how.
#[derive(Debug, Clone)]
pub struct Request {
    pub orders: Vec<Order>,
    pub paper: Paper,
    pub layout: Layout,
    pub crop: Crop,
    /// Labels for a thermal printer too.
    pub zpl: Option<zpl::Zpl>,
    pub words: Words,
    pub limits: Limits,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedFile {
    pub name: &'static str,
    pub pages: usize,
    pub bytes: Vec<u8>,
}

/// All papers, and where everything went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    pub files: Vec<PrintedFile>,
    pub report: Report,
}

/// Makes papers of orders and of waybills that are in memory: names with bytes, such as `880000001.pdf`. None when waybills
/// are not wanted; then nothing is missing.
///
/// # Errors
/// When paper and layout contradict each other. What is wrong with single waybills is in the report.
pub fn print(
    request: &Request,
    waybills: Option<Vec<(String, Vec<u8>)>>,
    progress: Progress<'_>,
) -> Result<Printed, LabelsError> {
    let papers = waybills.map(|files| Papers::given(files, &request.orders, &request.limits));
    made(request, papers, progress)
}

pub(super) fn made(
    request: &Request,
    papers: Option<Papers>,
    progress: Progress<'_>,
) -> Result<Printed, LabelsError> {
    check(request)?;
    let faces = Faces::shipped()?;
    let mut press = Press {
        options: request,
        faces: &faces,
        orders: &request.orders,
        report: Report {
            orders: request.orders.len(),
            pieces: pieces(&request.orders),
            paper: request.paper.name(),
            layout: request.layout.name(),
            ..Report::default()
        },
        replaced: Vec::new(),
        outputs: Vec::new(),
    };
    press.run(papers, progress)?;
    let (files, mut report) = (press.outputs, press.report);
    report.outputs = files
        .iter()
        .map(|file| Output {
            file: file.name,
            pages: file.pages,
            bytes: file.bytes.len(),
        })
        .collect();
    Ok(Printed { files, report })
}

fn pieces(orders: &[Order]) -> u64 {
    let goods = orders.iter().flat_map(|order| &order.goods);
    goods.map(|good| u64::from(good.quantity)).sum()
}

/// Whether paper, layout and printer go together.
pub(super) fn check(request: &Request) -> Result<(), LabelsError> {
    let refused = |message: &str, hint| {
        Err(LabelsError::Options {
            message: message.to_owned(),
            hint,
        })
    };
    if request.paper == Paper::Label58x40 && request.layout == Layout::After {
        return refused(
            "a waybill must be at least 74 × 105 mm and does not go on 58 × 40 mm",
            "choose the paper 75x120 or the layout two-up",
        );
    }
    if request.zpl.is_some() && matches!(request.paper, Paper::A4(_)) {
        return refused(
            "ZPL is for printers of labels, not for A4",
            "choose the paper 75x120, 58x40 or 100x150",
        );
    }
    Ok(())
}

struct Press<'a> {
    options: &'a Request,
    faces: &'a Faces,
    orders: &'a [Order],
    report: Report,
    replaced: Vec<char>,
    outputs: Vec<PrintedFile>,
}

impl Press<'_> {
    fn run(&mut self, papers: Option<Papers>, progress: Progress<'_>) -> Result<(), LabelsError> {
        let orders = self.orders;
        let labels = order::labels(orders);
        progress(Step::Drawing, 0, labels.len());
        self.labels(&labels)?;
        progress(Step::Drawing, labels.len(), labels.len());
        let mut without = BTreeSet::new();
        if let Some(mut papers) = papers {
            progress(Step::Merging, 0, 1);
            let merged = self.waybills(&labels, &papers)?;
            papers.broke(&merged);
            papers.tell(orders, &merged, &mut self.report);
            without = papers.without(orders);
            if merged.pages > 0 {
                self.output(WAYBILLS, merged.pages, merged.bytes);
            }
            progress(Step::Merging, 1, 1);
        }
        self.lists(&without)?;
        self.replaced.sort_unstable();
        self.replaced.dedup();
        self.report.replaced.clone_from(&self.replaced);
        Ok(())
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
            self.output(ZPL, pages.len(), text.into_bytes());
        }
        self.paper(LABELS, &pages)
    }

    fn paper(&mut self, name: &'static str, pages: &[Page]) -> Result<(), LabelsError> {
        let bytes = pdf::file(self.faces, name, pages)?;
        self.output(name, pages.len(), bytes);
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

    fn output(&mut self, name: &'static str, pages: usize, bytes: Vec<u8>) {
        self.outputs.push(PrintedFile { name, pages, bytes });
    }
}
