//! The demo's shelves: products with costs for what the pretend shops sell, a supplier, a year of deliveries, and the key of orders,
//! so that stock, forecasts, profit and taxes are full. Refuses to touch a shop whose key a person gave.

use crate::rooms::Rooms;
use sauda_accounts::Scope;
use sauda_catalog::{Shop, UnknownOffer, import::products::ProductFacts};
use sauda_economics::{
    landed::SpreadBy,
    money::{NewRate, NewTaxpayer, RateKind},
    rates::{Day, Regime},
};
use sauda_kernel::{Money, ProductId};
use sauda_sim::{Sim, Way};
use sauda_stock::{
    BatchCost, CostKind, Delivered, NewLine, NewPaidIn, PurchaseChange, PurchaseLine, PurchaseState, Receipt,
    Received, Supplier, Supply, Wanted,
};
use std::{collections::BTreeMap, error::Error, sync::Arc, time::Duration};

const LOOK: Duration = Duration::from_secs(2);
/// Somebody abroad, and tenge for a yuan there, millionths; both pretended.
const ABROAD: &str = "Guangzhou Trade";
const YUAN: i64 = 73_500_000;
/// Orders that a shop begins with.
const MORNING: usize = 18;
/// Offers of a shop at most.
const MOST: i64 = 500;
/// Whom the pretend shops buy from.
const SUPPLIER: &str = "Dala Optom";

/// Fills every shop that was connected and read, for as long as the demo goes on.
pub async fn keep(rooms: Rooms, sim: Arc<Sim>) {
    loop {
        tokio::time::sleep(LOOK).await;
        if let Err(error) = look(&rooms, &sim).await {
            tracing::warn!(
                error = sauda_kernel::chain(&*error),
                "the demo's shelves are not filled"
            );
        }
    }
}

type Failed = Box<dyn Error + Send + Sync>;

async fn look(rooms: &Rooms, sim: &Sim) -> Result<(), Failed> {
    for shop in rooms.catalog.all_shops().await? {
        let scope = Scope::system(shop.merchant.clone(), "demo");
        if shop.synced_at.is_none() || rooms.orders.reading(&scope, &shop.id).await?.is_some() {
            continue;
        }
        let Some(token) = token_of(sim, &shop.uid) else {
            continue;
        };
        let products = products(rooms, sim, &scope, &shop).await?;
        shelves(rooms, sim, &scope, &shop, &products).await?;
        if rooms.money.taxpayers(&scope).await?.all().is_empty() {
            rooms
                .money
                .put_taxpayer(&scope, NewTaxpayer::of(Regime::Simplified))
                .await?;
        }
        // Orders last: what they sold is known by then.
        rooms.orders.connect(&scope, &shop.id, &token).await?;
        buyers(sim, &shop.uid, &products);
        tracing::info!(
            shop = shop.name,
            products = products.len(),
            "the demo's shop has its goods and its key"
        );
    }
    Ok(())
}

/// The buyers of this morning: a day to run is there from the start.
fn buyers(sim: &Sim, uid: &str, products: &BTreeMap<String, ProductId>) {
    // Most as buyers choose; some of each other way, so that every step of the day has something to do.
    let ways = [
        None,
        Some(Way::Kaspi { express: true }),
        None,
        Some(Way::Pickup),
        None,
        Some(Way::Postomat),
        None,
        Some(Way::Own),
    ];
    let skus: Vec<&str> = products.keys().map(String::as_str).collect();
    let step = (skus.len() / MORNING).max(1);
    for (place, sku) in skus.iter().step_by(step).take(MORNING).enumerate() {
        let way = ways.get(place % ways.len()).copied().flatten();
        let quantity = if place % 5 == 4 { 2 } else { 1 };
        let beside = skus
            .get((place * step + 1) % skus.len())
            .filter(|_| place % 6 == 2);
        // What is not on sale now is not bought.
        if let Err(missing) = sim.order_of(
            uid,
            Some(sku),
            way,
            quantity,
            beside.map_or(&[], std::slice::from_ref),
        ) {
            tracing::debug!(error = %missing, "a buyer of the demo finds nothing");
        }
    }
}

fn token_of(sim: &Sim, uid: &str) -> Option<String> {
    let found = sim.world.shops.iter().find(|shop| shop.uid == uid);
    found.map(|shop| shop.token.clone())
}

/// A product for each offer, by article.
async fn products(
    rooms: &Rooms,
    sim: &Sim,
    scope: &Scope,
    shop: &Shop,
) -> Result<BTreeMap<String, ProductId>, Failed> {
    let mut made = BTreeMap::new();
    let offers = rooms.products.offers_without_product(scope, "", MOST).await?;
    for (place, offer) in (0_i64..).zip(offers.iter().filter(|offer| offer.shop == shop.id)) {
        let family = offer
            .card
            .as_deref()
            .and_then(|card| sim.world.card(card))
            .and_then(|(_, slot)| sim.world.family(slot.info.family));
        let known = UnknownOffer {
            sku: offer.sku.clone(),
            title: offer.title.clone(),
            card: None,
            brand: None,
            image_url: None,
            price: offer.price,
            stock: None,
        };
        let facts = ProductFacts {
            // Between 58 and 75 of a hundred.
            cost: offer
                .price
                .map(|price| Money::from_tiyn(price.get() * (58 + place * 7 % 18))),
            category: family.map(|family| family.mid_ru.clone()),
            subcategory: family.map(|family| family.title.clone()),
            weight_grams: Some(300 + place * 37 % 2_400),
            ..known.facts()
        };
        match rooms.products.create(scope, facts).await {
            Ok(product) => {
                made.insert(offer.sku.clone(), product.id);
            }
            Err(error) => tracing::debug!(
                error = sauda_kernel::chain(&error),
                "an offer of the demo has no product"
            ),
        }
    }
    Ok(made)
}

/// A supplier, how things are bought, and what came during the year.
async fn shelves(
    rooms: &Rooms,
    sim: &Sim,
    scope: &Scope,
    shop: &Shop,
    products: &BTreeMap<String, ProductId>,
) -> Result<(), Failed> {
    let all = sim.deliveries();
    let Some(since) = all.iter().map(|(_, one)| one.at).min() else {
        return Ok(());
    };
    let came: Vec<Delivered> = all
        .into_iter()
        .filter(|(uid, _)| *uid == shop.uid)
        .filter_map(|(_, one)| {
            Some(Delivered {
                product: products.get(&one.sku)?.clone(),
                quantity: i64::from(one.pieces),
                unit_cost: None,
                at: one.at,
            })
        })
        .collect();
    rooms.stock.take_over(scope, since, &came).await?;
    let known = rooms.stock.suppliers(scope).await?.into_iter().next();
    let supplier = match known {
        Some(known) => known,
        None => {
            let new = Supplier {
                id: rooms.stock.blank_supplier(),
                name: SUPPLIER.to_owned(),
                phone: "77010000000".to_owned(),
                lead_days: 9,
                lead_spread_tenths: 15,
                // Monday to Friday.
                weekdays: 0b001_1111,
                days_off: Vec::new(),
                email: String::new(),
                vat_bp: 0,
                is_gone: false,
            };
            rooms.stock.save_supplier(scope, None, &new).await?
        }
    };
    purchases(rooms, scope, &supplier, products).await?;
    for product in products.values() {
        let supply = Supply {
            supplier: Some(supplier.id.clone()),
            ..Supply::blank(product.clone())
        };
        rooms.stock.save_supply(scope, &supply).await?;
    }
    Ok(())
}

/// One purchase that came with a difference, one on its way and a draft, for whoever has none.
async fn purchases(
    rooms: &Rooms,
    scope: &Scope,
    supplier: &Supplier,
    products: &BTreeMap<String, ProductId>,
) -> Result<(), Failed> {
    if !rooms.stock.purchases(scope).await?.is_empty() {
        return Ok(());
    }
    let some = |from: usize, most: usize| -> Vec<Wanted> {
        let found = products.values().skip(from).take(most);
        found
            .zip([12, 6, 8, 20])
            .map(|(product, quantity)| Wanted {
                product: product.clone(),
                quantity,
                unit_cost: None,
            })
            .collect()
    };
    let stock = &rooms.stock;
    let draft = async |wanted: Vec<Wanted>| {
        stock
            .draft_purchase(scope, Some(supplier.id.clone()), &wanted)
            .await
    };
    let (first, second) = (some(0, 3), some(3, 4));
    let came = draft(first.clone()).await?;
    stock
        .advance_purchase(scope, &came.id, PurchaseState::Sent)
        .await?;
    let received: Vec<Received> = first
        .iter()
        .zip([12, 5, 8])
        .map(|(one, quantity)| Received {
            product: one.product.clone(),
            quantity,
            unit_cost: None,
            price: None,
        })
        .collect();
    let freight = BatchCost {
        kind: CostKind::Freight,
        sum: Money::from_tiyn(1_850_000),
        by: SpreadBy::Weight,
        vat_bp: 0,
    };
    stock
        .receive_purchase(
            scope,
            &came.id,
            Receipt {
                came: &received,
                costs: &[freight],
                rate: None,
            },
        )
        .await?;
    let coming = draft(second).await?;
    stock
        .advance_purchase(scope, &coming.id, PurchaseState::Sent)
        .await?;
    stock
        .advance_purchase(scope, &coming.id, PurchaseState::OnTheWay)
        .await?;
    abroad(rooms, scope, supplier, &some(7, 2)).await
}

/// A draft for somebody abroad: paid in yuan, at a rate of the merchant's own.
async fn abroad(rooms: &Rooms, scope: &Scope, known: &Supplier, wanted: &[Wanted]) -> Result<(), Failed> {
    let stock = &rooms.stock;
    let new = Supplier {
        id: stock.blank_supplier(),
        name: ABROAD.to_owned(),
        phone: String::new(),
        lead_days: 25,
        lead_spread_tenths: 60,
        ..known.clone()
    };
    let supplier = stock.save_supplier(scope, None, &new).await?;
    let rate = NewRate {
        kind: RateKind::Currency,
        subject: "CNY".to_owned(),
        value: YUAN,
        from: Day::of(rooms.clock.now()),
        source: "demo".to_owned(),
        note: String::new(),
    };
    rooms.money.set_rate(scope, rate).await?;
    let draft = stock.draft_purchase(scope, Some(supplier.id), wanted).await?;
    let line = |line: &PurchaseLine| NewLine {
        product: line.product.clone(),
        quantity: line.ordered,
        unit_cost: None,
        price: line.unit_cost.map(|cost| cost.tiyn() * 1_000_000 / YUAN),
    };
    let change = PurchaseChange {
        paid_in: Some(Some(NewPaidIn {
            currency: "CNY".to_owned(),
            rate: None,
        })),
        lines: Some(draft.lines.iter().map(line).collect()),
        ..PurchaseChange::default()
    };
    stock.change_purchase(scope, &draft.id, change).await?;
    Ok(())
}
