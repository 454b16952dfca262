//! A run over a folder as it is on a bad day. Refuses a page that is nowhere and a page that is twice.

use crate::{samples, strange};
use sauda_labels::{
    Crop, Dpi, Layout, Limits, Paper, PerSheet, Zpl, ZplText,
    command::{Options, Report, run},
};
use std::{fs, path::Path};

const ORDERS: &str = r#"{"code":"880000001","model":"Платье","size":"M","shelf":"B-2","city":"Алматы"}
{"code":"880000002","model":"Платье","size":"S","shelf":"B-2"}
{"code":"880000003","model":"Кеды","size":42,"shelf":"A-10"}
{"code":"880000004","model":"Кеды","size":41,"shelf":"A-10","parcels":2}
{"code":"880000005","model":"Плащ"}
{"code":"880000006","model":"Шарф","waybill":false}
"#;

fn options(folder: &Path) -> Options {
    Options {
        orders: ORDERS.as_bytes().to_vec(),
        waybills: Some(folder.join("in")),
        out: folder.join("out"),
        paper: Paper::default(),
        layout: Layout::default(),
        crop: Crop::default(),
        zpl: None,
        words: samples::words(),
        limits: Limits::default(),
    }
}

fn folder(files: &[(&str, Vec<u8>)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join("in").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn go(options: &Options) -> Report {
    run(options, &mut |_, _, _| {}).unwrap()
}

fn out(folder: &Path, name: &str) -> Vec<u8> {
    fs::read(folder.join("out").join(name)).unwrap()
}

/// A day on which much went wrong.
fn bad_day() -> tempfile::TempDir {
    let whole = strange::paper(&["Order 880000003", "second page"]);
    let cut = whole[..whole.len() / 3].to_vec();
    folder(&[
        ("KASPI_SHOP-880000001.pdf", strange::paper(&["first"])),
        ("KASPI_SHOP-880000001 (1).pdf", strange::paper(&["first"])),
        (
            "all.pdf",
            strange::paper(&["Order 880000002", "Order 880000003", "goes on", "Order 880000077"]),
        ),
        (
            "day/two.zip",
            strange::archive(&[
                ("880000004-1.pdf", strange::paper(&["box one"])),
                ("880000004-2.pdf", strange::paper(&["box two"])),
                ("readme.txt", b"hello".to_vec()),
                ("broken.pdf", b"".to_vec()),
            ]),
        ),
        ("880000003.pdf", cut),
        ("880000002.pdf", b"<html>404</html>".to_vec()),
        ("holiday.pdf", strange::paper(&["a trip"])),
        ("bad.zip", b"PK\x03\x04 nothing".to_vec()),
        (".DS_Store", vec![0; 16]),
        ("notes.txt", b"buy paper".to_vec()),
    ])
}

#[test]
fn every_page_of_a_bad_day_is_printed_once_or_listed_with_its_reason() {
    let folder = bad_day();
    let report = go(&options(folder.path()));
    let pages: Vec<(&str, &str, usize, usize)> = report
        .pages
        .iter()
        .map(|page| {
            (
                page.order.as_str(),
                page.file.as_str(),
                page.page,
                page.output_page,
            )
        })
        .collect();
    assert_eq!(
        pages,
        [
            ("880000004", "day/two.zip/880000004-1.pdf", 1, 1),
            ("880000004", "day/two.zip/880000004-2.pdf", 1, 2),
            ("880000003", "all.pdf", 2, 3),
            ("880000003", "all.pdf", 3, 4),
            ("880000002", "all.pdf", 1, 5),
            ("880000001", "KASPI_SHOP-880000001.pdf", 1, 6),
        ]
    );
    let printed = strange::texts(&out(folder.path(), "waybills.pdf"));
    assert_eq!(
        printed,
        [
            "box one",
            "box two",
            "Order 880000003",
            "goes on",
            "Order 880000002",
            "first"
        ]
    );
    let missing: Vec<&str> = report.missing.iter().map(|item| item.order.as_str()).collect();
    assert_eq!(missing, ["880000005"]);
    let broken: Vec<(&str, Option<&str>, &str)> = report
        .broken
        .iter()
        .map(|item| (item.file.as_str(), item.order.as_deref(), item.code))
        .collect();
    assert_eq!(
        broken,
        [
            ("880000002.pdf", Some("880000002"), "not-a-pdf"),
            ("880000003.pdf", Some("880000003"), "page-damaged"),
            ("880000003.pdf", Some("880000003"), "page-damaged"),
            ("bad.zip", None, "archive"),
            ("day/two.zip/broken.pdf", None, "empty"),
        ]
    );
    let unknown: Vec<(&str, &[usize], Option<&str>)> = report
        .unknown
        .iter()
        .map(|item| (item.file.as_str(), item.pages.as_slice(), item.order.as_deref()))
        .collect();
    assert_eq!(
        unknown,
        [
            ("all.pdf", &[4][..], Some("880000077")),
            ("holiday.pdf", &[1][..], None)
        ]
    );
    let doubles: Vec<(&str, &str, bool)> = report
        .duplicates
        .iter()
        .map(|item| (item.file.as_str(), item.of.file.as_str(), item.printed))
        .collect();
    assert_eq!(
        doubles,
        [("KASPI_SHOP-880000001 (1).pdf", "KASPI_SHOP-880000001.pdf", false)]
    );
    assert_eq!(
        report.ignored,
        [".DS_Store", "notes.txt", "day/two.zip/readme.txt"]
    );
    assert!(!report.is_whole());
}

#[test]
fn the_same_run_twice_writes_the_same_files_and_removes_what_is_stale() {
    let folder = bad_day();
    let mut options = options(folder.path());
    options.zpl = Some(Zpl::default());
    let first = go(&options);
    let labels = out(folder.path(), "labels.pdf");
    options.zpl = None;
    let second = go(&options);
    assert_eq!(first.pages, second.pages);
    assert_eq!(out(folder.path(), "labels.pdf"), labels);
    let mut names: Vec<String> = fs::read_dir(folder.path().join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "labels.pdf",
            "pick-list-80mm.pdf",
            "pick-list.pdf",
            "report.json",
            "waybills.pdf"
        ]
    );
    let told: serde_json::Value = serde_json::from_slice(&out(folder.path(), "report.json")).unwrap();
    assert_eq!(told["pages"].as_array().unwrap().len(), 6);
}

#[test]
fn papers_written_into_the_folder_of_waybills_are_not_read_again() {
    let folder = bad_day();
    let mut options = options(folder.path());
    options.out = folder.path().join("in/out");
    let first = go(&options);
    assert_eq!(go(&options), first);
    options.out = folder.path().join("in");
    let error = run(&options, &mut |_, _, _| {}).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the folder of waybills is the folder to write to"),
        "{error}"
    );
}

#[track_caller]
fn prints_each_page_once(paper: Paper, layout: Layout, size: (i32, i32), count: usize) {
    let folder = bad_day();
    let mut options = options(folder.path());
    (options.paper, options.layout) = (paper, layout);
    let report = go(&options);
    let bytes = out(folder.path(), "waybills.pdf");
    let sizes = strange::sizes(&bytes);
    assert!(sizes.iter().all(|found| *found == size), "{sizes:?}");
    assert_eq!(sizes.len(), count);
    let texts = strange::texts(&bytes);
    let all = texts.concat();
    for page in &report.pages {
        let source = match page.file.as_str() {
            "all.pdf" => ["Order 880000002", "Order 880000003", "goes on"][page.page - 1],
            "KASPI_SHOP-880000001.pdf" => "first",
            name if name.ends_with("-1.pdf") => "box one",
            _ => "box two",
        };
        let on = &texts[page.output_page - 1];
        assert!(on.contains(source), "{source} is not on {on}");
        assert_eq!(all.matches(source).count(), 1, "{source}");
    }
    assert_eq!(report.pages.len(), 6);
    for code in [
        "880000001",
        "880000002",
        "880000003",
        "880000004",
        "880000005",
        "880000006",
    ] {
        assert_eq!(all.contains(&format!("№ {code}")), layout.has_labels(), "{code}");
    }
}

#[test]
fn waybills_alone_are_cropped_to_the_label() {
    prints_each_page_once(Paper::Label75x120, Layout::Label, (75, 120), 6);
}

#[test]
fn waybills_are_two_on_a_sheet_where_the_label_is_too_small_for_them() {
    prints_each_page_once(Paper::Label58x40, Layout::Label, (297, 210), 3);
}

#[test]
fn waybills_are_two_on_a_sheet_when_asked() {
    prints_each_page_once(Paper::A4(PerSheet::Eight), Layout::TwoUp, (297, 210), 3);
}

#[test]
fn waybills_stand_beside_the_labels_of_their_order() {
    // Two rows for each of two orders with two pages, one for each of the others, with a waybill or without.
    prints_each_page_once(Paper::Label75x120, Layout::SideBySide, (297, 210), 8);
}

#[test]
fn waybills_come_after_the_labels_of_their_order() {
    // Two labels for the order of two parcels.
    prints_each_page_once(Paper::Label100x150, Layout::After, (100, 150), 6 + 7);
}

#[test]
fn a_page_turned_by_its_tree_and_without_a_box_of_its_own_is_cropped_upright() {
    let content = "0 0 0 rg 100 300 200 300 re f BT /F1 12 Tf 120 400 Td (880000001) Tj ET".to_owned();
    let inherited = "/MediaBox [0 0 595 842] /Rotate 90 /Resources << /Font << /F1 5 0 R >> >>";
    let folder = folder(&[("x.pdf", strange::with_contents(inherited, "", &[content]))]);
    let report = go(&options(folder.path()));
    assert_eq!(
        (report.pages.len(), report.pages[0].order.as_str()),
        (1, "880000001")
    );
    let bytes = out(folder.path(), "waybills.pdf");
    assert_eq!(strange::texts(&bytes), ["880000001"]);
    // Shown lying, 300 wide: turned once more it fills the label.
    let file = sauda_labels::read(&bytes, &Limits::default()).unwrap();
    let drawn = file.pages[0].as_ref().unwrap().drawn().unwrap();
    assert!(drawn.height() > 104.0 * sauda_labels::MM, "{drawn:?}");
    assert!(drawn.width() > 69.0 * sauda_labels::MM, "{drawn:?}");
}

#[test]
fn zpl_has_a_label_for_each_label_with_both_codes() {
    let folder = folder(&[]);
    fs::create_dir_all(folder.path().join("in")).unwrap();
    for (dpi, text) in [(Dpi::Dpi203, ZplText::Printer), (Dpi::Dpi300, ZplText::Drawn)] {
        let mut options = options(folder.path());
        options.zpl = Some(Zpl { dpi, text });
        let report = go(&options);
        let zpl = String::from_utf8(out(folder.path(), "labels.zpl")).unwrap();
        assert_eq!(zpl.matches("^CI28").count(), report.labels.len());
        assert_eq!(zpl.matches("^BCN,").count(), report.labels.len());
        assert_eq!(zpl.matches("^XA").count(), zpl.matches("^XZ").count());
        match text {
            ZplText::Printer => {
                assert!(zpl.contains("^PW600^LL960"), "{}", &zpl[..200]);
                assert!(zpl.contains("^BQN,2,10^FH^FDMA,880000001^FS"));
                assert!(zpl.contains("^FH^FDПлатье^FS"));
            }
            ZplText::Drawn => {
                assert!(zpl.contains("^PW886^LL1417"), "{}", &zpl[..200]);
                assert!(!zpl.contains("Платье"));
            }
        }
    }
}

#[test]
fn too_much_is_refused_by_name() {
    let mut pages = vec!["880000001"; 4];
    pages[1] = "";
    let folder = folder(&[
        ("880000001.pdf", strange::paper(&pages)),
        ("880000002.pdf", strange::paper(&["a"])),
    ]);
    let mut options = options(folder.path());
    options.limits.pages = 3;
    let report = go(&options);
    let told: Vec<(&str, &str)> = report
        .broken
        .iter()
        .map(|item| (item.code, item.message.as_str()))
        .collect();
    assert_eq!(
        told,
        [(
            "too-many-pages",
            "the file has 4 pages, at most 3 are read; split it"
        )]
    );
    options.limits = Limits {
        file_bytes: 100,
        ..Limits::default()
    };
    let codes: Vec<&str> = go(&options).broken.iter().map(|item| item.code).collect();
    assert_eq!(codes, ["too-large", "too-large"]);
}

#[test]
fn no_folder_and_no_orders_are_said_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let error = run(&options(folder.path()), &mut |_, _, _| {}).unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
    fs::create_dir_all(folder.path().join("in")).unwrap();
    let mut empty = options(folder.path());
    empty.orders = Vec::new();
    let report = go(&empty);
    assert_eq!(
        (report.orders, report.outputs.len(), report.is_whole()),
        (0, 0, true)
    );
}

#[test]
fn papers_are_made_in_memory_from_waybills_in_memory() {
    let request = sauda_labels::Request {
        orders: sauda_labels::command::read_orders(ORDERS.as_bytes()).orders,
        paper: Paper::default(),
        layout: Layout::After,
        crop: Crop::default(),
        zpl: None,
        words: samples::words(),
        limits: Limits::default(),
    };
    let waybills = vec![("880000005.pdf".to_owned(), strange::paper(&["stored"]))];
    let printed = sauda_labels::print(&request, Some(waybills), &mut |_, _, _| {}).unwrap();
    let files: Vec<(&str, usize)> = printed.files.iter().map(|file| (file.name, file.pages)).collect();
    assert_eq!(
        files,
        [
            ("labels.pdf", 7),
            ("waybills.pdf", 8),
            ("pick-list.pdf", 1),
            ("pick-list-80mm.pdf", 1)
        ]
    );
    let missing: Vec<&str> = printed
        .report
        .missing
        .iter()
        .map(|item| item.order.as_str())
        .collect();
    assert_eq!(missing, ["880000001", "880000002", "880000003", "880000004"]);
    let alone = sauda_labels::print(&request, None, &mut |_, _, _| {}).unwrap();
    assert_eq!(
        (
            alone.report.missing.len(),
            alone.files.len(),
            alone.report.is_whole()
        ),
        (0, 3, true)
    );
}

#[test]
fn an_archive_in_an_archive_is_opened_and_a_deeper_one_is_told() {
    let deep = strange::archive(&[("880000003.pdf", strange::paper(&["too deep"]))]);
    let day = strange::archive(&[("880000001.pdf", strange::paper(&["first"])), ("deep.zip", deep)]);
    let outer = strange::archive(&[
        ("Monday/day.zip", day),
        ("880000002.pdf", strange::paper(&["second"])),
        ("bad.ZIP", b"no archive".to_vec()),
    ]);
    let folder = folder(&[("outer.zip", outer)]);
    let report = go(&options(folder.path()));
    let mut pages: Vec<(&str, &str)> = report
        .pages
        .iter()
        .map(|page| (page.order.as_str(), page.file.as_str()))
        .collect();
    pages.sort_unstable();
    assert_eq!(
        pages,
        [
            ("880000001", "outer.zip/Monday/day.zip/880000001.pdf"),
            ("880000002", "outer.zip/880000002.pdf"),
        ]
    );
    let broken: Vec<(&str, &str, &str)> = report
        .broken
        .iter()
        .map(|item| (item.file.as_str(), item.code, item.message.as_str()))
        .collect();
    assert_eq!(broken.len(), 2, "{broken:?}");
    assert!(broken.contains(&(
        "outer.zip/Monday/day.zip/deep.zip",
        "archive-too-deep",
        "the archive lies in an archive of an archive; unpack it"
    )));
    assert!(
        broken
            .iter()
            .any(|(file, code, _)| (*file, *code) == ("outer.zip/bad.ZIP", "archive")),
        "{broken:?}"
    );
    assert_eq!(report.ignored, Vec::<String>::new());
}
