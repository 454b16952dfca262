//! Wrong cells of a file are mended before it is written, and nothing is written until then.

use crate::room::Room;
use sauda_catalog::{
    CatalogError, ProductFilter, ProductImport,
    import::products::{CheckTotals, CheckedRow, Verdict},
    table::{Mend, Mended},
};
use sauda_kernel::{Failure, Kind, Tenge};
use sauda_testkit::engines;

const SHEET: &str = "SKU_ID;Kaspi_name_core;Initial_KSP_Price;Stock_entered\n\
                     A;Куртка;38 740;4\n\
                     B;Шапка;0;>5\n\
                     C;Шарф;4 990;1\n\
                     C;Шарф;5 990;1\n";

fn cell(row: u32, column: usize, text: &str) -> Mend {
    Mend {
        row,
        what: Mended::Cell {
            column,
            text: text.to_owned(),
        },
    }
}

fn left_out(row: u32) -> Mend {
    Mend {
        row,
        what: Mended::LeftOut,
    }
}

async fn kept(room: &Room, text: &str) -> ProductImport {
    let bytes = text.as_bytes().to_vec();
    room.products
        .keep_upload(&room.scope, "sheet.csv", bytes, None, Vec::new())
        .await
        .unwrap()
}

/// Totals of a check, with what is wrong in each refused row: row and code.
async fn checked(room: &Room, import: &ProductImport) -> (CheckTotals, Vec<(u32, &'static str)>) {
    let open = room.products.open_upload(&room.scope, &import.id).await.unwrap();
    let refused = |row: CheckedRow| (row.verdict == Verdict::Refused).then_some(row.errors);
    let (_, rows, totals) = room
        .products
        .check_upload(&room.scope, open, refused)
        .await
        .unwrap();
    let codes = rows
        .into_iter()
        .flatten()
        .map(|finding| (finding.row, finding.code));
    (totals, codes.collect())
}

async fn mend(room: &Room, import: &ProductImport, mends: &[Mend]) -> Result<(), CatalogError> {
    room.products
        .mend_upload(&room.scope, &import.id, mends, &[])
        .await
}

#[tokio::test]
async fn mended_rows_are_checked_again_and_written_only_when_asked() {
    for test in engines().await {
        let room = Room::open(test);
        let import = kept(&room, SHEET).await;
        mend(&room, &import, &[cell(3, 2, "12 990"), cell(3, 3, "много")])
            .await
            .unwrap();
        let (totals, wrong) = checked(&room, &import).await;
        assert_eq!((totals.ready, totals.refused), (1, 3));
        assert_eq!(
            wrong,
            [
                (3, "import-product-stock-inexact"),
                (4, "import-sku-repeated"),
                (5, "import-sku-repeated")
            ]
        );
        mend(&room, &import, &[cell(3, 3, "6"), left_out(5)])
            .await
            .unwrap();
        let (totals, wrong) = checked(&room, &import).await;
        assert_eq!((totals.rows, totals.ready, wrong.len()), (3, 3, 0));
        assert!(room.all(&ProductFilter::default()).await.is_empty());

        room.products.apply_upload(&room.scope, &import.id).await.unwrap();
        let hat = room.one("B").await.facts;
        assert_eq!((hat.price, hat.stock), (Some(Tenge(12_990)), Some(6)));
        assert_eq!(room.one("C").await.facts.price, Some(Tenge(4_990)));
        room.work().await;
    }
}

#[tokio::test]
async fn a_name_can_be_given_where_the_file_has_no_column_of_names() {
    for test in engines().await {
        let room = Room::open(test);
        let import = kept(&room, "SKU;Цена;Остаток\nA;100;1\nB;200;2\n").await;
        let (_, wrong) = checked(&room, &import).await;
        assert_eq!(
            wrong,
            [
                (2, "import-product-title-missing"),
                (3, "import-product-title-missing")
            ]
        );
        mend(&room, &import, &[cell(2, 3, "Куртка")]).await.unwrap();
        let (totals, wrong) = checked(&room, &import).await;
        assert_eq!(
            (totals.ready, wrong),
            (1, vec![(3, "import-product-title-missing")])
        );
        room.products.apply_upload(&room.scope, &import.id).await.unwrap();
        assert_eq!(room.one("A").await.facts.title.as_deref(), Some("Куртка"));
        room.work().await;
    }
}

#[tokio::test]
async fn a_cell_that_says_what_the_file_says_is_no_mend_and_mends_are_taken_back() {
    for test in engines().await {
        let room = Room::open(test);
        let import = kept(&room, SHEET).await;
        mend(
            &room,
            &import,
            &[cell(3, 2, "500"), cell(3, 3, ">5"), left_out(4)],
        )
        .await
        .unwrap();
        let open = room.products.open_upload(&room.scope, &import.id).await.unwrap();
        assert_eq!(open.mends, [cell(3, 2, "500"), left_out(4)]);
        room.products
            .mend_upload(&room.scope, &import.id, &[cell(3, 2, "0")], &[4])
            .await
            .unwrap();
        let open = room.products.open_upload(&room.scope, &import.id).await.unwrap();
        assert_eq!(open.mends, []);
    }
}

#[tokio::test]
async fn what_was_written_is_mended_no_more_and_strangers_mend_nothing() {
    for test in engines().await {
        let room = Room::open(test);
        let import = kept(&room, SHEET).await;
        let theirs = room
            .products
            .mend_upload(&room.stranger(), &import.id, &[left_out(2)], &[])
            .await;
        assert_eq!(theirs.unwrap_err().kind(), Kind::NotFound);
        let no_row = mend(&room, &import, &[left_out(77)]).await.unwrap_err();
        assert_eq!(no_row.kind(), Kind::NotFound);
        room.products.apply_upload(&room.scope, &import.id).await.unwrap();
        let late = mend(&room, &import, &[cell(3, 2, "500")]).await.unwrap_err();
        assert_eq!(late.kind(), Kind::Conflict);
        let open = room.products.open_upload(&room.scope, &import.id).await.unwrap();
        assert_eq!(open.mends, []);
        room.work().await;
    }
}
