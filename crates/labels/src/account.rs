//! Which page of which file belongs to which order: every page of every known order in one place, and lists of what is
//! missing, broken, unknown and double. Refuses to drop anything without saying so.

use crate::waybill::{Broken, Codes, Whose};
use std::collections::{BTreeMap, BTreeSet};

/// An order that is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub code: String,
    pub parcels: u16,
    pub waybill_expected: bool,
}

/// What is known of one page: what is written on it, and what it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageFacts {
    pub text: String,
    pub print: [u8; 32],
}

/// A file and its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileFacts {
    pub name: String,
    pub pages: Result<Vec<Result<PageFacts, Broken>>, Broken>,
    /// When the file promised more pages.
    pub lost: Option<Broken>,
}

/// A page by the place of its file and its place there, both from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    pub file: usize,
    pub page: usize,
}

/// Why a page is told as a double.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Double {
    /// It looks the same as this one and is not printed.
    Of(At),
    /// It differs from the waybill that came first and is printed too: somebody has to look which one counts.
    Differs(At),
}

/// A file, or one of its pages, that cannot be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenItem {
    pub file: usize,
    /// None for the whole file.
    pub page: Option<usize>,
    /// The order it seems to belong to.
    pub order: Option<usize>,
    pub why: Broken,
}

/// A page of no order that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownItem {
    pub at: At,
    /// A number that looks like an order's.
    pub code: Option<String>,
    /// Several known orders are written on it, and nothing tells which it is for.
    pub several: Vec<usize>,
}

/// How it stands with an order's waybill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Printed,
    /// There is no file of it.
    Missing,
    /// What there is cannot be printed.
    Broken,
    /// The marketplace makes none for it, and there is none.
    NotExpected,
}

/// The whole account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Account {
    /// Pages to print, by order, in the order of files.
    pub pages: Vec<Vec<At>>,
    pub standing: Vec<Standing>,
    pub broken: Vec<BrokenItem>,
    pub unknown: Vec<UnknownItem>,
    pub doubles: Vec<(usize, At, Double)>,
    /// Files named after one order on which another is written: the order of the name, the page, the order on it.
    pub misnamed: Vec<(usize, At, usize)>,
}

/// Finds a place for each page. Files come originals first.
pub fn settle(known: &[Known], files: &[FileFacts]) -> Account {
    let codes = Codes::of(known.iter().map(|order| order.code.as_str()));
    let mut account = Account {
        pages: vec![Vec::new(); known.len()],
        ..Account::default()
    };
    let mut seen: BTreeMap<usize, Seen> = BTreeMap::new();
    for (file, facts) in files.iter().enumerate() {
        account.file(&codes, known, &mut seen, file, facts);
    }
    let troubled: BTreeSet<usize> = account.broken.iter().filter_map(|item| item.order).collect();
    account.standing = known
        .iter()
        .zip(&account.pages)
        .enumerate()
        .map(
            |(order, (known, pages))| match (pages.is_empty(), troubled.contains(&order)) {
                (false, _) => Standing::Printed,
                (true, true) => Standing::Broken,
                (true, false) if known.waybill_expected => Standing::Missing,
                (true, false) => Standing::NotExpected,
            },
        )
        .collect();
    account
}

/// What an order has so far.
#[derive(Default)]
struct Seen {
    /// What pages look like, with the first that did.
    prints: BTreeMap<[u8; 32], At>,
    /// Files with pages of their own, and the first such page.
    files: Vec<(usize, At)>,
}

impl Account {
    fn file(
        &mut self,
        codes: &Codes,
        known: &[Known],
        seen: &mut BTreeMap<usize, Seen>,
        file: usize,
        facts: &FileFacts,
    ) {
        let by_name = codes.of_name(&facts.name);
        let broken = |page, order, why: &Broken| BrokenItem {
            file,
            page,
            order,
            why: why.clone(),
        };
        let pages = match &facts.pages {
            Ok(pages) => pages,
            Err(why) => {
                self.broken.push(broken(None, by_name, why));
                return;
            }
        };
        if let Some(lost) = &facts.lost {
            self.broken.push(broken(None, by_name, lost));
        }
        let texts: Vec<&str> = pages
            .iter()
            .map(|page| page.as_ref().map_or("", |page| page.text.as_str()))
            .collect();
        for (page, (facts, whose)) in pages.iter().zip(codes.of_pages(&facts.name, &texts)).enumerate() {
            let at = At { file, page };
            if let (Some(named), Whose::Order(other)) = (by_name, &whose)
                && named != *other
            {
                self.misnamed.push((named, at, *other));
            }
            match (facts, whose) {
                (Err(why), whose) => {
                    let order = match whose {
                        Whose::Order(order) => Some(order),
                        Whose::Nobody(_) | Whose::Several(_) => by_name,
                    };
                    self.broken.push(broken(Some(page), order, why));
                }
                (Ok(page), Whose::Order(order)) => {
                    self.page(seen.entry(order).or_default(), known, order, at, page)
                }
                (Ok(_), Whose::Nobody(code)) => self.unknown.push(UnknownItem {
                    at,
                    code,
                    several: Vec::new(),
                }),
                (Ok(_), Whose::Several(several)) => self.unknown.push(UnknownItem {
                    at,
                    code: None,
                    several,
                }),
            }
        }
    }

    fn page(&mut self, seen: &mut Seen, known: &[Known], order: usize, at: At, page: &PageFacts) {
        // Two pages of one file may look alike on purpose; the same page in another file is a copy.
        if let Some(first) = seen.prints.get(&page.print)
            && first.file != at.file
        {
            self.doubles.push((order, at, Double::Of(*first)));
            return;
        }
        seen.prints.entry(page.print).or_insert(at);
        if let Some(pages) = self.pages.get_mut(order) {
            pages.push(at);
        }
        if seen.files.iter().any(|(file, _)| *file == at.file) {
            return;
        }
        let parcels = known
            .get(order)
            .map_or(1, |order| usize::from(order.parcels.max(1)));
        if seen.files.len() >= parcels
            && let Some((_, first)) = seen.files.first()
        {
            self.doubles.push((order, at, Double::Differs(*first)));
        }
        seen.files.push((at.file, at));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn known(code: &str) -> Known {
        Known {
            code: code.to_owned(),
            parcels: 1,
            waybill_expected: true,
        }
    }

    fn page(text: &str, look: u8) -> Result<PageFacts, Broken> {
        Ok(PageFacts {
            text: text.to_owned(),
            print: [look; 32],
        })
    }

    fn file(name: &str, pages: Vec<Result<PageFacts, Broken>>) -> FileFacts {
        FileFacts {
            name: name.to_owned(),
            pages: Ok(pages),
            lost: None,
        }
    }

    const fn at(file: usize, page: usize) -> At {
        At { file, page }
    }

    #[test]
    fn a_copy_is_told_and_not_printed_and_a_different_one_is_told_and_printed() {
        let files = [
            file("880000001.pdf", vec![page("", 1)]),
            file("880000001 (1).pdf", vec![page("", 1)]),
            file("880000001 (2).pdf", vec![page("", 2)]),
        ];
        let account = settle(&[known("880000001")], &files);
        assert_eq!(account.pages, [vec![at(0, 0), at(2, 0)]]);
        assert_eq!(
            account.doubles,
            [
                (0, at(1, 0), Double::Of(at(0, 0))),
                (0, at(2, 0), Double::Differs(at(0, 0)))
            ]
        );
    }

    #[test]
    fn the_waybills_of_two_parcels_are_no_doubles() {
        let files = [
            file("880000001-1.pdf", vec![page("", 1)]),
            file("880000001-2.pdf", vec![page("", 2)]),
        ];
        let mut order = known("880000001");
        order.parcels = 2;
        let account = settle(&[order], &files);
        assert_eq!(
            (account.pages, account.doubles),
            (vec![vec![at(0, 0), at(1, 0)]], vec![])
        );
    }

    #[test]
    fn pages_that_look_alike_within_a_file_or_for_two_orders_are_all_printed() {
        let files = [
            file("880000001.pdf", vec![page("", 1), page("", 1)]),
            file("880000002.pdf", vec![page("", 1)]),
        ];
        let account = settle(&[known("880000001"), known("880000002")], &files);
        assert_eq!(account.pages, [vec![at(0, 0), at(0, 1)], vec![at(1, 0)]]);
        assert_eq!(account.doubles, []);
    }

    #[test]
    fn a_waybill_under_the_name_of_another_order_goes_to_its_own_and_the_other_is_missing() {
        let files = [file("880000001.pdf", vec![page("Order 880000002", 1)])];
        let account = settle(&[known("880000001"), known("880000002")], &files);
        assert_eq!(account.pages, [vec![], vec![at(0, 0)]]);
        assert_eq!(account.standing, [Standing::Missing, Standing::Printed]);
        assert_eq!(account.misnamed, [(0, at(0, 0), 1)]);
    }

    #[test]
    fn an_order_is_missing_broken_printed_or_not_waited_for() {
        let mut own = known("880000004");
        own.waybill_expected = false;
        let files = [
            file(
                "880000001.pdf",
                vec![page("", 1), Err(Broken::Page("x".to_owned()))],
            ),
            FileFacts {
                name: "880000002.pdf".to_owned(),
                pages: Err(Broken::Empty),
                lost: None,
            },
        ];
        let orders = [known("880000001"), known("880000002"), known("880000003"), own];
        let account = settle(&orders, &files);
        assert_eq!(
            account.standing,
            [
                Standing::Printed,
                Standing::Broken,
                Standing::Missing,
                Standing::NotExpected
            ]
        );
        let told: Vec<_> = account
            .broken
            .iter()
            .map(|item| (item.file, item.page, item.order))
            .collect();
        assert_eq!(told, [(0, Some(1), Some(0)), (1, None, Some(1))]);
    }

    fn some_page() -> impl Strategy<Value = Result<PageFacts, Broken>> {
        let text = prop_oneof![
            Just(String::new()),
            "Order 88000000[0-9]",
            "88000000[0-4] and 88000000[0-4]",
            "[a-z]{0,6}",
        ];
        (text, 0_u8..4, prop::bool::weighted(0.1)).prop_map(|(text, look, bad)| {
            if bad {
                Err(Broken::Page("x".to_owned()))
            } else {
                page(&text, look)
            }
        })
    }

    fn some_file() -> impl Strategy<Value = FileFacts> {
        let name = prop_oneof![
            "88000000[0-9]( \\([1-3]\\))?\\.pdf",
            "KASPI_SHOP-88000000[0-9]\\.pdf",
            "[a-z]{1,5}\\.pdf",
            "88000000[0-3]_88000000[0-3]\\.pdf",
        ];
        let pages = prop_oneof![
            6 => prop::collection::vec(some_page(), 1..4).prop_map(Ok),
            1 => Just(Err(Broken::Empty)),
        ];
        (name, pages).prop_map(|(name, pages)| FileFacts {
            name,
            pages,
            lost: None,
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn every_page_of_a_random_folder_is_in_exactly_one_place(
            files in prop::collection::vec(some_file(), 0..12), orders in 0_u8..6, parcels in 1_u16..3,
        ) {
            let known: Vec<Known> = (0..orders)
                .map(|nth| Known { code: format!("88000000{nth}"), parcels, waybill_expected: nth % 3 > 0 })
                .collect();
            let account = settle(&known, &files);
            let mut places: Vec<At> = account.pages.iter().flatten().copied().collect();
            places.extend(account.unknown.iter().map(|item| item.at));
            places.extend(account.broken.iter().filter_map(|item| Some(at(item.file, item.page?))));
            places.extend(account.doubles.iter().filter(|(_, _, double)| matches!(double, Double::Of(_))).map(|(_, at, _)| *at));
            places.sort_unstable();
            let mut all: Vec<At> = Vec::new();
            for (number, file) in files.iter().enumerate() {
                all.extend((0..file.pages.as_ref().map_or(0, Vec::len)).map(|page| at(number, page)));
            }
            prop_assert_eq!(places, all);
            // Whole files that are broken are told once each.
            let whole = account.broken.iter().filter(|item| item.page.is_none()).count();
            prop_assert_eq!(whole, files.iter().filter(|file| file.pages.is_err()).count());
            // A double is of a page that is printed, of the same order.
            for (order, _, double) in &account.doubles {
                let (Double::Of(first) | Double::Differs(first)) = double;
                prop_assert!(account.pages[*order].contains(first));
            }
            for (standing, pages) in account.standing.iter().zip(&account.pages) {
                prop_assert_eq!(*standing == Standing::Printed, !pages.is_empty());
            }
        }
    }
}
