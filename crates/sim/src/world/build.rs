//! A world out of a seed and a size. Refuses to move anything.

use crate::{
    numbers::{index, place, whole},
    options::Options,
    random::Stream,
    world::{
        World, accounts,
        cards::{CardInfo, CardSlot, CardState, OwnListing, Rival, Temper},
        cities::{Cities, CityIx},
        points_with_goods, preorder_of,
        sellers::{self, Seller},
        shops::{Availability, OwnOffer, Point, Shop, ShopState, Update},
        vocabulary::{self, Family},
    },
};
use sauda_kernel::{Span, Timestamp};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{RwLock, atomic::AtomicU32},
};

/// Builds the world.
///
/// # Errors
/// When the embedded vocabulary cannot be read, or the options ask for no cards, sellers or shops.
pub fn build(options: &Options, now: Timestamp) -> anyhow::Result<World> {
    anyhow::ensure!(options.cards > 0, "a world needs at least one card: --cards");
    anyhow::ensure!(
        options.sellers > 0,
        "a world needs at least one seller: --sellers"
    );
    anyhow::ensure!(
        (1..=10_000).contains(&options.shops),
        "{} shops: --shops takes 1 to 10000",
        options.shops
    );
    let cities = Cities::load();
    let families = vocabulary::load()?;
    let sellers = sellers::draw(options.seed, options.sellers, &cities);
    let cards = draw_cards(options, &families, &sellers, now);
    let card_by_sku = cards
        .iter()
        .enumerate()
        .map(|(at, slot)| (slot.info.sku, index(at)))
        .collect();
    let mut popular: Vec<u32> = (0..index(cards.len())).collect();
    popular.sort_by(|a, b| {
        demand_of(&cards, *b)
            .total_cmp(&demand_of(&cards, *a))
            .then(a.cmp(b))
    });
    let mut shops: Vec<Shop> = (0..options.shops)
        .map(|at| draw_shop(options, &cities, at))
        .collect();
    stock_shops(options, &cities, &mut shops, &cards, now);
    let shop_by_uid = shops
        .iter()
        .enumerate()
        .map(|(at, shop)| (shop.uid.clone(), u16::try_from(at).unwrap_or(0)))
        .collect();
    let world = World {
        seed: options.seed,
        cities,
        families,
        sellers,
        cards,
        card_by_sku,
        popular,
        accounts: draw_accounts(options.shops),
        shops,
        shop_by_uid,
        born: now,
    };
    for slot in &world.cards {
        crate::locks::write(&slot.state).settle(now, &world.sellers);
    }
    Ok(world)
}

fn demand_of(cards: &[CardSlot], at: u32) -> f64 {
    cards.get(place(at)).map_or(0.0, |slot| slot.info.demand)
}

/// The first two shops belong to one person; every other shop to a person of its own.
fn draw_accounts(shops: u32) -> Vec<accounts::Account> {
    let all: Vec<u16> = (0..shops).filter_map(|at| u16::try_from(at).ok()).collect();
    let (sisters, rest) = all.split_at(all.len().min(2));
    let mut accounts = vec![accounts::draw(1, sisters.to_vec())];
    for shop in rest {
        accounts.push(accounts::draw(index(accounts.len()) + 1, vec![*shop]));
    }
    accounts
}

fn draw_cards(options: &Options, families: &[Family], sellers: &[Seller], now: Timestamp) -> Vec<CardSlot> {
    let total_weight: u32 = families.iter().map(|family| family.weight).sum();
    let mut cards: Vec<CardSlot> = Vec::with_capacity(place(options.cards));
    let mut stream = Stream::new(options.seed, 20, 0);
    let mut sku = 100_000_000_u32;
    while cards.len() < place(options.cards) {
        let mut left = stream.below(u64::from(total_weight));
        let family_at = families.iter().position(|family| {
            let inside = left < u64::from(family.weight);
            left = left.saturating_sub(u64::from(family.weight));
            inside
        });
        let family_at = family_at.unwrap_or(0);
        let Some(family) = families.get(family_at) else {
            break;
        };
        let room = place(options.cards) - cards.len();
        let variants = if family.variants.len() > 1 && stream.chance(0.12) {
            family.variants.len().min(4).min(room)
        } else {
            1
        };
        let group = (variants > 1).then(|| (index(cards.len()), index(variants)));
        let model = draw_model(family, &mut stream);
        for variant_at in 0..variants {
            sku += stream.between(1, 7_000);
            let offset = if variants > 1 {
                variant_at
            } else {
                place(stream.between(0, index(family.variants.len()).saturating_sub(1)))
            };
            let variant = family.variants.get(offset).cloned().unwrap_or_default();
            let info = draw_info(options, family, family_at, &model, variant, sku, group, now);
            cards.push(draw_slot(options, info, index(cards.len()), sellers, now));
        }
    }
    cards
}

struct Model {
    brand: String,
    text: String,
    level: f64,
}

fn draw_model(family: &Family, stream: &mut Stream) -> Model {
    let brand_at = place(stream.between(0, index(family.brands.len()).saturating_sub(1)));
    let brand = family.brands.get(brand_at).cloned().unwrap_or_default();
    let model = if family.models.len() == family.brands.len() {
        family.models.get(brand_at)
    } else {
        stream.pick(&family.models)
    };
    let model = model.map_or("", String::as_str);
    let spec_at = place(stream.between(0, index(family.specs.len()).saturating_sub(1)));
    let spec = family.specs.get(spec_at).map_or("", String::as_str);
    let article = if stream.chance(0.45) {
        format!(
            " {}{}",
            char::from(b'A' + u8::try_from(stream.below(26)).unwrap_or(0)),
            stream.between(100, 99_999)
        )
    } else {
        String::new()
    };
    let named = if brand == "Без бренда" {
        String::new()
    } else {
        format!("{brand} ")
    };
    // Larger sizes cost more; the rest is the log-normal spread of the family.
    let size = 1.0 + 0.22 * f64::from(index(spec_at));
    let level = stream.log_normal(family.median * 0.85, family.spread * 0.8) * size;
    Model {
        brand,
        text: format!("{named}{model}{article} {spec}"),
        level: level.clamp(500.0, 900_000.0),
    }
}

#[expect(
    clippy::too_many_arguments,
    reason = "one private constructor of a flat record"
)]
fn draw_info(
    options: &Options,
    family: &Family,
    family_at: usize,
    model: &Model,
    variant: String,
    sku: u32,
    group: Option<(u32, u32)>,
    now: Timestamp,
) -> CardInfo {
    let mut stream = Stream::new(options.seed, 21, u64::from(sku));
    let demand = stream.log_normal(0.45, 1.5).clamp(0.01, 150.0);
    CardInfo {
        sku,
        family: u16::try_from(family_at).unwrap_or(0),
        brand: model.brand.clone(),
        title: format!("{} {} {variant}", family.noun, model.text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        level: whole(model.level * stream.range(0.97, 1.03)).max(500),
        demand,
        activity: stream.log_normal(0.6, 1.1).clamp(0.02, 12.0),
        rating: u8::try_from(whole(stream.normal(47.0, 2.0).clamp(30.0, 50.0))).unwrap_or(47),
        reviews: whole(demand * stream.log_normal(60.0, 1.0)).min(30_000),
        created: now.minus(Span::from_micros(
            i64::try_from(stream.below(4 * 365 * 86_400)).unwrap_or(0) * 1_000_000,
        )),
        group,
        variant,
    }
}

fn draw_slot(options: &Options, info: CardInfo, at: u32, sellers: &[Seller], now: Timestamp) -> CardSlot {
    let mut luck = Stream::new(options.seed, 22, u64::from(at));
    let drawn = whole(luck.log_normal(3.4, 0.95) * (info.demand / 0.45).powf(0.22)).clamp(1, 60);
    let number = options.rivals_per_card.unwrap_or(drawn).min(index(sellers.len()));
    let mut rivals: Vec<Rival> = Vec::with_capacity(place(number));
    let mut tries = 0_u32;
    while index(rivals.len()) < number && tries < number * 40 + 100 {
        tries += 1;
        let seller = luck.between(0, index(sellers.len()).saturating_sub(1));
        if rivals.iter().all(|rival| rival.seller != seller) {
            rivals.push(draw_rival(&info, seller, sellers, &mut luck));
        }
    }
    let state = CardState {
        rivals,
        own: Vec::new(),
        buyers: Stream::new(options.seed, 23, u64::from(at)),
        luck,
        sold: 0,
        settled: now,
    };
    CardSlot {
        info,
        version: AtomicU32::new(1),
        state: RwLock::new(state),
    }
}

/// A rival with a temperament drawn by fixed shares.
pub fn draw_rival(info: &CardInfo, seller: u32, sellers: &[Seller], luck: &mut Stream) -> Rival {
    let temper = match luck.below(100) {
        0..=33 => Temper::Sleepy,
        34..=49 => Temper::Hourly,
        50..=67 => Temper::MinuteBot,
        68..=81 => Temper::FloorBound,
        82..=85 => Temper::Irrational,
        86..=92 => Temper::Flapping,
        _ => Temper::Preorder,
    };
    let level = f64::from(info.level);
    let floor = luck.price_near(level, 0.84, 0.97).max(1);
    let wished = (level * luck.log_normal(1.04, 0.07)).max(f64::from(floor));
    let usual = luck.human_price(wished).max(floor);
    let price = match temper {
        Temper::FloorBound => floor,
        Temper::Preorder => luck.human_price(f64::from(usual) * 0.95).max(floor),
        _ => usual,
    };
    let mut rival = Rival {
        seller,
        price,
        floor,
        usual,
        suffix: luck.between(1, 999_999_998),
        temper,
        present: true,
        in_stock: temper != Temper::Flapping || luck.chance(0.7),
        preorder: if temper == Temper::Preorder {
            u8::try_from(luck.between(2, 14)).unwrap_or(5)
        } else {
            0
        },
        pending: false,
        frozen: false,
        war: 0,
        sold: 0,
        city_prices: Vec::new(),
    };
    // One bot in six prices its own city apart from the rest of the country.
    if temper == Temper::MinuteBot
        && luck.chance(0.16)
        && let Some(seller) = sellers.get(place(seller))
    {
        rival.set_price(Some(seller.home), price);
    }
    rival
}

fn draw_shop(options: &Options, cities: &Cities, at: u32) -> Shop {
    let mut stream = Stream::new(options.seed, 30, u64::from(at));
    let home = cities.main_at(place(at % 3));
    let mut points = Vec::new();
    for number in 0..(2 + at % 2) {
        points.push(Point {
            code: format!("PP{}", number + 1),
            city: cities.main_at(place(at % 3 + number)),
            enabled: true,
            phone: format!("70000{:05}", at * 10 + number),
        });
    }
    let names = [
        "Sauda Market",
        "Sauda Home",
        "Dala Trade",
        "Kokpar Store",
        "Aport Shop",
        "Kerege",
        "Tandyr Plus",
        "Jailau",
    ];
    let name = names
        .get(place(at))
        .map_or_else(|| format!("Shop {}", at + 1), |name| (*name).to_owned());
    let state = ShopState {
        points,
        offers: Vec::new(),
        by_sku: HashMap::new(),
    };
    Shop {
        uid: (30_000_001 + at).to_string(),
        name_json: serde_json::Value::from(name.as_str()).to_string(),
        name,
        token: stream.hex(44),
        rating: Some(u8::try_from(stream.between(45, 50)).unwrap_or(48)),
        reviews: stream.between(40, 2_000),
        home,
        state: RwLock::new(state),
    }
}

fn stock_shops(options: &Options, cities: &Cities, shops: &mut [Shop], cards: &[CardSlot], now: Timestamp) {
    let mut order: Vec<u32> = (0..index(cards.len())).collect();
    let mut stream = Stream::new(options.seed, 31, 0);
    for at in (1..order.len()).rev() {
        let other = usize::try_from(stream.below(crate::numbers::count(at) + 1)).unwrap_or(0);
        order.swap(at, other);
    }
    let wanted = place(options.offers).min(order.len());
    let mut first_shop: Vec<u32> = Vec::new();
    for (shop_at, shop) in shops.iter_mut().enumerate() {
        let mut chosen: Vec<u32> = Vec::with_capacity(wanted);
        if shop_at == 1 {
            // The sister shop sells three in ten of the first shop's cards.
            chosen.extend(first_shop.iter().take(wanted * 3 / 10));
        }
        let from = shop_at * wanted;
        for offset in 0..order.len() {
            if chosen.len() >= wanted {
                break;
            }
            if let Some(card) = order.get((from + offset) % order.len())
                && (shop_at != 1 || !chosen.contains(card))
            {
                chosen.push(*card);
            }
        }
        if shop_at == 0 {
            first_shop.clone_from(&chosen);
        }
        let mut stream = Stream::new(options.seed, 32, crate::numbers::count(shop_at));
        for card in chosen {
            add_offer(
                cities,
                shop,
                u16::try_from(shop_at).unwrap_or(0),
                card,
                cards,
                &mut stream,
                now,
            );
        }
    }
}

fn add_offer(
    cities: &Cities,
    shop: &mut Shop,
    shop_at: u16,
    card: u32,
    cards: &[CardSlot],
    stream: &mut Stream,
    now: Timestamp,
) {
    let Some(slot) = cards.get(place(card)) else {
        return;
    };
    let uid = shop.uid.clone();
    let state = shop
        .state
        .get_mut()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let offer_at = index(state.offers.len());
    let mut offer = draw_offer(cities, &slot.info, card, &state.points, stream, now);
    while state.by_sku.contains_key(&offer.sku) {
        offer.sku = format!("{}_{:09}", slot.info.sku, stream.between(1, 999_999_999));
    }
    state.by_sku.insert(offer.sku.clone(), offer_at);
    let points = state.points.clone();
    state.offers.push(offer.clone());
    let listing = OwnListing {
        shop: shop_at,
        offer: offer_at,
        home: shop.home,
        everywhere: offer.everywhere,
        city_prices: offer
            .city_prices
            .iter()
            .map(|(city, price)| (*city, *price))
            .collect(),
        on_sale: offer.on_sale,
        stock: offer.stock(),
        preorder: preorder_of(&offer),
        points: points_with_goods(shop, &offer, &points),
        sold: 0,
        first: false,
        visible: false,
        first_us: 0,
        visible_us: 0,
    };
    debug_assert!(
        listing.points.iter().all(|(name, _)| name.starts_with(&uid)),
        "points are spelled with the merchant id"
    );
    crate::locks::write(&slot.state).own.push(listing);
}

fn draw_offer(
    cities: &Cities,
    info: &CardInfo,
    card: u32,
    points: &[Point],
    stream: &mut Stream,
    now: Timestamp,
) -> OwnOffer {
    let price = stream.price_near(f64::from(info.level), 0.99, 1.12);
    let per_city = stream.chance(0.25);
    let (removed, bare) = (stream.chance(0.08), stream.chance(0.05));
    let city_prices = if per_city {
        draw_city_prices(cities, price, points, stream)
    } else {
        BTreeMap::new()
    };
    let goods = draw_goods(points, stream);
    let listed = now.minus(Span::from_hours(i64::from(stream.between(24, 9_000))));
    let mut offer = OwnOffer {
        sku: if stream.chance(0.7) {
            format!("{}_{:09}", info.sku, stream.between(1, 999_999_999))
        } else {
            format!("SKU-{}", stream.between(1_000, 999_999))
        },
        card,
        offer_id: stream.hex(24),
        on_sale: true,
        everywhere: (!per_city).then_some(price),
        city_prices,
        points: points.iter().map(|point| point.code.clone()).collect(),
        availabilities: Some(goods),
        updates: vec![Update {
            operation: "ON_SALE",
            by: "owner@example.com".to_owned(),
            at: listed,
        }],
        updated_at: listed,
        archived_at: None,
        edition_deadline: None,
        error: None,
        protocol: None,
        sold: 0,
        revenue: 0,
    };
    if removed || bare {
        offer.remove(
            "owner@example.com",
            listed.plus(Span::from_hours(3)),
            "NO_AVAILABILITIES",
        );
    }
    offer
}

/// A price of its own for the city of every point, dearer the farther down the list, and sometimes for one city more.
fn draw_city_prices(
    cities: &Cities,
    price: u32,
    points: &[Point],
    stream: &mut Stream,
) -> BTreeMap<CityIx, u32> {
    let mut city_prices = BTreeMap::new();
    for (at, point) in points.iter().enumerate() {
        let dearer = 1.0 + 0.02 * f64::from(index(at));
        city_prices.insert(point.city, whole(f64::from(price) * dearer));
    }
    if stream.chance(0.5) {
        city_prices.insert(cities.main_at(3), whole(f64::from(price) * 1.05));
    }
    city_prices
}

/// Goods at every point; one offer in five is not counted.
fn draw_goods(points: &[Point], stream: &mut Stream) -> Vec<Availability> {
    let counted = stream.chance(0.8);
    let mut goods = Vec::with_capacity(points.len());
    for point in points {
        let pre_order = if stream.chance(0.05) { 3 } else { 0 };
        let stock = counted.then(|| stream.between(3, 60));
        goods.push(Availability {
            point: point.code.clone(),
            available: true,
            pre_order,
            stock,
        });
    }
    goods
}
