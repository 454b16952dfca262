//! What a product page says in its machine-readable parts. Refuses to read the layout or to run its scripts.

use super::{Links, text};
use crate::{
    City,
    wire::{
        loose::{List, Thing},
        page::{CityLetter, Configurator, DigitalProduct, Item, LinkedData},
        storefront::Picture,
        time::moment,
    },
};
use sauda_kernel::Tenge;
use sauda_market::{CardFacts, CardVariant, MarketError};
use serde::Deserialize;

/// Reads a product page. The newest part wins; older and poorer parts fill in what it lacks.
///
/// # Errors
/// `NotFound` when the page says so, `Blocked` when it is a page without any product part, `BadAnswer` when the parts are broken.
pub fn card_facts(bytes: &[u8], links: &Links) -> Result<CardFacts, MarketError> {
    let page = text("product page", bytes)?;
    let item: Option<Item<'_>> = after(page, "BACKEND.components.item", '=').and_then(prefix);
    let linked = linked_data(page);
    let product = linked.iter().find(|data| data.kind.get() == Some("Product"));
    let digital = digital_product(page);
    let card = item.as_ref().and_then(|item| item.card.get());
    let id = card
        .and_then(|card| card.id.owned())
        .or_else(|| product.and_then(|data| data.product_id.owned().or_else(|| data.sku.owned())))
        .or_else(|| digital.as_ref().and_then(|digital| digital.id.owned()))
        .or_else(|| after(page, "BACKEND.state.productId", '=').and_then(prefix::<String>));
    let title = card
        .and_then(|card| card.title.owned())
        .or_else(|| product.and_then(|data| data.name.owned()))
        .or_else(|| digital.as_ref().and_then(|digital| digital.name.owned()));
    let (Some(id), Some(title)) = (id, title) else {
        return Err(not_a_product(page));
    };
    let promo = card.and_then(|card| card.promo_conditions.get());
    let brand = promo
        .and_then(|promo| promo.brand.owned())
        .or_else(|| product.and_then(|data| data.brand.owned()))
        .or_else(|| digital.as_ref().and_then(|digital| digital.brand.owned()));
    let codes = promo
        .map(|promo| promo.category_codes.or_none())
        .unwrap_or_default();
    let configurator: Option<Configurator<'_>> =
        after(page, "BACKEND.components.configurator", '=').and_then(prefix);
    let mut variants = Vec::new();
    if let Some(tree) = &configurator {
        collect_variants(tree, &mut Vec::new(), &mut variants);
    }
    Ok(CardFacts {
        card: id,
        title,
        brand,
        category_path: category_path(item.as_ref(), &linked, digital.as_ref()),
        category_codes: codes.iter().filter_map(|code| code.owned()).collect(),
        price: card
            .and_then(|card| card.price.price().ok())
            .or_else(|| product.and_then(linked_price)),
        image_urls: pictures(item.as_ref(), product, links),
        description: description(item.as_ref(), product),
        features: item.as_ref().map(features).unwrap_or_default(),
        created_at: card.and_then(|card| card.created_time.get()).and_then(moment),
        variants,
    })
}

/// Reads the cities that a page offers to choose from. The object around the list is JavaScript, the list is strict JSON.
///
/// # Errors
/// `BadAnswer` when the page has no such list.
pub fn page_cities(bytes: &[u8]) -> Result<Vec<City>, MarketError> {
    let page = text("product page", bytes)?;
    let letters: Option<Vec<Thing<CityLetter<'_>>>> = page
        .find("citySelection")
        .and_then(|at| page.get(at..))
        .and_then(|rest| after(rest, "citys", ':'))
        .and_then(prefix);
    let Some(letters) = letters else {
        return Err(MarketError::BadAnswer(
            "product page: no list of cities".to_owned(),
        ));
    };
    let mut cities = Vec::new();
    for letter in letters.iter().filter_map(Thing::get) {
        for row in letter.city_data.or_none().iter().filter_map(Thing::get) {
            if let Some(city) = City::from_row(row) {
                cities.push(city);
            }
        }
    }
    Ok(cities)
}

fn not_a_product(page: &str) -> MarketError {
    if page.contains("Страница не найдена") {
        MarketError::NotFound("card".to_owned())
    } else if page.contains("BACKEND.")
        || page.contains("application/ld+json")
        || page.contains("digitalData")
    {
        MarketError::BadAnswer("product page: no product in it".to_owned())
    } else {
        MarketError::Blocked {
            status: 200,
            what: "a page without a product".to_owned(),
        }
    }
}

/// What stands after `name`, optional quotes and `sign`.
fn after<'a>(page: &'a str, name: &str, sign: char) -> Option<&'a str> {
    let mut rest = page;
    while let Some(at) = rest.find(name) {
        rest = rest.get(at + name.len()..)?;
        let trimmed = rest.trim_start_matches(['"', '\'']).trim_start();
        if let Some(value) = trimmed.strip_prefix(sign) {
            return Some(value.trim_start());
        }
    }
    None
}

/// The JSON value that a text begins with.
fn prefix<'a, T: Deserialize<'a>>(text: &'a str) -> Option<T> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<T>()
        .next()?
        .ok()
}

fn linked_data(page: &str) -> Vec<LinkedData<'_>> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find("application/ld+json") {
        let Some(tail) = rest
            .get(at..)
            .and_then(|tail| tail.split_once('>'))
            .map(|(_, tail)| tail)
        else {
            break;
        };
        let (body, next) = tail.split_once("</script").unwrap_or((tail, ""));
        // The breadcrumbs end with a stray comma; reading only the leading value leaves it out.
        if let Some(Thing::Is(block)) = prefix::<Thing<LinkedData<'_>>>(body.trim_start()) {
            blocks.push(block);
        }
        rest = next;
    }
    blocks
}

fn digital_product(page: &str) -> Option<DigitalProduct<'_>> {
    after(page, "digitalData.product", '=')
        .and_then(prefix)
        .or_else(|| {
            let data = after(page, "window.digitalData", '=')?;
            after(data, "product", ':')
                .and_then(prefix::<Thing<DigitalProduct<'_>>>)
                .and_then(|thing| match thing {
                    Thing::Is(product) => Some(product),
                    Thing::Absent | Thing::Odd => None,
                })
        })
}

fn category_path(
    item: Option<&Item<'_>>,
    linked: &[LinkedData<'_>],
    digital: Option<&DigitalProduct<'_>>,
) -> Vec<String> {
    let mut path = Vec::new();
    for crumb in item
        .map(|item| item.breadcrumbs.or_none())
        .unwrap_or_default()
        .iter()
        .filter_map(Thing::get)
    {
        if crumb.id.get() != Some("Categories") {
            path.extend(crumb.title.owned());
        }
    }
    if path.is_empty() {
        path.extend(
            digital
                .map(|digital| digital.category.or_none())
                .unwrap_or_default()
                .iter()
                .filter_map(|name| name.owned()),
        );
    }
    if path.is_empty() {
        let crumbs = linked
            .iter()
            .find(|data| data.kind.get() == Some("BreadcrumbList"));
        // The first crumb is the marketplace itself.
        for crumb in crumbs
            .map(|data| data.item_list_element.or_none())
            .unwrap_or_default()
            .iter()
            .skip(1)
        {
            path.extend(
                crumb
                    .get()
                    .and_then(|crumb| crumb.item.get())
                    .and_then(|item| item.name.owned()),
            );
        }
    }
    path
}

fn linked_price(product: &LinkedData<'_>) -> Option<Tenge> {
    product
        .offers
        .or_none()
        .iter()
        .filter_map(Thing::get)
        .filter(|offer| offer.kind.get() == Some("Offer"))
        .find_map(|offer| offer.price.price().ok())
}

fn pictures(item: Option<&Item<'_>>, product: Option<&LinkedData<'_>>, links: &Links) -> Vec<String> {
    let large = |picture: &Picture<'_>| {
        picture
            .large
            .get()
            .or_else(|| picture.medium.get())
            .or_else(|| picture.small.get())
            .map(str::to_owned)
    };
    let gallery = item.map(|item| item.gallery_images.or_none()).unwrap_or_default();
    let mut urls: Vec<String> = gallery.iter().filter_map(Thing::get).filter_map(large).collect();
    if urls.is_empty() {
        urls.extend(
            product
                .and_then(|data| data.image.get())
                .map(|path| links.small_picture(path)),
        );
    }
    urls
}

fn description(item: Option<&Item<'_>>, product: Option<&LinkedData<'_>>) -> Option<String> {
    let of_item = item.and_then(|item| {
        item.description.get().or_else(|| {
            item.descriptions
                .or_none()
                .iter()
                .filter_map(Thing::get)
                .find_map(|description| description.text.get())
        })
    });
    let html = of_item.or_else(|| product.and_then(|data| data.description.get()))?;
    let plain = plain_text(html);
    if plain.is_empty() { None } else { Some(plain) }
}

/// The words of a piece of HTML, one line for each block, with single spaces.
fn plain_text(html: &str) -> String {
    let fragment = scraper::Html::parse_fragment(html);
    let mut lines: Vec<String> = Vec::new();
    for node in fragment.root_element().descendants() {
        if let scraper::Node::Element(element) = node.value()
            && matches!(
                element.name(),
                "p" | "br" | "li" | "div" | "h1" | "h2" | "h3" | "h4" | "tr"
            )
        {
            lines.push(String::new());
        }
        if let scraper::Node::Text(words) = node.value() {
            let is_code = node.ancestors().any(|above| {
                matches!(above.value(), scraper::Node::Element(element) if matches!(element.name(), "script" | "style"))
            });
            if is_code {
                continue;
            }
            match lines.last_mut() {
                Some(line) => line.push_str(words),
                None => lines.push(words.to_string()),
            }
        }
    }
    let lines: Vec<String> = lines
        .iter()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn features(item: &Item<'_>) -> Vec<(String, Vec<String>)> {
    let mut features = Vec::new();
    for group in item.specifications.or_none().iter().filter_map(Thing::get) {
        for feature in group.features.or_none().iter().filter_map(Thing::get) {
            let values = feature.feature_values.or_none().iter().filter_map(Thing::get);
            let values: Vec<String> = values.filter_map(|value| value.value.owned()).collect();
            if let Some(name) = feature.name.owned()
                && !values.is_empty()
            {
                features.push((name, values));
            }
        }
    }
    features
}

/// Walks the tree of variants; the depth is bounded by the JSON reader's own limit.
fn collect_variants(node: &Configurator<'_>, above: &mut Vec<(String, String)>, into: &mut Vec<CardVariant>) {
    let mine = node
        .characteristic
        .get()
        .and_then(|trait_| Some((trait_.title.owned()?, trait_.id.owned()?)));
    let is_pushed = mine.is_some();
    above.extend(mine);
    if let Some(card) = node.product_code.owned() {
        into.push(CardVariant {
            card,
            traits: above.clone(),
            available: node.available.0.unwrap_or(false),
        });
    }
    if let List::Is(children) = &node.matrix {
        for child in children.iter().filter_map(Thing::get) {
            collect_variants(child, above, into);
        }
    }
    if is_pushed {
        above.pop();
    }
}
