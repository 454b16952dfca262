//! Statements about products and their pictures.

use crate::{
    fold,
    import::products::ProductFacts,
    model::{
        Facet, NamedProduct, Problem, Product, ProductCounts, ProductCursor, ProductFilter, ProductPage,
        ProductSort,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{ProductId, Timestamp};
use sauda_store::{On, Row, Sql, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};
use std::collections::HashSet;

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT p.id, p.sku, p.title, p.master_code, p.code, p.brand, p.model, p.color, p.size, p.gender, p.season, p.category, \
         p.subcategory, p.barcode, p.photo_url, p.store, p.shelf, p.price, p.stock, p.weight_grams, p.cost, p.version, p.created_at, p.changed_at, \
         p.changed_by, p.archived_at, CAST(CASE WHEN EXISTS (SELECT 1 FROM product_photos f WHERE f.product_id = p.id) THEN 1 ELSE 0 END AS BIGINT) AS pictures \
         FROM products p WHERE "
    ))
}

/// What `head` asks for.
const COLUMNS: [&str; 27] = [
    "id",
    "sku",
    "title",
    "master_code",
    "code",
    "brand",
    "model",
    "color",
    "size",
    "gender",
    "season",
    "category",
    "subcategory",
    "barcode",
    "photo_url",
    "store",
    "shelf",
    "price",
    "stock",
    "weight_grams",
    "cost",
    "version",
    "created_at",
    "changed_at",
    "changed_by",
    "archived_at",
    "pictures",
];

fn read(row: &Row) -> Result<Product, StoreError> {
    let pictures: i64 = row.get("pictures")?;
    Ok(Product {
        id: row.get("id")?,
        facts: ProductFacts {
            sku: row.get("sku")?,
            title: row.get("title")?,
            master_code: row.get("master_code")?,
            code: row.get("code")?,
            price: row.get("price")?,
            stock: row.get("stock")?,
            weight_grams: row.get("weight_grams")?,
            brand: row.get("brand")?,
            model: row.get("model")?,
            color: row.get("color")?,
            size: row.get("size")?,
            gender: row.get("gender")?,
            season: row.get("season")?,
            category: row.get("category")?,
            subcategory: row.get("subcategory")?,
            barcode: row.get("barcode")?,
            cost: row.get("cost")?,
            photo: row.get("photo_url")?,
            store: row.get("store")?,
            shelf: row.get("shelf")?,
        },
        version: row.get("version")?,
        created_at: row.get("created_at")?,
        changed_at: row.get("changed_at")?,
        changed_by: row.get("changed_by")?,
        archived_at: row.get("archived_at")?,
        has_picture: pictures > 0,
    })
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProductId,
) -> Result<Option<Product>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("p.merchant_id = ? AND p.id = ?"),
        [scope.merchant().into(), id.into()],
    );
    let row = builder.finish().lasting().optional(on).await?;
    row.as_ref().map(read).transpose()
}

pub(crate) async fn by_ids(
    on: impl Into<On<'_>>,
    scope: &Scope,
    ids: &[ProductId],
) -> Result<Vec<Product>, StoreError> {
    let mut builder = head();
    builder.push(
        // No index is on an expression: by their ids, not through everything that the merchant has.
        sql_part!("p.merchant_id || '' = ? AND p.id IN "),
        [scope.merchant().into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    let rows = builder.finish().many(on, &COLUMNS).await?;
    rows.iter().map(read).collect()
}

/// As lists of thousands need them, without archived ones.
pub(crate) async fn named(
    on: impl Into<On<'_>>,
    scope: &Scope,
    ids: &[ProductId],
) -> Result<Vec<NamedProduct>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT p.id, p.sku, p.title, p.brand, p.model, p.price, p.cost FROM products p WHERE "
    ));
    builder.push(
        // No index is on an expression: by their ids, not through everything that the merchant sells.
        sql_part!("p.merchant_id || '' = ? AND p.archived_at IS NULL AND p.id IN "),
        [scope.merchant().into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    let columns = &["id", "sku", "title", "brand", "model", "price", "cost"];
    let rows = builder.finish().many(on, columns).await?;
    rows.iter()
        .map(|row| {
            Ok(NamedProduct {
                id: row.get("id")?,
                sku: row.get("sku")?,
                title: row.get("title")?,
                brand: row.get("brand")?,
                model: row.get("model")?,
                price: row.get("price")?,
                cost: row.get("cost")?,
            })
        })
        .collect()
}

pub(crate) async fn by_skus(
    on: impl Into<On<'_>>,
    scope: &Scope,
    skus: &[&str],
) -> Result<Vec<Product>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("p.merchant_id = ? AND p.sku IN "),
        [scope.merchant().into()],
    );
    builder.push_list(skus.iter().map(|sku| Value::from((*sku).to_owned())));
    let rows = builder.finish().many(on, &COLUMNS).await?;
    rows.iter().map(read).collect()
}

/// Products of these models that are sold, in all their sizes.
pub(crate) async fn of_models(
    on: impl Into<On<'_>>,
    scope: &Scope,
    models: &[&str],
) -> Result<Vec<Product>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("p.merchant_id = ? AND p.archived_at IS NULL AND p.size IS NOT NULL AND p.model IN "),
        [scope.merchant().into()],
    );
    builder.push_list(models.iter().map(|model| Value::from((*model).to_owned())));
    builder.push(sql_part!(" ORDER BY p.sku"), []);
    let rows = builder.finish().many(on, &COLUMNS).await?;
    rows.iter().map(read).collect()
}

/// Brand, model and size of the products of these models that are sold.
pub(crate) async fn sizes_of_models(
    on: impl Into<On<'_>>,
    scope: &Scope,
    models: &[&str],
) -> Result<Vec<(String, String, String)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT DISTINCT COALESCE(p.brand, '') AS brand, p.model, p.size FROM products p WHERE "
    ));
    builder.push(
        sql_part!("p.merchant_id = ? AND p.archived_at IS NULL AND p.size IS NOT NULL AND p.model IN "),
        [scope.merchant().into()],
    );
    builder.push_list(models.iter().map(|model| Value::from((*model).to_owned())));
    builder.push(sql_part!(" ORDER BY p.model, p.size"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("brand")?, row.get("model")?, row.get("size")?)))
        .collect()
}

/// Every article of the merchant.
pub(crate) async fn skus(on: impl Into<On<'_>>, scope: &Scope) -> Result<HashSet<String>, StoreError> {
    let rows = sql!("SELECT sku FROM products WHERE merchant_id = $1")
        .bind(scope.merchant())
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("sku")).collect()
}

const fn problem_part(problem: Problem) -> Sql {
    match problem {
        Problem::NoCost => sql_part!("p.cost IS NULL"),
        Problem::NoWeight => sql_part!("p.weight_grams IS NULL"),
        Problem::NoCategory => sql_part!("p.category IS NULL"),
        Problem::NoBarcode => sql_part!("p.barcode IS NULL"),
        Problem::NoPhoto => sql_part!(
            "p.photo_url IS NULL AND NOT EXISTS (SELECT 1 FROM product_photos f WHERE f.product_id = p.id)"
        ),
        Problem::NoOffer => {
            sql_part!("NOT EXISTS (SELECT 1 FROM offers o WHERE o.product_id = p.id AND o.gone_at IS NULL)")
        }
    }
}

fn narrow(builder: &mut SqlBuilder, scope: &Scope, filter: &ProductFilter) {
    builder.push(sql_part!("p.merchant_id = ?"), [scope.merchant().into()]);
    builder.push(
        match filter.archived {
            true => sql_part!(" AND p.archived_at IS NOT NULL"),
            false => sql_part!(" AND p.archived_at IS NULL"),
        },
        [],
    );
    let same = [
        (sql_part!(" AND p.category = ?"), &filter.category),
        (sql_part!(" AND p.brand = ?"), &filter.brand),
        (sql_part!(" AND p.season = ?"), &filter.season),
    ];
    for (piece, value) in same {
        if let Some(value) = value {
            builder.push(piece, [Value::from(value.clone())]);
        }
    }
    if let Some(problem) = filter.problem {
        builder.push(sql_part!(" AND "), []);
        builder.push(problem_part(problem), []);
    }
    for word in fold(&[&filter.search]).split(' ').filter(|word| !word.is_empty()) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        builder.push(
            sql_part!(" AND p.fold LIKE ? ESCAPE '\\'"),
            [Value::from(format!("%{escaped}%"))],
        );
    }
}

/// Parts of a statement for one order: after a key upwards, after it downwards, the order itself upwards and downwards.
const fn order_parts(sort: ProductSort) -> [Sql; 4] {
    match sort {
        ProductSort::Name => [
            sql_part!(" AND (p.name_fold > ? OR (p.name_fold = ? AND p.id > ?))"),
            sql_part!(" AND (p.name_fold < ? OR (p.name_fold = ? AND p.id > ?))"),
            sql_part!(" ORDER BY p.name_fold, p.id LIMIT ?"),
            sql_part!(" ORDER BY p.name_fold DESC, p.id LIMIT ?"),
        ],
        ProductSort::Sku => [
            sql_part!(" AND (p.sku > ? OR (p.sku = ? AND p.id > ?))"),
            sql_part!(" AND (p.sku < ? OR (p.sku = ? AND p.id > ?))"),
            sql_part!(" ORDER BY p.sku, p.id LIMIT ?"),
            sql_part!(" ORDER BY p.sku DESC, p.id LIMIT ?"),
        ],
        ProductSort::Price => [
            sql_part!(" AND (COALESCE(p.price, -1) > ? OR (COALESCE(p.price, -1) = ? AND p.id > ?))"),
            sql_part!(" AND (COALESCE(p.price, -1) < ? OR (COALESCE(p.price, -1) = ? AND p.id > ?))"),
            sql_part!(" ORDER BY COALESCE(p.price, -1), p.id LIMIT ?"),
            sql_part!(" ORDER BY COALESCE(p.price, -1) DESC, p.id LIMIT ?"),
        ],
        ProductSort::Stock => [
            sql_part!(" AND (COALESCE(p.stock, -1) > ? OR (COALESCE(p.stock, -1) = ? AND p.id > ?))"),
            sql_part!(" AND (COALESCE(p.stock, -1) < ? OR (COALESCE(p.stock, -1) = ? AND p.id > ?))"),
            sql_part!(" ORDER BY COALESCE(p.stock, -1), p.id LIMIT ?"),
            sql_part!(" ORDER BY COALESCE(p.stock, -1) DESC, p.id LIMIT ?"),
        ],
        ProductSort::Changed => [
            sql_part!(" AND (p.changed_at > ? OR (p.changed_at = ? AND p.id > ?))"),
            sql_part!(" AND (p.changed_at < ? OR (p.changed_at = ? AND p.id > ?))"),
            sql_part!(" ORDER BY p.changed_at, p.id LIMIT ?"),
            sql_part!(" ORDER BY p.changed_at DESC, p.id LIMIT ?"),
        ],
    }
}

/// Where a list goes on after a product.
pub(crate) fn cursor(product: &Product, sort: ProductSort) -> ProductCursor {
    let number = |value: Option<i64>| value.unwrap_or(-1).to_string();
    ProductCursor {
        key: match sort {
            ProductSort::Name => fold(&[&product.facts.name()]),
            ProductSort::Sku => product.facts.sku.clone(),
            ProductSort::Price => number(product.facts.price.map(sauda_kernel::Tenge::get)),
            ProductSort::Stock => number(product.facts.stock),
            ProductSort::Changed => product.changed_at.as_micros().to_string(),
        },
        id: product.id.clone(),
    }
}

pub(crate) async fn list(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ProductFilter,
    page: &ProductPage,
) -> Result<Vec<Product>, StoreError> {
    let mut builder = head();
    narrow(&mut builder, scope, filter);
    let [up, down, rising, falling] = order_parts(page.sort);
    if let Some(after) = &page.after {
        let key = match page.sort {
            ProductSort::Name | ProductSort::Sku => Value::from(after.key.clone()),
            // A key that is no number came from another order; the list begins anew.
            _ => Value::from(after.key.parse::<i64>().unwrap_or(i64::MIN)),
        };
        let piece = if page.descending { down } else { up };
        builder.push(piece, [key.clone(), key, Value::from(&after.id)]);
    }
    builder.push(
        if page.descending { falling } else { rising },
        [page.limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

pub(crate) async fn count(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ProductFilter,
) -> Result<i64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT COUNT(*) AS n FROM products p WHERE "));
    narrow(&mut builder, scope, filter);
    builder.finish().one(on).await?.get("n")
}

/// Ids of all products of a filter, at most `limit`.
pub(crate) async fn ids(
    on: impl Into<On<'_>>,
    scope: &Scope,
    filter: &ProductFilter,
    limit: i64,
) -> Result<Vec<ProductId>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT p.id FROM products p WHERE "));
    narrow(&mut builder, scope, filter);
    builder.push(sql_part!(" ORDER BY p.name_fold, p.id LIMIT ?"), [limit.into()]);
    let rows = builder.finish().all(on).await?;
    rows.iter().map(|row| row.get("id")).collect()
}

pub(crate) async fn counts(on: impl Into<On<'_>>, scope: &Scope) -> Result<ProductCounts, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT CAST(COALESCE(SUM(CASE WHEN p.archived_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS active, \
         CAST(COALESCE(SUM(CASE WHEN p.archived_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) AS archived"
    ));
    let names = [
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_cost"),
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_weight"),
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_category"),
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_barcode"),
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_photo"),
        sql_part!(" THEN 1 ELSE 0 END), 0) AS BIGINT) AS no_offer"),
    ];
    for (problem, name) in Problem::ALL.into_iter().zip(names) {
        builder.push(
            sql_part!(", CAST(COALESCE(SUM(CASE WHEN p.archived_at IS NULL AND "),
            [],
        );
        builder.push(problem_part(problem), []);
        builder.push(name, []);
    }
    builder.push(
        sql_part!(" FROM products p WHERE p.merchant_id = ?"),
        [scope.merchant().into()],
    );
    let row = builder.finish().lasting().one(on).await?;
    let mut problems = Vec::with_capacity(Problem::ALL.len());
    for problem in Problem::ALL {
        problems.push((problem, row.get(problem.word())?));
    }
    Ok(ProductCounts {
        active: row.get("active")?,
        archived: row.get("archived")?,
        problems,
    })
}

/// Which of the columns that are filtered by.
#[derive(Debug, Clone, Copy)]
pub(crate) enum FacetOf {
    Category,
    Brand,
    Season,
}

/// Values of a column among the active products, the commonest first.
pub(crate) async fn facets(
    on: impl Into<On<'_>>,
    scope: &Scope,
    of: FacetOf,
    limit: i64,
) -> Result<Vec<Facet>, StoreError> {
    let query = match of {
        FacetOf::Category => sql!(
            "SELECT category AS value, COUNT(*) AS n FROM products WHERE merchant_id = $1 AND archived_at IS NULL AND category IS NOT NULL \
             GROUP BY category ORDER BY n DESC, category LIMIT $2"
        ),
        FacetOf::Brand => sql!(
            "SELECT brand AS value, COUNT(*) AS n FROM products WHERE merchant_id = $1 AND archived_at IS NULL AND brand IS NOT NULL \
             GROUP BY brand ORDER BY n DESC, brand LIMIT $2"
        ),
        FacetOf::Season => sql!(
            "SELECT season AS value, COUNT(*) AS n FROM products WHERE merchant_id = $1 AND archived_at IS NULL AND season IS NOT NULL \
             GROUP BY season ORDER BY n DESC, season LIMIT $2"
        ),
    };
    let rows = query.bind(scope.merchant()).bind(limit).all(on).await?;
    rows.iter()
        .map(|row| {
            Ok(Facet {
                value: row.get("value")?,
                count: row.get("n")?,
            })
        })
        .collect()
}

fn values(scope: &Scope, product: &Product) -> Vec<Value> {
    let facts = &product.facts;
    let text = |text: &Option<String>| Value::from(text.as_deref());
    let name = facts.name();
    let words: Vec<&str> = [
        Some(name.as_str()),
        Some(facts.sku.as_str()),
        facts.brand.as_deref(),
        facts.model.as_deref(),
        facts.master_code.as_deref(),
        facts.code.as_deref(),
        facts.barcode.as_deref(),
        facts.color.as_deref(),
        facts.size.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    vec![
        Value::from(&product.id),
        scope.merchant().into(),
        Value::from(&facts.sku),
        text(&facts.title),
        text(&facts.master_code),
        text(&facts.code),
        text(&facts.brand),
        text(&facts.model),
        text(&facts.color),
        text(&facts.size),
        text(&facts.gender),
        text(&facts.season),
        text(&facts.category),
        text(&facts.subcategory),
        text(&facts.barcode),
        text(&facts.photo),
        text(&facts.store),
        text(&facts.shelf),
        facts.price.into(),
        facts.stock.into(),
        facts.weight_grams.into(),
        facts.cost.map(sauda_kernel::Money::tiyn).into(),
        fold(&[&name]).into(),
        fold(&words).into(),
        product.version.into(),
        product.created_at.into(),
        product.changed_at.into(),
        Value::from(&product.changed_by),
        product.archived_at.into(),
    ]
}

/// Adds products, or writes them over those with the version before theirs; at most 1 000 at once. Answers which were written:
/// the rest was changed meanwhile.
pub(crate) async fn save(
    on: impl Into<On<'_>>,
    scope: &Scope,
    products: &[Product],
) -> Result<HashSet<ProductId>, StoreError> {
    let rows = products.iter().map(|product| values(scope, product)).collect();
    let written = insert_rows(
        sql_part!(
            "INSERT INTO products (id, merchant_id, sku, title, master_code, code, brand, model, color, size, gender, season, category, \
             subcategory, barcode, photo_url, store, shelf, price, stock, weight_grams, cost, name_fold, fold, version, created_at, changed_at, \
             changed_by, archived_at) VALUES "
        ),
        rows,
        sql_part!(
            "ON CONFLICT (merchant_id, sku) DO UPDATE SET title = excluded.title, master_code = excluded.master_code, code = excluded.code, \
             brand = excluded.brand, model = excluded.model, color = excluded.color, size = excluded.size, gender = excluded.gender, \
             season = excluded.season, category = excluded.category, subcategory = excluded.subcategory, barcode = excluded.barcode, \
             photo_url = excluded.photo_url, store = excluded.store, shelf = excluded.shelf, price = excluded.price, stock = excluded.stock, \
             weight_grams = excluded.weight_grams, cost = excluded.cost, name_fold = excluded.name_fold, fold = excluded.fold, \
             version = excluded.version, changed_at = excluded.changed_at, changed_by = excluded.changed_by, archived_at = excluded.archived_at \
             WHERE products.id = excluded.id AND products.version = excluded.version - 1 RETURNING id"
        ),
    )
    .all(on)
    .await?;
    written.iter().map(|row| row.get("id")).collect()
}

/// Removes products and whatever hangs on them.
pub(crate) async fn delete(
    on: &mut sauda_store::Tx,
    scope: &Scope,
    ids: &[ProductId],
) -> Result<(), StoreError> {
    let mut offers = SqlBuilder::new(sql_part!(
        "UPDATE offers SET product_id = NULL, product_link = NULL WHERE product_id IN "
    ));
    offers.push_list(ids.iter().map(Value::from));
    offers.finish().run(&mut *on).await?;
    let mut photos = SqlBuilder::new(sql_part!("DELETE FROM product_photos WHERE product_id IN "));
    photos.push_list(ids.iter().map(Value::from));
    photos.finish().run(&mut *on).await?;
    let mut products = SqlBuilder::new(sql_part!("DELETE FROM products WHERE "));
    products.push(sql_part!("merchant_id = ? AND id IN "), [scope.merchant().into()]);
    products.push_list(ids.iter().map(Value::from));
    products.finish().run(&mut *on).await?;
    Ok(())
}

pub(crate) async fn put_photo(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProductId,
    kind: &str,
    bytes: Vec<u8>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO product_photos (product_id, merchant_id, kind, bytes, put_at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (product_id) DO UPDATE SET kind = excluded.kind, bytes = excluded.bytes, put_at = excluded.put_at"
    )
    .bind(id)
    .bind(scope.merchant())
    .bind(kind)
    .bind(bytes)
    .bind(now)
    .run(on)
    .await
}

/// Sort and bytes of a picture.
pub(crate) async fn photo(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProductId,
) -> Result<Option<(String, Vec<u8>)>, StoreError> {
    let row = sql!("SELECT kind, bytes FROM product_photos WHERE merchant_id = $1 AND product_id = $2")
        .bind(scope.merchant())
        .bind(id)
        .optional(on)
        .await?;
    row.map(|row| Ok((row.get("kind")?, row.get("bytes")?)))
        .transpose()
}

pub(crate) async fn delete_photo(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &ProductId,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM product_photos WHERE merchant_id = $1 AND product_id = $2")
        .bind(scope.merchant())
        .bind(id)
        .run(on)
        .await
}
