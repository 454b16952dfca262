//! Steps of an import as their pages show them. Refuses to check: the room of products looks at every row.

use super::mend;
use crate::{
    door::Desk,
    pages::prices::show::told_text,
    views::{
        bulk::BulkGoing,
        catalogue_import::{ProductImportCheck, ProductImportColumns, ProductImportDone, fields},
        import::{ImportColumn, ImportRow},
        parts::{Form, Told},
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{
    ImportKind, ImportState, OpenProductUpload, ProductImport,
    import::{
        Finding,
        products::{CheckedRow, ProductField, Verdict},
    },
};
use sauda_edge::Refusal;
use sauda_kernel::Span;

/// Rows with a remark on the page.
const SHOWN: usize = 100;
/// Rows to mend on the page; the next ones come when these are saved, and all refused rows are in the file.
const TO_MEND: usize = 50;
/// How long an import can be undone.
const UNDO_FOR: Span = Span::from_hours(24);

/// What an import was, for its name: the text is `catalogue-import-<word>`.
pub(super) fn told(import: &ProductImport) -> Told {
    match (import.kind, import.title.split_once('=')) {
        (ImportKind::File, _) => Told::new("file").arg("name", import.title.as_str()),
        (ImportKind::Edit, Some((field, value))) => Told::new("edit").arg("field", field).arg("value", value),
        (ImportKind::Edit, None) => Told::new(import.title.as_str()),
    }
}

pub(super) fn columns(open: &OpenProductUpload, form: Form) -> ProductImportColumns {
    let columns: Vec<ImportColumn> = open
        .file
        .guesses()
        .iter()
        .map(|guess| ImportColumn {
            index: guess.column,
            name: guess.name.clone(),
            field: field_of(open, guess.column).to_owned(),
            examples: guess.samples.clone(),
        })
        .collect();
    ProductImportColumns {
        id: open.import.id.to_string(),
        file: open.import.title.clone(),
        lacks_sku: !columns
            .iter()
            .any(|column| column.field == ProductField::Sku.word()),
        columns,
        fields: fields(),
        form,
    }
}

/// What a column is taken for: as chosen, else as guessed.
fn field_of(open: &OpenProductUpload, column: usize) -> &'static str {
    let field = match &open.mapping {
        Some(mapping) => ProductField::ALL
            .into_iter()
            .find(|field| mapping.column(*field) == Some(column)),
        None => open
            .file
            .guesses()
            .iter()
            .find(|guess| guess.column == column)
            .and_then(|guess| guess.guess)
            .map(|(field, _)| field),
    };
    field.map_or("", ProductField::word)
}

/// Columns as they were chosen in a form that was refused.
pub(super) fn as_typed(view: &mut ProductImportColumns, chosen: &[(ProductField, usize)]) {
    for column in &mut view.columns {
        let field = chosen
            .iter()
            .find(|(_, index)| *index == column.index)
            .map_or("", |(field, _)| field.word());
        field.clone_into(&mut column.field);
    }
}

pub(super) async fn check(
    desk: &Desk,
    scope: &Scope,
    open: OpenProductUpload,
) -> Result<ProductImportCheck, Refusal> {
    let (mut bad, mut odd) = (0_usize, 0_usize);
    let keep = move |row: CheckedRow| {
        let (place, most) = match row.verdict {
            Verdict::Refused => (&mut bad, TO_MEND),
            _ if !row.warnings.is_empty() => (&mut odd, SHOWN),
            _ => return None,
        };
        *place += 1;
        (*place <= most).then_some(row)
    };
    let (open, rows, totals) = desk.products.check_upload(scope, open, keep).await?;
    let refused = |row: &&CheckedRow| row.verdict == Verdict::Refused;
    let (refusals, warnings): (Vec<&CheckedRow>, Vec<&CheckedRow>) = rows.iter().partition(refused);
    let line = |row: &CheckedRow, findings: &[Finding]| -> Vec<ImportRow> {
        findings.iter().map(|finding| told_row(row, finding)).collect()
    };
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let table = open.file.table();
    let (bad, form) = mend::bad_rows(&open, &refusals);
    let listed: &[&CheckedRow] = if table.is_none() { &refusals } else { &[] };
    Ok(ProductImportCheck {
        id: open.import.id.to_string(),
        file: open.import.title.clone(),
        has_columns: table.is_some(),
        sheet: table.and_then(|table| table.sheet.clone()),
        other_sheets: table
            .map(|table| {
                table
                    .sheets
                    .iter()
                    .filter(|name| Some(*name) != table.sheet.as_ref())
                    .cloned()
                    .collect()
            })
            .unwrap_or_default(),
        encoding: table.and_then(|table| table.encoding).map(str::to_owned),
        rows: count(totals.rows),
        ready: count(totals.ready),
        warned: count(totals.warned),
        refused: count(totals.refused),
        repeated: count(totals.duplicates),
        bad,
        mended: mend::mended(&open),
        form,
        refusals: listed.iter().flat_map(|row| line(row, &row.errors)).collect(),
        warnings: warnings.iter().flat_map(|row| line(row, &row.warnings)).collect(),
    })
}

fn told_row(row: &CheckedRow, finding: &Finding) -> ImportRow {
    let value = |name: &str| {
        let found = finding.args.iter().find(|(known, _)| *known == name);
        found
            .map(|(_, value)| value.clone())
            .filter(|value| !value.is_empty())
    };
    let number = finding.row.to_string();
    let args = finding
        .args
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain([("row", number.as_str())]);
    ImportRow {
        row: i64::from(finding.row),
        sku: row.sku.clone(),
        column: value("column"),
        value: value("value"),
        said: told_text(finding.code, args),
    }
}

pub(super) fn done(desk: &Desk, import: &ProductImport, kept: Vec<String>) -> ProductImportDone {
    let (done, total) = import.progress();
    ProductImportDone {
        id: import.id.to_string(),
        said: told(import),
        is_file: import.kind == ImportKind::File,
        at: import.at,
        by: import.by.clone(),
        going: import.state.is_going().then(|| BulkGoing {
            state: import.state.word(),
            done,
            total,
        }),
        created: import.created,
        changed: import.changed,
        unchanged: import.unchanged,
        skipped: import.skipped,
        undo_until: import
            .done_at
            .filter(|_| desk.products.can_undo(import))
            .map(|at| at.plus(UNDO_FOR)),
        is_undone: import.state == ImportState::Undone,
        put_back: import.put_back,
        kept: import.kept,
        kept_skus: kept,
        has_bad: import.kind == ImportKind::File && import.skipped > 0,
    }
}
