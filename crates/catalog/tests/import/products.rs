//! Sellers' sheets as products: the documented examples, odd files, every row in one place.

use proptest::prelude::*;
use sauda_catalog::{
    import::{
        columns::MappingError,
        products::{
            CheckTotals, CheckedRow, OpenError, OpenOptions, ProductFile, Verdict, choose,
            report::{write_check, write_open_error},
        },
    },
    table::TableError,
};
use sauda_kernel::{Money, Tenge};
use serde_json::Value;
use std::fmt::Write as _;

const DOC: &str = include_str!("../../../../docs/import.md");

fn lines(bytes: &[u8]) -> Vec<Value> {
    lines_with(bytes, &[])
}

fn lines_with(bytes: &[u8], choices: &[(&str, &str)]) -> Vec<Value> {
    let choices: Vec<(String, String)> = choices
        .iter()
        .map(|(column, field)| ((*column).to_owned(), (*field).to_owned()))
        .collect();
    let mut output = Vec::new();
    let opened = ProductFile::open(bytes, &OpenOptions::default())
        .map_err(OpenError::Table)
        .and_then(|file| choose(&file, &choices).map(|mapping| (file, mapping)));
    match opened {
        Ok((file, mapping)) => {
            write_check(&file, mapping.as_ref(), bytes, &mut output).unwrap();
        }
        Err(error) => write_open_error(&error, &mut output).unwrap(),
    }
    let text = String::from_utf8(output).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

pub fn checked(bytes: &[u8]) -> (Vec<CheckedRow>, CheckTotals) {
    let file = ProductFile::open(bytes, &OpenOptions::default()).unwrap();
    let mapping = file.guessed().unwrap();
    let mut rows = Vec::new();
    let totals = file.check(mapping.as_ref(), None, &mut |row| rows.push(row));
    (rows, totals)
}

fn codes(row: &CheckedRow) -> Vec<&'static str> {
    row.errors
        .iter()
        .chain(&row.warnings)
        .map(|finding| finding.code)
        .collect()
}

/// Members of the wanted document must be there with these values; more may be. Rows of arrays stand in order.
#[track_caller]
fn contains(told: &Value, wanted: &Value) {
    match (told, wanted) {
        (Value::Object(told), Value::Object(wanted)) => {
            for (name, value) in wanted {
                contains(
                    told.get(name).unwrap_or_else(|| panic!("no {name} in {told:?}")),
                    value,
                );
            }
        }
        (Value::Array(told), Value::Array(wanted)) => {
            assert_eq!(told.len(), wanted.len(), "{told:?}");
            told.iter()
                .zip(wanted)
                .for_each(|(told, wanted)| contains(told, wanted));
        }
        _ => assert_eq!(told, wanted),
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says() {
    let mut blocks = Vec::new();
    for part in DOC
        .split("\n```")
        .collect::<Vec<_>>()
        .chunks(2)
        .filter_map(|pair| pair.get(1))
    {
        let (kind, body) = part.split_once('\n').unwrap();
        blocks.push((kind, body));
    }
    assert_eq!(blocks.len(), 8);
    for pair in blocks.chunks(2) {
        assert_eq!((pair[0].0, pair[1].0), ("csv", "json lines"));
        let told = lines(pair[0].1.as_bytes());
        let wanted: Vec<Value> = pair[1]
            .1
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(told.len(), wanted.len(), "{told:#?}");
        told.iter()
            .zip(&wanted)
            .for_each(|(told, wanted)| contains(told, wanted));
    }
}

#[test]
fn the_same_sheet_is_read_alike_in_every_encoding_and_delimiter() {
    let text = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Weight_kg\nA;Куртка;38 740;0,95\n";
    let (windows, _, _) = encoding_rs::WINDOWS_1251.encode(text);
    let marked = format!("\u{feff}{text}");
    let wide: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let tabs = text.replace(';', "\t");
    let commas = "SKU_ID,Kaspi_name_core,Initial_KSP_Price,Weight_kg\nA,Куртка,38 740,\"0,95\"\n";
    let expected = lines(text.as_bytes())[0].clone();
    assert_eq!(expected["product"]["weight"], serde_json::json!(0.95));
    assert_eq!(expected["product"]["price"], serde_json::json!(38_740));
    for bytes in [
        windows.as_ref(),
        marked.as_bytes(),
        &wide,
        tabs.as_bytes(),
        commas.as_bytes(),
    ] {
        assert_eq!(lines(bytes)[0], expected);
    }
    assert_eq!(lines(&windows)[1]["summary"]["encoding"], "windows-1251");
    assert_eq!(lines(marked.as_bytes())[1]["summary"]["bom"], true);
    assert_eq!(lines(tabs.as_bytes())[1]["summary"]["delimiter"], "\t");
}

#[test]
fn a_header_under_a_title_is_found_and_rows_keep_their_numbers() {
    let text =
        "Прайс Aru Home;;\n;;\nна 21 ноября;;\nАртикул;Название;Цена\n;;\nA;Чайник;9990\n;;\nB;Утюг;7990\n";
    let (rows, totals) = checked(text.as_bytes());
    assert_eq!(rows.iter().map(|row| row.row).collect::<Vec<_>>(), [6, 8]);
    assert_eq!((totals.ready, totals.refused), (2, 0));
}

#[test]
fn columns_are_chosen_by_name_or_letters_and_left_out() {
    let text = "Номер;Имя товара;Сколько;Цена\nA;Чайник;5;9990\n";
    let told = lines_with(
        text.as_bytes(),
        &[
            ("номер", "sku"),
            ("B", "title"),
            ("Сколько", "available_amount"),
            ("Цена", "-"),
        ],
    );
    assert_eq!(
        told[0]["product"],
        serde_json::json!({"merchantProductId": "A", "title": "Чайник", "availableAmount": 5})
    );
    assert_eq!(told[1]["summary"]["ignored"], serde_json::json!(["Цена"]));
    assert_eq!(
        lines_with(text.as_bytes(), &[("Нет", "sku")])[0]["error"]["code"],
        "import-no-column"
    );
    assert_eq!(
        lines_with(text.as_bytes(), &[("A", "цвет глаз")])[0]["error"]["code"],
        "import-no-field"
    );
    let twice = lines_with(text.as_bytes(), &[("A", "sku"), ("B", "sku")]);
    assert_eq!(twice[0]["error"]["code"], "import-mapping-twice");
}

#[test]
fn grams_are_meant_where_the_column_says_so() {
    let (rows, _) = checked("SKU;Название;Вес, г\nA;x;950\nB;y;1,5 кг\n".as_bytes());
    let weights: Vec<Option<i64>> = rows
        .iter()
        .map(|row| match &row.verdict {
            Verdict::Ready(facts) => facts.weight_grams,
            _ => panic!("{row:?}"),
        })
        .collect();
    assert_eq!(weights, [Some(950), Some(1_500)]);
}

#[test]
fn texts_are_trimmed_and_nothing_becomes_zero() {
    let (rows, _) = checked(
        "SKU;Название;Цена;Остаток;Себестоимость;Вес\n\u{a0}A-1 ;«Чайник  электрический»;;;;\n\"B\";Утюг;-;n/a;1 204,5;—\n".as_bytes(),
    );
    let Verdict::Ready(first) = &rows[0].verdict else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (first.sku.as_str(), first.title.as_deref()),
        ("A-1", Some("Чайник электрический"))
    );
    assert_eq!(
        (first.price, first.stock, first.weight_grams, first.cost),
        (None, None, None, None)
    );
    let Verdict::Ready(second) = &rows[1].verdict else {
        panic!("{rows:?}")
    };
    assert_eq!(
        (second.price, second.stock, second.cost),
        (None, None, Some(Money::from_tiyn(120_450)))
    );
}

#[test]
fn three_alike_rows_are_remarked_once_and_one_is_taken() {
    let (rows, totals) = checked("SKU;Название\nA;x\nA;x\nA; x \nB;y\n".as_bytes());
    assert_eq!(
        (totals.ready, totals.duplicates, totals.warned, totals.refused),
        (2, 2, 1, 0)
    );
    assert_eq!(rows[2].verdict, Verdict::Duplicate { first_row: 2 });
    assert_eq!(codes(&rows[1]), ["import-product-repeated"]);
}

#[test]
fn a_barcode_on_two_products_and_a_cost_above_the_price_are_remarked() {
    let (rows, totals) = checked(
        "SKU;Название;Штрихкод;Цена;Закуп\nA;x;4006381333931;100;120\nB;y;4006381333931;100;90\nЁ1;z;;;\nCС;q;;;\n".as_bytes(),
    );
    assert_eq!(codes(&rows[0]), ["import-product-cost-above-price"]);
    assert_eq!(codes(&rows[1]), ["import-product-barcode-repeated"]);
    assert!(codes(&rows[2]).is_empty());
    assert_eq!(codes(&rows[3]), ["import-product-mixed-letters"]);
    assert_eq!((totals.ready, totals.warned), (4, 3));
}

#[test]
fn a_new_product_needs_a_name_unless_the_file_has_no_names_at_all() {
    let (rows, _) = checked("SKU;Название;Модель;Цена\nA;;;100\nB;;X-5;100\n".as_bytes());
    assert_eq!(codes(&rows[0]), ["import-product-title-missing"]);
    assert!(codes(&rows[1]).is_empty());
    let (rows, _) = checked("SKU;Цена\nA;100\n".as_bytes());
    assert!(codes(&rows[0]).is_empty());
    let file = ProductFile::open("SKU;Цена\nA;100\nB;100\n".as_bytes(), &OpenOptions::default()).unwrap();
    let mapping = file.guessed().unwrap();
    let mut found = Vec::new();
    file.check(mapping.as_ref(), Some(&|sku| sku == "A"), &mut |row| {
        found.push(codes(&row))
    });
    assert_eq!(found, [vec![], vec!["import-product-title-missing"]]);
}

#[test]
fn the_sheet_with_products_is_read_wherever_it_stands() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet()
        .set_name("Заметки")
        .unwrap()
        .write(0, 0, "не забыть")
        .unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Товары").unwrap();
    for (column, name) in ["SKU_ID", "Kaspi_name_core", "Initial_KSP_Price", "Weight_kg"]
        .iter()
        .enumerate()
    {
        sheet.write(0, u16::try_from(column).unwrap(), *name).unwrap();
    }
    sheet.write(1, 0, "A").unwrap();
    sheet.write(1, 1, "Чайник").unwrap();
    sheet.write(1, 2, 38_740).unwrap();
    sheet.write(1, 3, 0.95).unwrap();
    sheet.write(2, 0, "B").unwrap();
    sheet.write(2, 1, "Утюг").unwrap();
    sheet.write_formula(2, 2, "=C2*2").unwrap();
    book.add_worksheet()
        .set_name("Архив")
        .unwrap()
        .write(0, 0, "SKU")
        .unwrap();
    let told = lines(&book.save_to_buffer().unwrap());
    assert_eq!(told[0]["product"]["weight"], serde_json::json!(0.95));
    assert_eq!(told[0]["product"]["price"], serde_json::json!(38_740));
    assert_eq!(told[1]["errors"][0]["code"], "import-cell-formula");
    assert_eq!(told[2]["summary"]["sheet"], "Товары");
    assert_eq!(
        told[2]["summary"]["other_sheets"],
        serde_json::json!(["Заметки", "Архив"])
    );
}

#[test]
fn the_cabinets_workbook_is_a_price_list_and_its_model_is_the_name() {
    let rows: [[&str; 10]; 3] = [
        [
            "SKU", "model", "brand", "price", "PP1", "PP2", "PP3", "PP4", "PP5", "preorder",
        ],
        ["A", "Чайник", "Aru", "9990", "3", "yes", "", "", "", ""],
        ["B", "Утюг", "", "0", "1", "", "", "", "", ""],
    ];
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in rows.iter().enumerate() {
        for (column, text) in cells.iter().enumerate() {
            let (row, column) = (u32::try_from(row).unwrap(), u16::try_from(column).unwrap());
            sheet.write(row, column, *text).unwrap();
        }
    }
    let bytes = book.save_to_buffer().unwrap();
    let told = lines(&bytes);
    assert_eq!(
        told[0]["product"],
        serde_json::json!({"merchantProductId": "A", "title": "Чайник", "price": 9990, "availableAmount": 3, "brand": "Aru"})
    );
    assert_eq!(told[1]["errors"][0]["code"], "import-cell-zero");
    assert_eq!(told[2]["summary"]["format"], "kaspi_xlsx");
}

#[test]
fn files_that_are_no_tables_are_refused_whole() {
    let refusal = ProductFile::open(b"%PDF-1.7 something", &OpenOptions::default()).unwrap_err();
    assert!(matches!(refusal, TableError::UnknownFormat("PDF")));
    let file = ProductFile::open("a;b\n1;2\n".as_bytes(), &OpenOptions::default()).unwrap();
    assert_eq!(file.guessed().unwrap_err(), MappingError::NoSku);
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[ABC]",
        "[0-9]{1,4}(,[0-9]{1,3})?",
        "(-|>|=)?[0-9a-zа-я ]{0,6}",
        Just("4006381333931".to_owned()),
    ]
}

proptest! {
    #[test]
    fn every_row_ends_in_one_place_and_no_sku_is_ready_twice(rows in proptest::collection::vec((cell(), cell(), cell(), cell(), cell()), 0..12)) {
        let mut text = String::from("SKU;Название;Цена;Остаток;Вес\n");
        for (a, b, c, d, e) in &rows {
            writeln!(text, "{a};{b};{c};{d};{e}").unwrap();
        }
        let (rows, totals) = checked(text.as_bytes());
        prop_assert_eq!(totals.rows, rows.len());
        prop_assert_eq!(totals.ready + totals.refused + totals.duplicates, totals.rows);
        let mut seen = std::collections::BTreeSet::new();
        for row in &rows {
            prop_assert_eq!(row.errors.is_empty(), row.verdict != Verdict::Refused);
            if let Verdict::Ready(facts) = &row.verdict {
                prop_assert!(seen.insert(facts.sku.clone()), "{} is ready twice", facts.sku);
                prop_assert!(facts.price.is_none_or(|price| price > Tenge(0)));
                prop_assert!(facts.stock.is_none_or(|stock| stock >= 0));
                prop_assert!(facts.weight_grams.is_none_or(|grams| grams > 0));
            }
        }
    }
}

#[test]
fn a_file_that_cannot_be_opened_is_told_with_its_cause() {
    for (kind, hint) in [
        (std::io::ErrorKind::NotFound, "check its name and folder"),
        (
            std::io::ErrorKind::PermissionDenied,
            "grant the right to read it, or copy it to another folder",
        ),
        (std::io::ErrorKind::IsADirectory, "name a file in this folder"),
        (std::io::ErrorKind::TimedOut, "check the disk and try again"),
    ] {
        let error = OpenError::Table(TableError::Unreadable(kind.into()));
        let mut output = Vec::new();
        write_open_error(&error, &mut output).unwrap();
        let told: serde_json::Value = serde_json::from_slice(&output).unwrap();
        let error = &told["error"];
        assert_eq!(error["code"], "import-file-unreadable");
        assert_eq!(error["hint"], hint);
        let message = error["message"].as_str().unwrap();
        assert_eq!(
            message,
            format!("the file cannot be opened ({})", std::io::Error::from(kind))
        );
    }
}
