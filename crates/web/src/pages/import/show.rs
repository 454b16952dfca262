//! A checked file as its page shows it. Refuses to check: the service looks at every row.

use crate::{
    door::Desk,
    pages::prices::{bulk::going, show::told_text},
    views::{
        import::{FIELDS, ImportCheck, ImportColumn, ImportDone, ImportRow},
        parts::Form,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{
    import::{
        Finding,
        limits::{CheckOptions, Field, Mapping},
    },
    table::Table,
};
use sauda_edge::Refusal;
use sauda_pricing::{Bulk, Upload, service::OpenUpload};
use std::collections::HashMap;

/// Findings on the page; all refused rows are in the file.
const SHOWN: usize = 100;

pub(super) async fn check(
    desk: &Desk,
    scope: &Scope,
    open: OpenUpload,
    options: CheckOptions,
    form: Form,
) -> Result<ImportCheck, Refusal> {
    let (open, checked) = desk.pricing.check_upload(scope, open, options).await?;
    let columns: Vec<ImportColumn> = open
        .guesses
        .iter()
        .map(|column| ImportColumn {
            index: column.column,
            name: column.name.clone(),
            field: field_of(&open, column.column).to_owned(),
            examples: column.samples.clone(),
        })
        .collect();
    let missing = match &open.mapping {
        Some(_) => Vec::new(),
        None if columns.iter().any(|column| column.field == "sku") => vec!["min"],
        None => vec!["sku"],
    };
    let checked = checked.unwrap_or_default();
    Ok(ImportCheck {
        id: open.upload.id.to_string(),
        file: open.upload.file_name.clone(),
        encoding: open.table.encoding.map(str::to_owned),
        columns,
        fields: FIELDS.to_vec(),
        missing,
        rows: count(open.table.row_count()),
        ready: count(checked.ready.len()),
        unchanged: count(checked.unchanged.len() + checked.duplicates.len()),
        warned: count(checked.to_confirm.len()),
        refused: count(checked.refused_rows.len()),
        warnings: rows(&open, &checked.warnings),
        refusals: rows(&open, &checked.errors),
        form,
    })
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// What a column is taken for: as chosen, else as guessed.
fn field_of(open: &OpenUpload, column: usize) -> &'static str {
    let chosen = |mapping: &Mapping| {
        Field::ALL
            .into_iter()
            .find(|field| mapping.column(*field) == Some(column))
    };
    let field = match &open.mapping {
        Some(mapping) => chosen(mapping),
        None => open
            .guesses
            .iter()
            .find(|guess| guess.column == column)
            .and_then(|guess| guess.guess)
            .map(|(field, _)| field),
    };
    field.map_or("", Field::word)
}

/// Columns as they were chosen in a form that was refused.
pub(super) fn as_typed(view: &mut ImportCheck, chosen: &[(Field, usize)]) {
    for column in &mut view.columns {
        let field = chosen
            .iter()
            .find(|(_, index)| *index == column.index)
            .map_or("", |(field, _)| field.word());
        field.clone_into(&mut column.field);
    }
}

fn rows(open: &OpenUpload, findings: &[Finding]) -> Vec<ImportRow> {
    let shown: Vec<&Finding> = findings.iter().take(SHOWN).collect();
    let cells = cells(
        &open.table,
        &shown,
        open.mapping
            .as_ref()
            .and_then(|mapping| mapping.column(Field::Sku)),
    );
    let one = |finding: &&Finding| {
        let (sku, value) = cells
            .get(&(finding.row, finding.column))
            .cloned()
            .unwrap_or_default();
        let row = finding.row.to_string();
        let args = finding
            .args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain([("row", row.as_str())]);
        ImportRow {
            row: i64::from(finding.row),
            sku,
            column: finding.column.map(|column| open.table.column_name(column)),
            value: Some(value).filter(|value| !value.is_empty()),
            said: told_text(finding.code, args),
        }
    };
    shown.iter().map(one).collect()
}

/// SKU and blamed value of each shown finding, found in one pass over the table.
fn cells(
    table: &Table,
    shown: &[&Finding],
    sku: Option<usize>,
) -> HashMap<(u32, Option<usize>), (String, String)> {
    let mut wanted: HashMap<u32, Vec<Option<usize>>> = HashMap::new();
    for finding in shown {
        wanted.entry(finding.row).or_default().push(finding.column);
    }
    let mut found = HashMap::new();
    for row in table.rows() {
        let Some(columns) = wanted.get(&row.number()) else {
            continue;
        };
        let name = sku
            .map(|column| row.cell(column).text.to_owned())
            .unwrap_or_default();
        for column in columns {
            let value: String = column
                .map(|column| row.cell(column).text.chars().take(60).collect())
                .unwrap_or_default();
            found.insert((row.number(), *column), (name.clone(), value));
        }
        if found.len() >= shown.len() {
            break;
        }
    }
    found
}

pub(super) fn done(desk: &Desk, upload: &Upload, bulk: &Bulk) -> ImportDone {
    ImportDone {
        id: upload.id.to_string(),
        file: upload.file_name.clone(),
        at: bulk.at,
        by: bulk.by.clone(),
        changed: bulk.changed,
        unchanged: bulk.unchanged,
        skipped: upload.skipped.saturating_add(bulk.refused),
        going: going(bulk),
        undo_until: bulk.can_undo(desk.now()).then_some(bulk.undo_until),
        is_undone: bulk.undone_at.is_some(),
        put_back: bulk.put_back,
    }
}
