//! Finds the sheets of an XLSX package and the parts they live in; refuses to read any cell.

use crate::table::{TableError, TableLimits, attribute, error::Countable, package::Package, rows::too_many};
use quick_xml::events::Event;
use std::collections::BTreeMap;

/// Where the parts of a workbook are.
pub(super) struct Workbook {
    pub sheets: Vec<Sheet>,
    pub strings_part: Option<String>,
    pub styles_part: Option<String>,
}

/// A worksheet; sheets that hold only a chart are not among them.
pub(super) struct Sheet {
    pub name: String,
    pub part: String,
    pub visible: bool,
}

struct Link {
    kind: String,
    target: String,
}

pub(super) fn read(package: &mut Package<'_>, limits: &TableLimits) -> Result<Workbook, TableError> {
    let workbook_part = workbook_part(package)?;
    let folder = workbook_part
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
        .to_owned();
    let file = workbook_part.rsplit('/').next().unwrap_or_default().to_owned();
    let links = links(package, &format!("{folder}/_rels/{file}.rels"), &folder, limits)?;
    let target = |kind: &str| {
        links
            .values()
            .find(|link| link.kind == kind)
            .map(|link| link.target.clone())
    };
    let mut sheets = Vec::new();
    let mut buffer = Vec::new();
    let mut xml = package.xml(&workbook_part)?;
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => break,
            Event::Start(element) if element.local_name().as_ref() == "sheet" => {
                let name = attribute(&element, "name")?.unwrap_or_default();
                let state = attribute(&element, "state")?;
                let id = attribute(&element, "id")?.unwrap_or_default();
                if sheets.len() >= limits.sheets {
                    return Err(too_many(
                        Countable::Sheets,
                        sheets.len().saturating_add(1),
                        limits.sheets,
                    ));
                }
                if let Some(link) = links.get(&id).filter(|link| link.kind == "worksheet") {
                    let visible = state.is_none_or(|state| state == "visible");
                    sheets.push(Sheet {
                        name,
                        part: link.target.clone(),
                        visible,
                    });
                }
            }
            _ => {}
        }
    }
    Ok(Workbook {
        sheets,
        strings_part: target("sharedStrings"),
        styles_part: target("styles"),
    })
}

fn workbook_part(package: &mut Package<'_>) -> Result<String, TableError> {
    let limits = TableLimits::default();
    if package.has("_rels/.rels") {
        let links = links(package, "_rels/.rels", "", &limits)?;
        if let Some(link) = links.into_values().find(|link| link.kind == "officeDocument") {
            return Ok(link.target);
        }
    }
    Ok("xl/workbook.xml".to_owned())
}

/// The links of one part, by their ids. Kinds are told by the last word of their address, which is the same in both
/// editions of the format.
fn links(
    package: &mut Package<'_>,
    part: &str,
    folder: &str,
    limits: &TableLimits,
) -> Result<BTreeMap<String, Link>, TableError> {
    let mut links = BTreeMap::new();
    let mut buffer = Vec::new();
    let mut xml = package.xml(part)?;
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => return Ok(links),
            Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                let (Some(id), Some(kind), Some(target)) = (
                    attribute(&element, "Id")?,
                    attribute(&element, "Type")?,
                    attribute(&element, "Target")?,
                ) else {
                    continue;
                };
                if attribute(&element, "TargetMode")?
                    .is_some_and(|mode| mode.eq_ignore_ascii_case("external"))
                {
                    continue;
                }
                if links.len() >= limits.parts {
                    return Err(too_many(
                        Countable::Parts,
                        links.len().saturating_add(1),
                        limits.parts,
                    ));
                }
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                links.insert(
                    id,
                    Link {
                        kind,
                        target: resolve(folder, &target),
                    },
                );
            }
            _ => {}
        }
    }
}

/// A link's target as a name in the package: absolute, or relative to the folder of the part that links.
fn resolve(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_resolved_against_the_folder() {
        assert_eq!(resolve("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(
            resolve("xl", "/xl/worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(resolve("xl", "..\\xl\\sheet1.xml"), "xl/sheet1.xml");
    }
}
