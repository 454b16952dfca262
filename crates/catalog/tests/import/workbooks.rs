//! Workbooks of every format give the same rows, and other readers agree.

use crate::{
    make::{ods, packed, sheet, written_xlsx, xlsx_parts},
    make_xls::{XlsCell, compound, xls, xls_stream},
};
use calamine::{Data, Ods, Reader, Xls, Xlsx};
use sauda_catalog::{
    import::limits,
    table::{CellKind, FileFormat, ReadOptions, Table, TableError, read},
};
use std::io::Cursor;

type Shown = (u32, Vec<(CellKind, String)>);

fn shown(table: &Table) -> Vec<Shown> {
    let width = table.headers().len();
    table
        .rows()
        .map(|row| {
            let cells = (0..width)
                .map(|column| row.cell(column))
                .map(|cell| (cell.kind, cell.text.to_owned()));
            (row.number(), cells.collect())
        })
        .collect()
}

/// The texts of a sheet as another reader sees them, numbers in the shortest form.
fn others(range: &calamine::Range<Data>) -> Vec<Vec<String>> {
    let text = |data: &Data| match data {
        Data::Float(number) => number.to_string(),
        Data::DateTime(date) => format!("day {}", date.as_f64()),
        Data::Bool(value) => value.to_string().to_uppercase(),
        other => other.to_string(),
    };
    range.rows().map(|row| row.iter().map(text).collect()).collect()
}

#[test]
fn a_written_xlsx_is_read_with_its_title_hidden_sheet_and_formats() {
    let table = read(&written_xlsx(), &limits::read_options()).unwrap();
    assert_eq!(
        (table.format, table.sheet.as_deref()),
        (FileFormat::Xlsx, Some("Лимиты"))
    );
    assert_eq!(table.sheets, ["Скрытый", "Лимиты"]);
    assert_eq!(table.header_row(), 3);
    assert_eq!(
        table.headers(),
        [
            "Артикул",
            "Мин. цена",
            "Макс. цена",
            "Дата",
            "Скидка",
            "Себестоимость"
        ]
    );
    let cell = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(
        shown(&table),
        [
            (
                4,
                vec![
                    cell(CellKind::Number, "4513812"),
                    cell(CellKind::Number, "38740"),
                    cell(CellKind::Number, "45990"),
                    cell(CellKind::Date, "2026-05-12"),
                    cell(CellKind::Number, "12.5%"),
                    cell(CellKind::Number, "30000.5"),
                ]
            ),
            (
                6,
                vec![
                    cell(CellKind::Text, "A & B <\"1\">"),
                    cell(CellKind::Text, "38 740 ₸"),
                    cell(CellKind::Formula, "=B6*1.2"),
                    cell(CellKind::Empty, ""),
                    cell(CellKind::Bool, "TRUE"),
                    cell(CellKind::Empty, ""),
                ]
            ),
        ]
    );
    let mut other: Xlsx<_> = Xlsx::new(Cursor::new(written_xlsx())).unwrap();
    let rows = others(&other.worksheet_range("Лимиты").unwrap());
    assert_eq!(
        rows[3],
        ["4513812", "38740", "45990", "day 46154", "0.125", "30000.5"]
    );
    assert_eq!(rows[5][0], "A & B <\"1\">");
}

#[test]
fn another_sheet_can_be_chosen_and_a_missing_one_is_named() {
    let options = ReadOptions {
        sheet: Some("Скрытый".to_owned()),
        ..ReadOptions::default()
    };
    assert_eq!(read(&written_xlsx(), &options).unwrap().headers(), ["не отсюда"]);
    let options = ReadOptions {
        sheet: Some("Третий".to_owned()),
        ..ReadOptions::default()
    };
    assert!(matches!(read(&written_xlsx(), &options), Err(TableError::NoSheet(name)) if name == "Третий"));
}

#[test]
fn inline_texts_rich_texts_and_cells_without_references_are_read() {
    let strings =
        "<sst><si><r><t>Арти</t></r><r><t xml:space=\"preserve\">кул </t></r><rPh><t>x</t></rPh></si></sst>";
    let rows = r#"<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Мин &#8470; &amp; цена</t></is></c></row>
        <row r="7"><c r="A7"><v>12</v></c><c/><c r="D7" t="str"><v>x</v></c><c r="E7" t="e"><v>#REF!</v></c></row>"#;
    let table = read(&xlsx_parts(&sheet(rows), strings), &ReadOptions::default()).unwrap();
    assert_eq!(table.headers(), ["Артикул", "Мин № & цена", "", "", ""]);
    let cells: Vec<(CellKind, String)> = shown(&table).remove(0).1;
    let kinds: Vec<CellKind> = cells.iter().map(|cell| cell.0).collect();
    assert_eq!(
        kinds,
        [
            CellKind::Number,
            CellKind::Empty,
            CellKind::Empty,
            CellKind::Text,
            CellKind::Error
        ]
    );
    assert_eq!(
        (table.rows().next().unwrap().number(), table.column_name(2)),
        (7, "C".to_owned())
    );
}

fn sample_xls() -> Vec<XlsCell<'static>> {
    vec![
        XlsCell::Text(0, 0, "Артикул"),
        XlsCell::Text(0, 1, "Минимум"),
        XlsCell::Text(0, 2, "Дата"),
        XlsCell::Text(1, 0, "A-1"),
        XlsCell::Number(1, 1, 38_740.5),
        XlsCell::Date(1, 2, 46_154.0),
        XlsCell::Short(2, 0, 4_513_812),
        XlsCell::Formula(2, 1, 7.0),
        XlsCell::Several(4, 0, &[1, -2, 3]),
    ]
}

#[test]
fn an_old_xls_is_read_and_another_reader_agrees_about_the_file() {
    let bytes = xls(&sample_xls());
    let table = read(&bytes, &ReadOptions::default()).unwrap();
    assert_eq!(
        (table.format, table.sheet.as_deref()),
        (FileFormat::Xls, Some("Лимиты"))
    );
    assert_eq!(table.headers(), ["Артикул", "Минимум", "Дата"]);
    let cell = |kind, text: &str| (kind, text.to_owned());
    assert_eq!(
        shown(&table),
        [
            (
                2,
                vec![
                    cell(CellKind::Text, "A-1"),
                    cell(CellKind::Number, "38740.5"),
                    cell(CellKind::Date, "2026-05-12"),
                ]
            ),
            (
                3,
                vec![
                    cell(CellKind::Number, "4513812"),
                    cell(CellKind::Formula, "=…"),
                    cell(CellKind::Empty, ""),
                ]
            ),
            (
                5,
                vec![
                    cell(CellKind::Number, "1"),
                    cell(CellKind::Number, "-2"),
                    cell(CellKind::Number, "3"),
                ]
            ),
        ]
    );
    let mut other: Xls<_> = Xls::new(Cursor::new(bytes)).unwrap();
    let rows = others(&other.worksheet_range("Лимиты").unwrap());
    assert_eq!(rows[0], ["Артикул", "Минимум", "Дата"]);
    assert_eq!(rows[1], ["A-1", "38740.5", "day 46154"]);
    assert_eq!(rows[2], ["4513812", "7", ""]);
    assert_eq!(rows[4], ["1", "-2", "3"]);
}

#[test]
fn a_workbook_of_excel_95_and_a_locked_one_are_refused_by_name() {
    let old = compound("Book", &xls_stream(&sample_xls()));
    assert!(matches!(
        read(&old, &ReadOptions::default()),
        Err(TableError::UnknownFormat("Excel 95"))
    ));
    let locked = compound("EncryptedPackage", &[1, 2, 3]);
    assert!(matches!(
        read(&locked, &ReadOptions::default()),
        Err(TableError::Password)
    ));
}

const ODS_ROWS: &str = r#"
    <table:table-row><table:table-cell office:value-type="string"><text:p>Артикул</text:p></table:table-cell>
      <table:table-cell office:value-type="string"><text:p>Мин<text:s/>цена</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>
    <table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>заметка</text:p></office:annotation><text:p>A-<text:span>1</text:span></text:p></table:table-cell>
      <table:table-cell office:value-type="float" office:value="38740"><text:p>38 740,00</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="5" table:number-columns-repeated="2"><text:p>5</text:p></table:table-cell></table:table-row>
    <table:table-row><table:table-cell office:value-type="date" office:date-value="2026-05-12"><text:p>12.05.26</text:p></table:table-cell>
      <table:table-cell table:formula="of:=[.B4]*2" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>
    <table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>"#;

#[test]
fn an_ods_is_read_with_repeats_notes_and_formulas() {
    let table = read(&ods(ODS_ROWS), &ReadOptions::default()).unwrap();
    assert_eq!(
        (table.format, table.sheet.as_deref()),
        (FileFormat::Ods, Some("Лист1"))
    );
    assert_eq!(table.headers(), ["Артикул", "Мин цена"]);
    let cell = |kind, text: &str| (kind, text.to_owned());
    let five = vec![cell(CellKind::Number, "5"), cell(CellKind::Number, "5")];
    assert_eq!(
        shown(&table),
        [
            (
                4,
                vec![cell(CellKind::Text, "A-1"), cell(CellKind::Number, "38740")]
            ),
            (5, five.clone()),
            (6, five),
            (
                7,
                vec![
                    cell(CellKind::Date, "2026-05-12"),
                    cell(CellKind::Formula, "=[.B4]*2")
                ]
            ),
        ]
    );
    let mut other: Ods<_> = Ods::new(Cursor::new(ods_for_others())).unwrap();
    let rows = others(&other.worksheet_range("Лист1").unwrap());
    assert_eq!(rows[3], ["A-1", "38740"]);
    assert_eq!(rows[5], ["5", "5"]);
}

/// The other reader wants real namespaces, a manifest, and nothing between the cells.
fn ods_for_others() -> Vec<u8> {
    let rows: String = ODS_ROWS.lines().map(str::trim).collect();
    let content = format!(
        r#"<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="Лист1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        (
            "META-INF/manifest.xml",
            r#"<manifest:manifest xmlns:manifest="m"/>"#,
        ),
        ("content.xml", &content),
    ])
}

#[test]
fn files_of_one_template_have_one_shape() {
    let shape = |text: &str| read(text.as_bytes(), &ReadOptions::default()).unwrap().shape;
    assert_eq!(shape("SKU;Min\n1;2\n"), shape("sku,  min \n7,8\n"));
    assert_ne!(shape("sku;min\n1;2\n"), shape("min;sku\n1;2\n"));
    assert_eq!(shape("sku;min\n1;2\n").len(), 32);
}
