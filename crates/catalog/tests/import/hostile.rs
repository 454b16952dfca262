//! Files made to hurt: each is refused by name, quickly, and none makes a reader panic.

use crate::{
    make::{declare_size, ods, packed, share_bytes, sheet, written_xlsx, xlsx_parts},
    make_xls::{XlsCell, compound, xls, xls_stream},
};
use proptest::prelude::*;
use sauda_catalog::table::{ReadOptions, Table, TableError, TableLimits, read, read_path};
use sauda_kernel::{Failure, Kind};

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn limited(bytes: &[u8], limits: TableLimits) -> Result<Table, TableError> {
    read(
        bytes,
        &ReadOptions {
            limits,
            ..ReadOptions::default()
        },
    )
}

fn refusal(bytes: &[u8]) -> TableError {
    limited(bytes, TableLimits::default()).unwrap_err()
}

fn small() -> TableLimits {
    TableLimits {
        unpacked_bytes: 200_000,
        ..TableLimits::default()
    }
}

#[test]
fn a_zip_bomb_is_refused_by_what_it_says_and_by_what_it_does() {
    let spaces = sheet(&" ".repeat(300_000));
    let honest = xlsx_parts(&spaces, "");
    assert!(honest.len() < 3_000);
    assert!(matches!(
        limited(&honest, small()),
        Err(TableError::UnpacksTooLarge {
            limit_bytes: 200_000,
            ..
        })
    ));

    let mut lying = honest.clone();
    declare_size(&mut lying, SHEET, 100);
    assert!(matches!(
        limited(&lying, small()),
        Err(TableError::UnpacksTooLarge {
            limit_bytes: 200_000,
            ..
        })
    ));

    // Within the limit of size, but four thousand times larger than what was sent.
    let mut stretched = honest;
    declare_size(&mut stretched, SHEET, 40 * 1024 * 1024);
    assert!(matches!(
        refusal(&stretched),
        TableError::UnpacksTooLarge { ratio: 200, .. }
    ));
}

#[test]
fn parts_that_share_their_bytes_are_refused() {
    let mut bytes = packed(&[
        ("xl/workbook.xml", "<a/>"),
        ("xl/a.xml", "<a>1</a>"),
        ("xl/b.xml", "<a>1</a>"),
    ]);
    share_bytes(&mut bytes, "xl/b.xml", "xl/a.xml");
    assert!(matches!(refusal(&bytes), TableError::UnpacksTooLarge { .. }));
}

#[test]
fn a_directory_of_many_parts_and_a_book_of_many_sheets_are_refused() {
    let names: Vec<String> = (0..30).map(|number| format!("xl/{number}.xml")).collect();
    let mut parts = vec![("xl/workbook.xml", "<workbook/>")];
    parts.extend(names.iter().map(|name| (name.as_str(), "")));
    let limits = TableLimits {
        parts: 30,
        ..TableLimits::default()
    };
    let refused = limited(&packed(&parts), limits).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the file has 31 parts, more than 30: leave only what is to be imported"
    );

    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..5 {
        book.add_worksheet();
    }
    let limits = TableLimits {
        sheets: 4,
        ..TableLimits::default()
    };
    let refused = limited(&book.save_to_buffer().unwrap(), limits).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the file has 5 sheets, more than 4: leave only what is to be imported"
    );
}

#[test]
fn entities_are_never_expanded() {
    let laughs = r#"<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>"#;
    assert!(matches!(refusal(&xlsx_parts(laughs, "")), TableError::Entities));
    let undeclared = sheet(r#"<row><c t="inlineStr"><is><t>&b;</t></is></c></row>"#);
    assert!(matches!(
        refusal(&xlsx_parts(&undeclared, "")),
        TableError::Entities
    ));
    let outside = r#"<!DOCTYPE kaspi_catalog SYSTEM "file:///etc/passwd"><kaspi_catalog/>"#;
    let list = sauda_catalog::import::price_list::read(outside.as_bytes(), &TableLimits::default());
    assert!(matches!(list, Err(TableError::Entities)));
}

#[test]
fn declared_counts_and_far_cells_cost_nothing() {
    let strings = r#"<sst uniqueCount="99999999999999"><si><t>sku</t></si></sst>"#;
    let fine = sheet(r#"<row><c t="s"><v>0</v></c></row>"#);
    assert_eq!(
        read(&xlsx_parts(&fine, strings), &ReadOptions::default())
            .unwrap()
            .headers(),
        ["sku"]
    );

    let far = sheet(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    );
    assert_eq!(
        refusal(&xlsx_parts(&far, "")).to_string(),
        "the file has 16384 columns, more than 128: leave only what is to be imported"
    );
    let stray = sheet(r#"<row><c t="s"><v>7</v></c></row>"#);
    assert!(matches!(
        refusal(&xlsx_parts(&stray, "")),
        TableError::Broken { .. }
    ));
    let nested = format!(
        "<worksheet>{}{}</worksheet>",
        "<a>".repeat(100),
        "</a>".repeat(100)
    );
    assert!(matches!(
        refusal(&xlsx_parts(&nested, "")),
        TableError::Broken { .. }
    ));
    let endless = sheet(&format!("<row a=\"{}\"/>", "x".repeat(3_000_000)));
    assert!(matches!(
        refusal(&xlsx_parts(&endless, "")),
        TableError::Broken { .. }
    ));
}

#[test]
fn rows_columns_cells_and_texts_are_limited_in_every_format() {
    let limits = TableLimits {
        rows: 10,
        columns: 4,
        cells: 12,
        text_bytes: 1000,
        cell_chars: 50,
        ..TableLimits::default()
    };
    let many_rows = "a\n".repeat(11);
    let wide = "a;b;c;d;e\n";
    let many_cells = "a;b;c;d\n".repeat(4);
    let long = format!("a\n{}\n", "x".repeat(51));
    for (text, message) in [
        (many_rows.as_str(), "the file has 11 rows, more than 10"),
        (wide, "the file has 5 columns, more than 4"),
        (many_cells.as_str(), "the file has 13 cells, more than 12"),
        (long.as_str(), "cell A 2 is longer than 50 characters"),
    ] {
        let refused = limited(text.as_bytes(), limits).unwrap_err().to_string();
        assert!(refused.starts_with(message), "{refused}");
    }
    let repeated = r#"<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#;
    assert!(
        limited(&ods(repeated), limits)
            .unwrap_err()
            .to_string()
            .starts_with("the file has 11 rows")
    );
    let repeated = r#"<table:table-row><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="4000000000"/></table:table-row>"#;
    assert!(
        limited(&ods(repeated), limits)
            .unwrap_err()
            .to_string()
            .contains("columns, more than 4")
    );
}

#[test]
fn files_that_are_no_tables_are_named() {
    for (bytes, name) in [
        (&b"%PDF-1.7 ..."[..], "PDF"),
        (b"<html><table>", "HTML"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04 word/document.xml", "DOCX"),
        (b"PK\x03\x04 holiday.jpg", "ZIP"),
        (b"PK\x03\x04 xl/workbook.bin", "XLSB"),
        (b"<?xml version='1.0'?><kaspi_catalog/>", "XML"),
    ] {
        let refused = refusal(bytes);
        assert!(
            matches!(refused, TableError::UnknownFormat(found) if found == name),
            "{name}: {refused}"
        );
        assert_eq!(refused.kind(), Kind::Invalid);
        assert_eq!(refused.public()[0].args, [("found", name.to_owned())]);
    }
    assert!(matches!(refusal(b""), TableError::Empty));
    assert!(matches!(refusal(b" \n;;\n"), TableError::Empty));
}

#[test]
fn a_large_file_on_disk_is_refused_before_it_is_read() {
    let path = std::env::temp_dir().join(format!("sauda-import-{}.csv", std::process::id()));
    let file = std::fs::File::create(&path).unwrap();
    file.set_len(1 << 30).unwrap();
    let refused = read_path(&path, &ReadOptions::default());
    std::fs::remove_file(&path).unwrap();
    assert!(matches!(
        refused,
        Err(TableError::TooLarge {
            bytes: Some(1_073_741_824),
            ..
        })
    ));
}

#[test]
fn chains_and_sheets_of_an_old_workbook_may_run_in_circles() {
    let cells = [XlsCell::Text(0, 0, "sku"), XlsCell::Number(1, 0, 5.0)];
    let good = xls(&cells);
    // Each sector's successor in the table, one after another, is made to point to itself, to the start and outside.
    for entry in 0..12_usize {
        for next in [u32::try_from(entry).unwrap(), 0, 1, 9_999, u32::MAX - 1] {
            let mut bad = good.clone();
            bad[512 + entry * 4..516 + entry * 4].copy_from_slice(&next.to_le_bytes());
            let _ = read(&bad, &ReadOptions::default());
        }
    }
    let mut far_sheet = xls_stream(&cells);
    let entry = far_sheet.windows(2).position(|two| two == [0x85, 0x00]).unwrap();
    far_sheet[entry + 4..entry + 8].copy_from_slice(&u32::MAX.to_le_bytes());
    assert!(matches!(
        refusal(&compound("Workbook", &far_sheet)),
        TableError::Broken { .. }
    ));
}

#[test]
fn files_cut_short_anywhere_are_refused_without_a_panic() {
    let cells = [
        XlsCell::Text(0, 0, "sku"),
        XlsCell::Number(1, 0, 5.0),
        XlsCell::Several(2, 0, &[1, 2]),
    ];
    for whole in [written_xlsx(), xls(&cells)] {
        for cut in (0..whole.len()).step_by(61) {
            let _ = read(&whole[..cut], &ReadOptions::default());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn changed_bytes_never_make_a_reader_panic(
        which in 0_usize..3,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let cells = [XlsCell::Text(0, 0, "sku"), XlsCell::Number(1, 0, 5.0), XlsCell::Formula(2, 0, 1.0)];
        let mut bytes = match which {
            0 => xlsx_parts(&sheet(r#"<row><c t="s"><v>0</v></c><c><v>5</v></c></row>"#), "<sst><si><t>sku</t></si></sst>"),
            1 => ods(r#"<table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row>"#),
            _ => xls(&cells),
        };
        for (place, byte) in changes {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _ = read(&bytes, &ReadOptions::default());
    }

    #[test]
    fn any_bytes_are_a_table_or_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let Err(refused) = read(&bytes, &ReadOptions::default()) {
            prop_assert_eq!(refused.public().len(), 1);
        }
    }
}
