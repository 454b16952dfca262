//! The shared texts of an XLSX workbook in one piece of memory; refuses the counts that the file declares.

use super::workbook::Workbook;
use crate::table::{
    TableError, TableLimits, error::Countable, package::Package, rows::too_many, xml::append_text,
};
use quick_xml::events::Event;

/// Texts that cells refer to by number.
#[derive(Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = index
            .checked_sub(1)
            .and_then(|before| self.ends.get(before))
            .copied()
            .unwrap_or(0);
        self.text.get(start..end)
    }
}

pub(super) fn read(
    package: &mut Package<'_>,
    workbook: &Workbook,
    limits: &TableLimits,
) -> Result<Strings, TableError> {
    let mut strings = Strings::default();
    let Some(part) = workbook.strings_part.as_deref().filter(|part| package.has(part)) else {
        return Ok(strings);
    };
    let mut buffer = Vec::new();
    let mut xml = package.xml(part)?;
    // Text counts inside <t>, but not inside <rPh>, which holds a pronunciation.
    let (mut in_text, mut in_phonetic) = (false, false);
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => return Ok(strings),
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => in_text = !in_phonetic,
                "rPh" => in_phonetic = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_phonetic = false,
                "si" => {
                    if strings.ends.len() >= limits.cells {
                        return Err(too_many(Countable::Cells, strings.ends.len(), limits.cells));
                    }
                    strings.ends.push(strings.text.len());
                }
                _ => {}
            },
            event if in_text => append_text(&event, &mut strings.text)?,
            _ => {}
        }
        if strings.text.len() > limits.text_bytes {
            return Err(too_many(Countable::Texts, strings.text.len(), limits.text_bytes));
        }
    }
}
