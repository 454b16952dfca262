//! Which number style each cell style of an XLSX workbook has; refuses to know colours and fonts.

use super::workbook::Workbook;
use crate::table::{
    TableError, attribute,
    number_format::{NumberStyle, built_in, custom},
    package::Package,
};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// More styles than Excel itself can keep.
const MOST_STYLES: usize = 65_536;

pub(super) fn read(package: &mut Package<'_>, workbook: &Workbook) -> Result<Vec<NumberStyle>, TableError> {
    let mut styles = Vec::new();
    let Some(part) = workbook.styles_part.as_deref().filter(|part| package.has(part)) else {
        return Ok(styles);
    };
    let mut written: BTreeMap<u16, NumberStyle> = BTreeMap::new();
    let mut in_cell_formats = false;
    let mut buffer = Vec::new();
    let mut xml = package.xml(part)?;
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => return Ok(styles),
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let id = attribute(&element, "numFmtId")?.and_then(|id| id.parse::<u16>().ok());
                    if let (Some(id), Some(code)) = (id, attribute(&element, "formatCode")?) {
                        written.insert(id, custom(&code));
                    }
                }
                "cellXfs" => in_cell_formats = true,
                "xf" if in_cell_formats && styles.len() < MOST_STYLES => {
                    let id = attribute(&element, "numFmtId")?
                        .and_then(|id| id.parse::<u16>().ok())
                        .unwrap_or(0);
                    styles.push(written.get(&id).copied().unwrap_or_else(|| built_in(id)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => in_cell_formats = false,
            _ => {}
        }
    }
}
