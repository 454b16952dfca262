//! Makes the files of these tests: packed workbooks from plain parts, good and bad.

use rust_xlsxwriter::{Format, Formula, Workbook};
use std::io::{Cursor, Write};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// A packed file of the given parts.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let method = if *name == "mimetype" {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        writer
            .start_file(*name, SimpleFileOptions::default().compression_method(method))
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const LINKS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">"#;
const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The smallest workbook around one sheet's XML and, when not empty, shared texts.
pub fn xlsx_parts(sheet: &str, strings: &str) -> Vec<u8> {
    let root = format!(
        r#"{LINKS}<Relationship Id="r1" Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
    );
    let links = format!(
        r#"{LINKS}<Relationship Id="r1" Type="{LINK}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{LINK}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#
    );
    let workbook = format!(
        r#"<workbook xmlns:r="{LINK}"><sheets><sheet name="One" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    let mut parts = vec![
        ("_rels/.rels", root.as_str()),
        ("xl/_rels/workbook.xml.rels", links.as_str()),
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    if !strings.is_empty() {
        parts.push(("xl/sharedStrings.xml", strings));
    }
    packed(&parts)
}

/// A sheet's XML around its rows.
pub fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

/// A workbook as another program writes it: a title above the header, texts, numbers, a share, a date, a formula, a
/// hidden sheet before the one that matters.
pub fn written_xlsx() -> Vec<u8> {
    let mut book = Workbook::new();
    let hidden = book.add_worksheet().set_name("Скрытый").unwrap();
    hidden.write(0, 0, "не отсюда").unwrap();
    hidden.set_hidden(true);
    let sheet = book.add_worksheet().set_name("Лимиты").unwrap();
    sheet.set_active(true);
    sheet.write(0, 0, "Лимиты на ноябрь").unwrap();
    for (column, name) in (0..).zip([
        "Артикул",
        "Мин. цена",
        "Макс. цена",
        "Дата",
        "Скидка",
        "Себестоимость",
    ]) {
        sheet.write(2, column, name).unwrap();
    }
    let price = Format::new().set_num_format("# ##0\" ₸\"");
    let date = Format::new().set_num_format("dd.mm.yyyy");
    let share = Format::new().set_num_format("0.0%");
    sheet.write(3, 0, 4_513_812).unwrap();
    sheet.write_with_format(3, 1, 38_740, &price).unwrap();
    sheet.write_with_format(3, 2, 45_990.0, &price).unwrap();
    sheet.write_with_format(3, 3, 46_154, &date).unwrap();
    sheet.write_with_format(3, 4, 0.125, &share).unwrap();
    sheet.write(3, 5, 30_000.5).unwrap();
    sheet.write(5, 0, "A & B <\"1\">").unwrap();
    sheet.write(5, 1, "38 740 ₸").unwrap();
    sheet
        .write_formula(5, 2, Formula::new("=B6*1.2").set_result("46488"))
        .unwrap();
    sheet.write(5, 4, true).unwrap();
    book.save_to_buffer().unwrap()
}

/// An OpenDocument sheet around its rows.
pub fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="Лист1">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", &content),
    ])
}

/// Replaces the declared sizes of one part in the directory at the end of a packed file.
pub fn declare_size(bytes: &mut [u8], part: &str, size: u32) {
    let at = directory_entry(bytes, part);
    bytes[at + 24..at + 28].copy_from_slice(&size.to_le_bytes());
}

/// Lets one part's entry in the directory point at the bytes of another's.
pub fn share_bytes(bytes: &mut [u8], part: &str, with: &str) {
    let (from, to) = (directory_entry(bytes, with), directory_entry(bytes, part));
    let copied: Vec<u8> = bytes[from + 16..from + 28].to_vec();
    bytes[to + 16..to + 28].copy_from_slice(&copied);
    let offset: Vec<u8> = bytes[from + 42..from + 46].to_vec();
    bytes[to + 42..to + 46].copy_from_slice(&offset);
}

/// Where the directory's entry of a part begins.
fn directory_entry(bytes: &[u8], part: &str) -> usize {
    let name = part.as_bytes();
    (0..bytes.len() - 46)
        .find(|at| bytes[*at..].starts_with(b"PK\x01\x02") && bytes[at + 46..].starts_with(name))
        .unwrap()
}
