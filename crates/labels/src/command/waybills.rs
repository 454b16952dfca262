//! The folder of waybills: read, settled, and told in the report. Refuses to keep what is not printed.

use super::{
    Progress, Step,
    report::{BrokenFile, Duplicate, MissingOrder, PagePlace, Report, SamePage, UnknownPages},
};
use crate::{
    LabelsError,
    account::{Account, BrokenItem, Double, FileFacts, Known, PageFacts, Standing, settle},
    model::Order,
    waybill::{self, Broken, Limits, Merged, StrangeFile, Taken},
};
use std::{
    collections::{BTreeSet, HashMap},
    path::Path,
};

/// What the folder held, and whose it is.
pub(super) struct Papers {
    /// By the place of the file; one that could not be opened has no pages.
    pub(super) files: Vec<StrangeFile>,
    names: Vec<String>,
    account: Account,
    /// Files that are no papers.
    ignored: Vec<String>,
}

impl Papers {
    /// Reads a folder.
    pub(super) fn read(
        folder: &Path,
        out: &Path,
        orders: &[Order],
        limits: &Limits,
        progress: Progress<'_>,
    ) -> Result<Self, LabelsError> {
        let found = waybill::found(folder, out)?;
        let mut count = waybill::Read::default();
        let (mut files, mut facts, mut ignored) = (Vec::new(), Vec::new(), Vec::new());
        for (done, file) in found.iter().enumerate() {
            progress(Step::Reading, done, found.len());
            waybill::take(file, &mut count, limits, |taken| match taken {
                Taken::Other(name) => ignored.push(name),
                Taken::Paper(name, bytes) => {
                    let (file, known) = opened(name, bytes, limits);
                    files.push(file);
                    facts.push(known);
                }
            });
        }
        progress(Step::Reading, found.len(), found.len());
        Ok(Self::settled(files, facts, ignored, orders))
    }

    /// Papers that are in memory.
    pub(super) fn given(papers: Vec<(String, Vec<u8>)>, orders: &[Order], limits: &Limits) -> Self {
        let (files, facts) = papers
            .into_iter()
            .map(|(name, bytes)| opened(name, Ok(bytes), limits))
            .unzip();
        Self::settled(files, facts, Vec::new(), orders)
    }

    fn settled(
        files: Vec<StrangeFile>,
        facts: Vec<FileFacts>,
        ignored: Vec<String>,
        orders: &[Order],
    ) -> Self {
        let known: Vec<Known> = orders
            .iter()
            .map(|order| Known {
                code: order.code.clone(),
                parcels: order.parcels.unwrap_or(1),
                waybill_expected: order.waybill_expected,
            })
            .collect();
        Self {
            account: settle(&known, &facts),
            names: facts.into_iter().map(|facts| facts.name).collect(),
            files,
            ignored,
        }
    }

    /// Pages to print for an order: file and page.
    pub(super) fn of(&self, order: usize) -> Vec<(usize, usize)> {
        let pages = self
            .account
            .pages
            .get(order)
            .map(Vec::as_slice)
            .unwrap_or_default();
        pages.iter().map(|at| (at.file, at.page)).collect()
    }

    /// Takes pages back that broke while they were printed.
    pub(super) fn broke(&mut self, merged: &Merged) {
        for (file, page, why) in &merged.broken {
            let mut order = None;
            for (place, pages) in self.account.pages.iter_mut().enumerate() {
                let before = pages.len();
                pages.retain(|at| (at.file, at.page) != (*file, *page));
                if pages.len() < before {
                    order = Some(place);
                    if pages.is_empty()
                        && let Some(standing) = self.account.standing.get_mut(place)
                    {
                        *standing = Standing::Broken;
                    }
                }
            }
            self.account.broken.push(BrokenItem {
                file: *file,
                page: Some(*page),
                order,
                why: why.clone(),
            });
        }
    }

    /// Codes of orders for which nothing will be printed though it should.
    pub(super) fn without(&self, orders: &[Order]) -> BTreeSet<String> {
        let standing = orders.iter().zip(&self.account.standing);
        standing
            .filter(|(_, standing)| matches!(standing, Standing::Missing | Standing::Broken))
            .map(|(order, _)| order.code.clone())
            .collect()
    }

    fn name(&self, file: usize) -> String {
        self.names.get(file).cloned().unwrap_or_default()
    }

    /// Tells everything.
    pub(super) fn tell(&self, orders: &[Order], merged: &Merged, report: &mut Report) {
        report.ignored.clone_from(&self.ignored);
        let places: HashMap<(usize, usize), usize> = merged
            .places
            .iter()
            .map(|(file, page, number)| ((*file, *page), *number))
            .collect();
        for (order, pages) in self.account.pages.iter().enumerate() {
            for at in pages {
                report.pages.push(PagePlace {
                    order: code(orders, order),
                    file: self.name(at.file),
                    page: at.page + 1,
                    output: super::papers::WAYBILLS,
                    output_page: places.get(&(at.file, at.page)).copied().unwrap_or(0),
                    blank: self.is_blank(at.file, at.page),
                });
            }
        }
        report.pages.sort_by_key(|page| page.output_page);
        self.tell_missing(orders, report);
        self.tell_broken(orders, report);
        self.tell_unknown(orders, report);
        self.tell_doubles(orders, report);
    }

    fn tell_missing(&self, orders: &[Order], report: &mut Report) {
        for (place, (order, standing)) in orders.iter().zip(&self.account.standing).enumerate() {
            if *standing != Standing::Missing {
                continue;
            }
            let misnamed = self.account.misnamed.iter().find(|(named, ..)| *named == place);
            let message = match misnamed {
                Some((_, at, other)) => format!(
                    "{} has its number in the name, but order {} is written on it; download its waybill again",
                    self.name(at.file),
                    code(orders, *other)
                ),
                None => "no file has its number in the name or on a page; download its waybill".to_owned(),
            };
            report.missing.push(MissingOrder {
                order: order.code.clone(),
                message,
            });
        }
    }

    fn tell_broken(&self, orders: &[Order], report: &mut Report) {
        for item in &self.account.broken {
            report.broken.push(BrokenFile {
                file: self.name(item.file),
                page: item.page.map(|page| page + 1),
                order: item.order.map(|order| code(orders, order)),
                code: item.why.code(),
                message: item.why.to_string(),
            });
        }
    }

    fn tell_doubles(&self, orders: &[Order], report: &mut Report) {
        for (order, at, double) in &self.account.doubles {
            let (Double::Of(first) | Double::Differs(first)) = double;
            let printed = matches!(double, Double::Differs(_));
            let message = if printed {
                "a second, different waybill of the order: both are printed, look which one counts"
            } else {
                "the same page came before and is printed once"
            };
            report.duplicates.push(Duplicate {
                order: code(orders, *order),
                file: self.name(at.file),
                page: at.page + 1,
                of: SamePage {
                    file: self.name(first.file),
                    page: first.page + 1,
                },
                printed,
                message: message.to_owned(),
            });
        }
    }

    /// Pages of one file and one reason are told together.
    fn tell_unknown(&self, orders: &[Order], report: &mut Report) {
        for item in &self.account.unknown {
            let codes: Vec<&str> = item
                .several
                .iter()
                .filter_map(|order| orders.get(*order))
                .map(|order| order.code.as_str())
                .collect();
            let message = match (&item.code, codes.is_empty()) {
                (_, false) => format!(
                    "several orders are written here: {}; part the file by hand",
                    codes.join(", ")
                ),
                (Some(code), true) => {
                    format!("order {code} is not among the orders; add it or remove the file")
                }
                (None, true) => {
                    "no order's number in the name or on the page; put the number into the name".to_owned()
                }
            };
            let file = self.name(item.at.file);
            match report.unknown.last_mut() {
                Some(last) if last.file == file && last.message == message => {
                    last.pages.push(item.at.page + 1)
                }
                _ => report.unknown.push(UnknownPages {
                    file,
                    pages: vec![item.at.page + 1],
                    order: item.code.clone(),
                    message,
                }),
            }
        }
    }

    fn is_blank(&self, file: usize, page: usize) -> bool {
        let page = self.files.get(file).and_then(|file| file.pages.get(page));
        page.is_some_and(|page| page.as_ref().is_ok_and(waybill::StrangePage::is_blank))
    }
}

/// The number of the order at a place.
fn code(orders: &[Order], order: usize) -> String {
    orders
        .get(order)
        .map(|order| order.code.clone())
        .unwrap_or_default()
}

fn opened(name: String, bytes: Result<Vec<u8>, Broken>, limits: &Limits) -> (StrangeFile, FileFacts) {
    match bytes.and_then(|bytes| waybill::read(&bytes, limits)) {
        Ok(file) => {
            let pages = file
                .pages
                .iter()
                .map(|page| match page {
                    Ok(page) => Ok(PageFacts {
                        text: page.text.clone(),
                        print: page.print,
                    }),
                    Err((_, broken)) => Err(broken.clone()),
                })
                .collect();
            let facts = FileFacts {
                name,
                pages: Ok(pages),
                lost: file.lost.clone(),
            };
            (file, facts)
        }
        Err(broken) => (
            StrangeFile::none(),
            FileFacts {
                name,
                pages: Err(broken),
                lost: None,
            },
        ),
    }
}
