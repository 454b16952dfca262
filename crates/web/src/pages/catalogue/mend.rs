//! Wrong rows of a file mended on the page of the check. Refuses to write them: that is the next step.

use crate::{
    carried::Did,
    door::Desk,
    pages::prices::show::told_text,
    views::{
        catalogue_mend::{BadCell, BadRow, MendedCell, MendedRow, cell_name},
        parts::Form,
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sauda_catalog::{
    CatalogError, OpenProductUpload,
    import::{
        Finding,
        products::{CheckedRow, ProductField},
    },
    table::{Mend, Mended, Table},
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::ImportId;
use std::collections::{BTreeMap, BTreeSet};

/// Takes typed cells (`c18_3`), rows to leave out (`out_18`) and a row to put back as it was sent (`back`).
pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(id): PathParams<ImportId>,
    FormBody(form): FormBody<BTreeMap<String, String>>,
) -> Result<Response, Refusal> {
    let back: Vec<u32> = form
        .get("back")
        .and_then(|row| row.parse().ok())
        .into_iter()
        .collect();
    let mends: Vec<Mend> = form
        .iter()
        .filter_map(|(name, value)| asked(name, value))
        .collect();
    match desk.products.mend_upload(who.scope(), &id, &mends, &back).await {
        Ok(()) => Ok(Redirect::to(&format!("/catalog/import/{id}/check")).into_response()),
        Err(CatalogError::WrittenAlready) => {
            Ok(Redirect::to(&format!("/catalog/import/{id}/done")).into_response())
        }
        Err(CatalogError::FileGone) => Ok(Did::new("did-file-gone").at("/catalog/import")),
        Err(error) => Err(error.into()),
    }
}

fn asked(name: &str, value: &str) -> Option<Mend> {
    if let Some(row) = name.strip_prefix("out_") {
        let row = row.parse().ok()?;
        return Some(Mend {
            row,
            what: Mended::LeftOut,
        });
    }
    let (row, column) = name.strip_prefix('c')?.split_once('_')?;
    Some(Mend {
        row: row.parse().ok()?,
        what: Mended::Cell {
            column: column.parse().ok()?,
            text: value.to_owned(),
        },
    })
}

/// The wrong cells of refused rows as fields with their reasons. Rows of a price list have no cells.
pub(super) fn bad_rows(open: &OpenProductUpload, rows: &[&CheckedRow]) -> (Vec<BadRow>, Form) {
    let mut form = Form::default();
    let Some(table) = open.file.table() else {
        return (Vec::new(), form);
    };
    let title = open
        .mapping
        .as_ref()
        .and_then(|mapping| mapping.column(ProductField::Title));
    let mut bad = Vec::with_capacity(rows.len());
    for row in rows {
        let mut cells = Vec::new();
        for finding in &row.errors {
            let column = open.file.column_to_mend(finding).unwrap_or_default();
            let name = cell_name(row.row, column);
            form = form.refuse(&name, said(finding));
            if form
                .values
                .insert(name.clone(), table.text_of(row.row, column).to_owned())
                .is_none()
            {
                cells.push(BadCell {
                    name,
                    label: label(table, column),
                });
            }
        }
        bad.push(BadRow {
            row: i64::from(row.row),
            sku: row.sku.clone(),
            title: title
                .map(|column| table.text_of(row.row, column).to_owned())
                .unwrap_or_default(),
            cells,
        });
    }
    (bad, form)
}

/// The name of a column; of the one that only mends have, the name of its field.
fn label(table: &Table, column: usize) -> String {
    if column < table.headers().len() {
        table.column_name(column)
    } else {
        ProductField::Title.word().to_owned()
    }
}

fn said(finding: &Finding) -> crate::views::parts::Told {
    let number = finding.row.to_string();
    let args = finding
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain([("row", number.as_str())]);
    told_text(finding.code, args)
}

/// What was mended so far, by rows of the file.
pub(super) fn mended(open: &OpenProductUpload) -> Vec<MendedRow> {
    let Some(table) = open.file.table() else {
        return Vec::new();
    };
    let rows: BTreeSet<u32> = open.mends.iter().map(|mend| mend.row).collect();
    rows.into_iter()
        .map(|row| {
            let of_row = || open.mends.iter().filter(move |mend| mend.row == row);
            MendedRow {
                row: i64::from(row),
                is_left_out: of_row().any(|mend| mend.what == Mended::LeftOut),
                cells: of_row()
                    .filter_map(|mend| match &mend.what {
                        Mended::Cell { column, text } => Some(MendedCell {
                            label: label(table, *column),
                            was: table.sent_text(row, *column).to_owned(),
                            now: text.clone(),
                        }),
                        Mended::LeftOut => None,
                    })
                    .collect(),
            }
        })
        .collect()
}
