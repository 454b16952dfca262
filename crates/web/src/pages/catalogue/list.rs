//! The list of products: views of what is lacking, search, filters, rows that are edited in place. Refuses to count by itself.

use super::{kilograms, query::CatalogueQuery};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::{
        catalogue::{CatalogueEmpty, CatalogueList, ProductRow},
        parts::{Goods, Pager, Tab},
        prices::Chip,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_catalog::{Facet, Problem, Product, ProductCounts, ProductFacets, ProductList, ProductOffer};
use sauda_edge::{Person, QueryParams, Refusal, need};
use sauda_kernel::ProductId;

/// Rows a page.
const ROWS: i64 = 100;
/// Values that a chip offers.
const CHOICES: usize = 30;
/// Views of what is lacking.
const LACKS: [Problem; 5] = [
    Problem::NoCost,
    Problem::NoWeight,
    Problem::NoCategory,
    Problem::NoPhoto,
    Problem::NoOffer,
];

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    QueryParams(query): QueryParams<CatalogueQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "catalog")
        .await?;
    let scope = who.scope();
    let sees_money = scope.may(Right::ViewMoney);
    let may_edit = scope.may(Right::ManageCatalog);
    let (filter, page) = (query.filter(), query.page(ROWS));
    let (list, counts, facets) = tokio::try_join!(
        desk.products.list(scope, &filter, &page),
        desk.products.counts(scope),
        desk.products.facets(scope),
    )?;
    let ids: Vec<ProductId> = list.products.iter().map(|product| product.id.clone()).collect();
    let sold = desk.products.offers_of(scope, &ids).await?;
    let lying = desk.stock.lying(scope, &ids).await?;
    let rows = list
        .products
        .iter()
        .map(|product| {
            let mut row = row(
                product,
                sold.get(&product.id).map_or(&[][..], Vec::as_slice),
                sees_money,
            );
            if let Some(lying) = &lying {
                row.stock = Some(lying.get(&product.id).copied().unwrap_or(0));
                row.ledger = Some(format!("/stock/{}", product.id));
            }
            row
        })
        .collect();
    let mut kept: std::collections::BTreeMap<String, String> = std::collections::BTreeMap::new();
    for (name, value) in query.pairs().into_iter().filter(|(name, _)| *name != "q") {
        kept.insert(name.to_owned(), value.to_owned());
    }
    let empty = list.products.is_empty().then(|| empty(&query, &counts));
    let unknown = match empty {
        Some(CatalogueEmpty::Nothing) if may_edit => desk.products.unknown_offers(who.scope()).await?,
        _ => 0,
    };
    let view = CatalogueList {
        tabs: tabs(&query, &counts, sees_money),
        view: query.view().to_owned(),
        query: query.q.trim().to_owned(),
        kept,
        chips: chips(&query, &facets),
        rows,
        empty,
        unknown,
        pager: pager(&query, &list),
        sort: if query.sort.is_empty() {
            "name".to_owned()
        } else {
            query.sort.clone()
        },
        sort_href: sort_href(&query),
        filter_query: query.text(),
        bulk: match query.is_archive() {
            true => vec!["restore"],
            false => vec!["category", "brand", "season", "archive"],
        },
        is_archive: query.is_archive(),
        may_edit,
        sees_money,
    };
    desk.draw(&shell, &view)
}

fn row(product: &Product, sold: &[ProductOffer], sees_money: bool) -> ProductRow {
    let facts = &product.facts;
    ProductRow {
        goods: goods(product, sold),
        href: format!("/catalog/{}", product.id),
        category: facts.category.clone(),
        subcategory: facts.subcategory.clone(),
        color: facts.color.clone(),
        size: facts.size.clone(),
        weight: kilograms(facts),
        stock: facts.stock,
        ledger: None,
        cost: facts.cost.filter(|_| sees_money),
        price: facts.price,
        offers: i64::try_from(sold.len()).unwrap_or(i64::MAX),
        on_sale: i64::try_from(sold.iter().filter(|offer| offer.on_sale).count()).unwrap_or(i64::MAX),
        version: product.version,
    }
}

/// A product with its own picture, else the address it has, else that of an offer.
pub(super) fn goods(product: &Product, sold: &[ProductOffer]) -> Goods {
    let facts = &product.facts;
    let own = product
        .has_picture
        .then(|| format!("/catalog/{}/photo?v={}", product.id, product.version));
    // Pictures of others come over https or not at all.
    let is_safe = |url: &String| url.starts_with("https://");
    let of_offer = || {
        sold.iter()
            .find_map(|offer| offer.image_url.clone().filter(is_safe))
    };
    Goods {
        image: own
            .or_else(|| facts.photo.clone().filter(is_safe))
            .or_else(of_offer),
        ..Goods::new(product.id.as_str(), &facts.name(), &facts.sku)
    }
}

fn tabs(query: &CatalogueQuery, counts: &ProductCounts, sees_money: bool) -> Vec<Tab> {
    let tab = |word: &str, count: i64| Tab {
        word: word.to_owned(),
        href: match word {
            "all" => "/catalog".to_owned(),
            word => format!("/catalog?view={word}"),
        },
        count: Some(count),
        tone: "",
        is_on: word == query.view(),
    };
    let lacking = counts
        .problems
        .iter()
        .filter(|(problem, _)| LACKS.contains(problem) && (sees_money || *problem != Problem::NoCost))
        .map(|(problem, count)| tab(problem.word(), *count));
    [tab("all", counts.active)]
        .into_iter()
        .chain(lacking)
        .chain([tab("archive", counts.archived)])
        .collect()
}

fn chips(query: &CatalogueQuery, facets: &ProductFacets) -> Vec<Chip> {
    let chip = |word: &'static str, value: &str, facets: &[Facet]| Chip {
        word,
        value: (!value.is_empty()).then(|| value.to_owned()),
        drop: (!value.is_empty()).then(|| query.with(word, "")),
        choices: facets
            .iter()
            .take(CHOICES)
            .map(|facet| {
                (
                    format!("{} ({})", facet.value, facet.count),
                    query.with(word, &facet.value),
                )
            })
            .collect(),
    };
    [
        chip("category", &query.category, &facets.categories),
        chip("brand", &query.brand, &facets.brands),
        chip("season", &query.season, &facets.seasons),
    ]
    .into_iter()
    .filter(|chip| chip.value.is_some() || !chip.choices.is_empty())
    .collect()
}

fn empty(query: &CatalogueQuery, counts: &ProductCounts) -> CatalogueEmpty {
    if query.is_narrow() {
        CatalogueEmpty::NotFound
    } else if query.is_archive() {
        CatalogueEmpty::NoArchive
    } else if counts.active > 0 {
        CatalogueEmpty::AllDone
    } else {
        CatalogueEmpty::Nothing
    }
}

/// The address of an order without its word.
fn sort_href(query: &CatalogueQuery) -> String {
    let plain = query.with("sort", "");
    let and = if plain.contains('?') { '&' } else { '?' };
    format!("{plain}{and}sort=")
}

fn pager(query: &CatalogueQuery, list: &ProductList) -> Pager {
    let shown = i64::try_from(list.products.len()).unwrap_or(0);
    let from = match query.after.is_empty() {
        true => 1,
        false => query.from.parse::<i64>().unwrap_or(1).max(1),
    };
    let to = from + shown - 1;
    Pager {
        from: from.min(to),
        to,
        of: list.total,
        back: (from > 1).then(|| query.with("sort", &query.sort)),
        next: list.next.as_ref().map(|next| query.next(next, to + 1)),
    }
}
