//! Reads the cabinet's Excel export (`SKU, model, brand, price, PP1…PP5, preorder`); refuses rows it cannot trust.

use super::{
    Collector, ListedAvailability, ListedPrice, PriceList, PriceListOffer, preorder_days, whole_pieces,
};
use crate::{
    fold,
    import::Finding,
    table::{Cell, CellKind, Table, TableError, TableRow, money},
};

/// Where the columns of the export are.
struct Columns {
    sku: usize,
    model: usize,
    brand: Option<usize>,
    price: usize,
    /// Point code and column.
    points: Vec<(String, usize)>,
    preorder: Option<usize>,
}

const SKU: [&str; 2] = ["sku", "артикул"];
const MODEL: [&str; 5] = ["model", "модель", "название", "наименование", "атауы"];
const BRAND: [&str; 2] = ["brand", "бренд"];
const PRICE: [&str; 3] = ["price", "цена", "баға"];
const PREORDER: [&str; 3] = ["preorder", "предзаказ", "алдын ала тапсырыс"];

pub(super) fn looks_like_header(cells: &[&str]) -> bool {
    let has = |names: &[&str]| cells.iter().any(|cell| names.contains(&fold(&[cell]).trim()));
    has(&SKU) && has(&PRICE)
}

fn columns(table: &Table) -> Result<Columns, TableError> {
    let names: Vec<String> = table
        .headers()
        .iter()
        .map(|name| fold(&[name]).trim().to_owned())
        .collect();
    let find = |known: &[&str]| names.iter().position(|name| known.contains(&name.as_str()));
    let (Some(sku), Some(model), Some(price)) = (find(&SKU), find(&MODEL), find(&PRICE)) else {
        return Err(TableError::NotPriceList);
    };
    let mut points = Vec::new();
    for (column, name) in names.iter().enumerate() {
        let digits = name.strip_prefix("pp").or_else(|| name.strip_prefix("рр"));
        if digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()))
        {
            points.push((format!("PP{}", digits.unwrap_or_default()), column));
        }
    }
    Ok(Columns {
        sku,
        model,
        brand: find(&BRAND),
        price,
        points,
        preorder: find(&PREORDER),
    })
}

/// Whether a table has the columns of the export and those of points, which sellers' own sheets have not.
pub(super) fn is_export(table: &Table) -> bool {
    let only_known = |columns: &Columns| {
        let known = 3
            + columns.points.len()
            + usize::from(columns.brand.is_some())
            + usize::from(columns.preorder.is_some());
        let named = table.headers().iter().filter(|name| !name.trim().is_empty());
        !columns.points.is_empty() && named.count() == known
    };
    columns(table).is_ok_and(|columns| only_known(&columns))
}

pub(super) fn read(table: &Table, mut collector: Collector) -> Result<PriceList, TableError> {
    let columns = columns(table)?;
    for row in table.rows() {
        collector.add(offer(table, &columns, row));
    }
    Ok(collector.list)
}

fn offer(table: &Table, columns: &Columns, row: TableRow<'_>) -> Result<PriceListOffer, Finding> {
    let number = row.number();
    let refuse =
        |column: usize, code: &'static str| Finding::about(table, number, column, code, row.cell(column));
    let sku = row.cell(columns.sku);
    match sku.kind {
        CellKind::Empty => return Err(refuse(columns.sku, "import-sku-missing")),
        CellKind::Formula => return Err(refuse(columns.sku, money::NumberRefusal::Formula.code())),
        CellKind::Date => return Err(refuse(columns.sku, money::NumberRefusal::Date.code())),
        _ => {}
    }
    let shortened = money::count(sku) == Err(money::NumberRefusal::Shortened);
    if shortened || sku.kind == CellKind::Number && sku.text.len() > 15 {
        return Err(refuse(columns.sku, "import-sku-digits-lost"));
    }
    let model = row.cell(columns.model);
    if matches!(model.kind, CellKind::Empty | CellKind::Formula) {
        return Err(refuse(columns.model, "import-list-value"));
    }
    let price = money::price(row.cell(columns.price))
        .map_err(|refusal| Finding::number(table, number, columns.price, refusal, row.cell(columns.price)))?;
    let mut days = None;
    if let Some(column) = columns
        .preorder
        .filter(|column| row.cell(*column).kind != CellKind::Empty)
    {
        days = preorder_days(row.cell(column).text).ok_or_else(|| refuse(column, "import-list-value"))?;
    }
    let mut availabilities = Vec::new();
    for (store, column) in &columns.points {
        let cell = row.cell(*column);
        if cell.kind == CellKind::Empty {
            continue;
        }
        let (available, stock) = at_point(cell).ok_or_else(|| refuse(*column, "import-list-value"))?;
        availabilities.push(ListedAvailability {
            store: store.clone(),
            available,
            preorder_days: days,
            stock,
        });
    }
    let brand = columns
        .brand
        .map(|column| row.cell(column).text)
        .filter(|brand| !brand.is_empty());
    Ok(PriceListOffer {
        row: number,
        sku: sku.text.to_owned(),
        model: model.text.to_owned(),
        brand: brand.map(ToOwned::to_owned),
        availabilities,
        price: ListedPrice::Everywhere(price),
    })
}

/// `yes`, `no`, or how many there are; none means not available.
fn at_point(cell: Cell<'_>) -> Option<(bool, Option<i64>)> {
    match fold(&[cell.text]).as_str() {
        "yes" | "да" | "true" | "иә" => Some((true, None)),
        "no" | "нет" | "false" | "жоқ" => Some((false, None)),
        text => whole_pieces(text).map(|pieces| (pieces > 0, Some(pieces))),
    }
}
