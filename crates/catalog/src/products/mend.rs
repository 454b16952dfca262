//! Rows of a kept file mended before it is written; refuses to mend what was written already.

use super::{Products, may_manage};
use crate::{
    CatalogError,
    store::product_imports,
    table::{Mend, Mended},
};
use sauda_accounts::Scope;
use sauda_kernel::ImportId;
use std::collections::BTreeMap;

impl Products {
    /// Writes cells of a kept file over, leaves rows out, and puts the rows of `taken_back` as they were sent. A cell that says
    /// what the file says is no mend. Nothing reaches the catalogue; the next check reads the file with its mends.
    ///
    /// # Errors
    /// When the file has no such row, was written or let go, or is a price list, whose rows are not cells.
    pub async fn mend_upload(
        &self,
        scope: &Scope,
        id: &ImportId,
        mends: &[Mend],
        taken_back: &[u32],
    ) -> Result<(), CatalogError> {
        may_manage(scope)?;
        let open = self.open_upload(scope, id).await?;
        let no_row = |row: u32| CatalogError::NotFound {
            what: "row",
            id: row.to_string(),
        };
        let table = open.file.table().ok_or_else(|| no_row(0))?;
        let mut tx = self.db.write().await?;
        if product_imports::touch(&mut tx, scope, id).await? == 0 {
            return Err(CatalogError::WrittenAlready);
        }
        let mut kept: BTreeMap<(u32, Option<usize>), String> = product_imports::mends(&mut tx, id)
            .await?
            .into_iter()
            .map(keyed)
            .filter(|((row, _), _)| !taken_back.contains(row))
            .collect();
        for mend in mends {
            if !table.has_row(mend.row) {
                return Err(no_row(mend.row));
            }
            let says_the_same = match &mend.what {
                Mended::Cell { column, text } => table.sent_text(mend.row, *column) == text.trim(),
                Mended::LeftOut => false,
            };
            let (place, text) = keyed(mend.clone());
            if says_the_same {
                kept.remove(&place);
            } else {
                kept.insert(place, text);
            }
        }
        let kept: Vec<Mend> = kept.into_iter().map(mend_of).collect();
        product_imports::put_mends(&mut tx, id, &kept).await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Where a mend is, with its text; no column is the whole row.
fn keyed(mend: Mend) -> ((u32, Option<usize>), String) {
    match mend.what {
        Mended::Cell { column, text } => ((mend.row, Some(column)), text.trim().to_owned()),
        Mended::LeftOut => ((mend.row, None), String::new()),
    }
}

fn mend_of(((row, column), text): ((u32, Option<usize>), String)) -> Mend {
    let what = match column {
        Some(column) => Mended::Cell { column, text },
        None => Mended::LeftOut,
    };
    Mend { row, what }
}
