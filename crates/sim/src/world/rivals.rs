//! How rivals move: seven temperaments on one card. Refuses to touch own offers.

use crate::{
    locks::{lock, read, write},
    numbers::{micros, whole},
    random::Stream,
    sim::{Move, Sim},
    world::{
        World,
        cards::{CardInfo, CardSlot, CardState, Rival, Temper, Who},
        cities::CityIx,
        engine::{Wake, What},
    },
};
use sauda_kernel::{Span, Timestamp};

/// How lively sellers are at this hour of the day in Almaty: 1 is a usual daytime hour.
pub fn hour_factor(now: Timestamp) -> f64 {
    match now.local().hour {
        0..=6 => 0.15,
        7..=8 => 0.6,
        9..=11 => 1.2,
        12..=18 => 1.0,
        19..=21 => 1.3,
        _ => 0.6,
    }
}

/// First wake-ups of every rival of a card; bots wait for something to answer to.
pub fn first_wakes(world: &World, card: u32, now: Timestamp, era: u32) -> Vec<Wake> {
    let Some(slot) = world.card_at(card) else {
        return Vec::new();
    };
    let mut state = write(&slot.state);
    let mut wakes = Vec::new();
    for at in 0..state.rivals.len() {
        let CardState { rivals, luck, .. } = &mut *state;
        let Some(rival) = rivals.get_mut(at) else { continue };
        rival.pending = false;
        let seconds = mean_wait(rival.temper, slot.info.activity) * luck.unit();
        wakes.push(Wake {
            at: now.plus(Span::from_micros(micros(seconds))),
            what: wake_of(card, at, era),
        });
    }
    wakes.extend(who_answers(world, slot, card, &mut state, now, era));
    wakes
}

/// Mean seconds between two looks, by day.
fn mean_wait(temper: Temper, activity: f64) -> f64 {
    let hour = 3_600.0;
    match temper {
        Temper::Sleepy => 96.0 * hour / activity,
        Temper::Hourly => hour / activity.clamp(0.3, 3.0),
        Temper::MinuteBot => 6.0 * hour,
        Temper::FloorBound => 240.0 * hour / activity,
        Temper::Irrational => 12.0 * hour / activity,
        Temper::Flapping => 8.0 * hour / activity,
        Temper::Preorder => 72.0 * hour / activity,
    }
}

fn wake_of(card: u32, rival: usize, era: u32) -> What {
    What::RivalWakes {
        card,
        rival: crate::numbers::index(rival),
        era,
    }
}

/// A rival looks at its card, perhaps moves, and plans its next look.
pub fn wake(sim: &Sim, card: u32, rival: u32, era: u32, now: Timestamp) -> Vec<Wake> {
    let at = crate::numbers::place(rival);
    let Some(slot) = sim.world.card_at(card) else {
        return Vec::new();
    };
    let mut next = Vec::new();
    {
        let mut state = write(&slot.state);
        let CardState { rivals, luck, .. } = &mut *state;
        let Some(one) = rivals.get_mut(at) else {
            return next;
        };
        if !one.present {
            return next;
        }
        if !std::mem::take(&mut one.pending) || one.temper != Temper::MinuteBot {
            let seconds = luck.wait(mean_wait(one.temper, slot.info.activity)) / hour_factor(now);
            next.push(Wake {
                at: now.plus(Span::from_micros(micros(seconds.max(5.0)))),
                what: wake_of(card, at, era),
            });
        }
        if one.frozen {
            return next;
        }
    }
    let changed = sim.world.change_card(card, now, Some(era), |state| {
        act(&sim.world, &slot.info, state, at)
    });
    if let Some((moves, wakes)) = changed {
        note_moves(sim, card, rival, &moves, now);
        next.extend(wakes);
    }
    next
}

fn note_moves(sim: &Sim, card: u32, rival: u32, moves: &[Moved], now: Timestamp) {
    sim.counters.rival_moves.fetch_add(
        crate::numbers::count(moves.len()),
        std::sync::atomic::Ordering::Relaxed,
    );
    let Some(slot) = sim.world.card_at(card) else {
        return;
    };
    let state = read(&slot.state);
    if state.own.is_empty() {
        return;
    }
    let Some(seller) = state
        .rivals
        .get(crate::numbers::place(rival))
        .map(|one| one.seller)
    else {
        return;
    };
    let mut log = lock(&sim.moves);
    for moved in moves {
        log.push(Move {
            at: now,
            card,
            seller,
            city: moved.city,
            old: moved.old,
            new: moved.new,
        });
    }
}

/// A price that changed; equal prices mean that only stock did.
#[derive(Debug, Clone, Copy)]
pub struct Moved {
    pub city: Option<CityIx>,
    pub old: u32,
    pub new: u32,
}

fn act(world: &World, info: &CardInfo, state: &mut CardState, at: usize) -> Option<Vec<Moved>> {
    let temper = state.rivals.get(at)?.temper;
    if temper == Temper::MinuteBot {
        return bot_moves(world, state, at);
    }
    let cheapest = cheapest_for(world, state, at)?;
    let CardState { rivals, luck, .. } = state;
    let rival = rivals.get_mut(at)?;
    let old = rival.price;
    let level = f64::from(info.level);
    let new = match temper {
        Temper::Sleepy | Temper::Preorder => {
            rival.usual = luck.price_near(f64::from(rival.usual) * 0.6 + level * 0.4, 0.96, 1.06);
            rival.usual
        }
        Temper::Hourly => hourly_price(rival, cheapest.others, luck),
        Temper::FloorBound => {
            rival.floor = luck.price_near(f64::from(rival.floor), 0.985, 1.015);
            rival.floor
        }
        Temper::Irrational => {
            if rival.price == rival.usual {
                luck.price_near(f64::from(rival.usual), 0.55, 1.35)
            } else {
                rival.usual
            }
        }
        Temper::Flapping => {
            rival.in_stock = !rival.in_stock;
            return Some(vec![Moved {
                city: None,
                old,
                new: old,
            }]);
        }
        Temper::MinuteBot => old,
    };
    let new = if temper == Temper::Irrational {
        new.max(1)
    } else {
        new.max(rival.floor).max(1)
    };
    if new == old {
        return None;
    }
    rival.set_price(None, new);
    Some(vec![Moved { city: None, old, new }])
}

/// Undercuts by half a per cent to one and a half, or drifts back to its usual price when it cannot.
fn hourly_price(rival: &Rival, cheapest: Option<u32>, luck: &mut Stream) -> u32 {
    let Some(cheapest) = cheapest else {
        return rival.usual;
    };
    let wanted = luck.price_near(f64::from(cheapest), 0.985, 0.995);
    if cheapest > rival.usual {
        rival.usual
    } else if wanted >= rival.floor && luck.chance(0.7) {
        wanted
    } else {
        luck.price_near(f64::from(rival.usual), 0.97, 1.02)
    }
}

struct Cheapest {
    others: Option<u32>,
}

fn cheapest_for(world: &World, state: &CardState, at: usize) -> Option<Cheapest> {
    let rival = state.rivals.get(at)?;
    let home = world.seller(rival.seller)?.home;
    let ladder = state.ladder(home, &world.sellers);
    Some(Cheapest {
        others: ladder
            .iter()
            .find(|line| line.who != Who::Rival(at))
            .map(|line| line.price),
    })
}

/// Where a minute bot wants to be in a city.
fn bot_target(world: &World, state: &CardState, at: usize, city: CityIx) -> Option<u32> {
    let rival = state.rivals.get(at)?;
    let ladder = state.ladder(city, &world.sellers);
    let in_stock = |who: Who| match who {
        Who::Rival(other) => other != at && state.rivals.get(other).is_some_and(|one| one.preorder == 0),
        Who::Own(own) => state.own.get(own).is_some_and(|one| one.preorder == 0),
    };
    let ceiling = whole(f64::from(rival.usual) * 1.12);
    // The cheapest whom it can beat; when nobody can be beaten, its usual price.
    let beatable = ladder
        .iter()
        .filter(|line| in_stock(line.who))
        .find(|line| line.price > rival.floor);
    let Some(line) = beatable else {
        return Some(rival.usual.max(rival.floor));
    };
    // A long war is ended with larger steps: two bots would otherwise creep for days.
    let step = if rival.war > 40 {
        (line.price / 100).max(1)
    } else {
        1
    };
    Some(
        line.price
            .saturating_sub(step)
            .max(rival.floor)
            .min(ceiling)
            .max(1),
    )
}

fn bot_cities(world: &World, rival: &Rival) -> Vec<Option<CityIx>> {
    if rival.city_prices.is_empty() {
        return vec![None];
    }
    let mut cities: Vec<Option<CityIx>> = rival.city_prices.iter().map(|(city, _)| Some(*city)).collect();
    if let Some(seller) = world.seller(rival.seller)
        && !rival.city_prices.iter().any(|(city, _)| *city == seller.home)
    {
        cities.push(Some(seller.home));
    }
    cities
}

fn bot_moves(world: &World, state: &mut CardState, at: usize) -> Option<Vec<Moved>> {
    let rival = state.rivals.get(at)?;
    let home = world.seller(rival.seller)?.home;
    let mut moves = Vec::new();
    for city in bot_cities(world, rival) {
        let target = bot_target(world, state, at, city.unwrap_or(home))?;
        let old = state.rivals.get(at)?.price_in(city.unwrap_or(home));
        if target == old {
            continue;
        }
        let rival = state.rivals.get_mut(at)?;
        rival.war = if target < old {
            rival.war.saturating_add(1)
        } else {
            0
        };
        rival.set_price(city, target);
        moves.push(Moved {
            city,
            old,
            new: target,
        });
    }
    (!moves.is_empty()).then_some(moves)
}

/// Bots of a card that now want another price, each with the time it will take to notice.
pub fn who_answers(
    world: &World,
    slot: &CardSlot,
    card: u32,
    state: &mut CardState,
    now: Timestamp,
    era: u32,
) -> Vec<Wake> {
    let mut wakes = Vec::new();
    for at in 0..state.rivals.len() {
        let Some(rival) = state.rivals.get(at) else {
            continue;
        };
        if rival.temper != Temper::MinuteBot || rival.pending || rival.frozen || !rival.sells() {
            continue;
        }
        let Some(home) = world.seller(rival.seller).map(|seller| seller.home) else {
            continue;
        };
        let wants = bot_cities(world, rival).into_iter().any(|city| {
            let city = city.unwrap_or(home);
            bot_target(world, state, at, city).is_some_and(|target| target != rival.price_in(city))
        });
        if !wants {
            continue;
        }
        let base = state.luck.range(20.0, 180.0) / slot.info.activity.clamp(0.2, 1.5);
        let seconds = base / hour_factor(now).min(1.0);
        if let Some(rival) = state.rivals.get_mut(at) {
            rival.pending = true;
        }
        wakes.push(Wake {
            at: now.plus(Span::from_micros(micros(seconds))),
            what: wake_of(card, at, era),
        });
    }
    wakes
}
