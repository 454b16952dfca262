//! The two scarce budgets in a simulated week: reads against round robin, changes against a scheduler that knows
//! everything. Seeds are fixed; the figures are printed with `--nocapture`.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sauda_kernel::{Money, Span, Timestamp};
use sauda_pricing::model::CheckPace;
use sauda_pricing::plan::{
    Bounds, CheckPlan, Demand, Look, PendingChange, Throttle, WatchPace, WeekShape, first_check,
    multiplier_for, next_check, rank,
};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Normal by Box and Muller.
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (one, two): (f64, f64) = (rng.random_range(1e-12..1.0), rng.random());
    (-2.0 * one.ln()).sqrt() * (std::f64::consts::TAU * two).cos()
}

fn exponential(rng: &mut ChaCha8Rng, rate: f64) -> f64 {
    -rng.random_range(1e-12_f64..1.0).ln() / rate
}

/// Sellers sleep: changes an hour against the average, by local hour.
fn day_profile(at: Timestamp) -> f64 {
    match at.local().hour {
        0..=1 => 0.5,
        2..=7 => 0.15,
        8..=9 => 1.0,
        10..=21 => 1.5,
        _ => 1.1,
    }
}

const WATCHES: usize = 2_000;
const WARM_DAYS: i64 = 1;
const DAYS: i64 = 2;
/// Round robin comes to each watch every 20 minutes.
const ROUND: Span = Span::from_mins(20);

/// Moments of change of each watch: log-normal rates (median two a day, sigma 2: a few minute-bots, many sleepers), thinned
/// by the hour of the day.
fn world(seed: u64, start: Timestamp) -> Vec<Vec<Timestamp>> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    let hours = 24.0 * DAYS as f64;
    (0..WATCHES)
        .map(|_| {
            let rate = (2.0 / 24.0 * (2.0 * normal(&mut rng)).exp()).min(20.0);
            let (mut at, mut moments) = (0.0, Vec::new());
            loop {
                at += exponential(&mut rng, rate * 1.5);
                if at >= hours {
                    return moments;
                }
                let moment = start.plus(Span::from_micros((at * 3.6e9) as i64));
                if rng.random::<f64>() < day_profile(moment) / 1.5 {
                    moments.push(moment);
                }
            }
        })
        .collect()
}

/// Lateness of every change in the measured days, in minutes, given the reads of a watch.
struct Lateness {
    minutes: f64,
    changes: u64,
    measured_from: Timestamp,
}

impl Lateness {
    /// Counts the changes between two reads and tells whether there were any.
    fn read(&mut self, moments: &[Timestamp], next: &mut usize, now: Timestamp) -> bool {
        let first = *next;
        while let Some(moment) = moments.get(*next).filter(|moment| **moment <= now) {
            if *moment >= self.measured_from {
                self.minutes += now.since(*moment).as_micros() as f64 / 6e7;
                self.changes += 1;
            }
            *next += 1;
        }
        *next > first
    }

    fn mean(&self) -> f64 {
        self.minutes / self.changes as f64
    }
}

fn round_robin(world: &[Vec<Timestamp>], start: Timestamp) -> f64 {
    let mut late = Lateness {
        minutes: 0.0,
        changes: 0,
        measured_from: start.plus(Span::from_days(WARM_DAYS)),
    };
    let gap = ROUND.as_micros() / WATCHES as i64;
    for (index, moments) in world.iter().enumerate() {
        let (mut now, mut next) = (start.plus(Span::from_micros(gap * index as i64)), 0);
        while now < start.plus(Span::from_days(DAYS)) {
            late.read(moments, &mut next, now);
            now = now.plus(ROUND);
        }
    }
    late.mean()
}

/// Our plan with the same number of reads: one read every `ROUND / WATCHES`, never more. Everything is learned from the
/// reads themselves.
fn learned(world: &[Vec<Timestamp>], start: Timestamp) -> (f64, f64) {
    let mut late = Lateness {
        minutes: 0.0,
        changes: 0,
        measured_from: start.plus(Span::from_days(WARM_DAYS)),
    };
    let check = CheckPace::Learned {
        shortest_minutes: 2,
        longest_minutes: 60,
    };
    let bounds = Bounds::from(check);
    let gap = Span::from_micros(ROUND.as_micros() / WATCHES as i64);
    let mut shape = WeekShape::default();
    let mut paces: Vec<_> = (0..WATCHES).map(|_| WatchPace::new(start)).collect();
    let mut next_change = vec![0_usize; WATCHES];
    let mut seen: Vec<_> = vec![start; WATCHES];
    let mut queue: BinaryHeap<_> = (0..WATCHES)
        .map(|index| Reverse((first_check(&format!("wat_{index}"), check, start), index)))
        .collect();
    let (mut now, mut multiplier, mut replan, mut reads) = (start, 1.0, start, 0_u64);
    let (mut throttle, mut period) = (Throttle::default(), (0_u32, start));
    let end = start.plus(Span::from_days(DAYS));
    while now < end {
        if now >= replan {
            let demands: Vec<_> = paces
                .iter()
                .map(|pace| Demand {
                    changes_per_hour: pace.changes_per_hour(now, &shape),
                    cost_per_minute: 1.0,
                    bounds,
                })
                .collect();
            let (_, since) = period;
            let allowed = now.since(since).as_micros() as f64 / gap.as_micros() as f64;
            if allowed > 0.0 {
                let overdue = queue
                    .peek()
                    .map_or(Span::ZERO, |Reverse((due, _))| now.since(*due));
                throttle.observe(f64::from(period.0) / allowed, overdue);
            }
            period = (0, now);
            multiplier = multiplier_for(&demands, 3.6e9 / gap.as_micros() as f64) * throttle.factor();
            replan = now.plus(Span::from_mins(10));
        }
        let Some(Reverse((due, index))) = queue.pop() else {
            break;
        };
        period.0 += 1;
        now = now.max(due);
        let changed = late.read(&world[index], &mut next_change[index], now);
        reads += 1;
        paces[index].learn(
            Look {
                before: seen[index],
                now,
                changed,
            },
            &mut shape,
        );
        seen[index] = now;
        let plan = CheckPlan {
            pace: &paces[index],
            shape: &shape,
            cost_per_minute: 1.0,
            check,
            priority: false,
            multiplier,
        };
        queue.push(Reverse((next_check(&plan, now), index)));
        now = now.plus(gap);
    }
    let allowed = Span::from_days(DAYS).as_micros() / gap.as_micros();
    (late.mean(), reads as f64 / allowed as f64)
}

#[test]
fn rivals_are_seen_twice_as_soon_as_by_round_robin_with_the_same_reads() {
    let start = Timestamp::from_almaty(2026, 11, 16, 0, 0, 0).unwrap();
    let world = world(11, start);
    let (plain, (ours, spent)) = (round_robin(&world, start), learned(&world, start));
    println!(
        "mean lateness: round robin {plain:.2} min, learned {ours:.2} min, ratio {:.3}, reads {spent:.3}",
        ours / plain
    );
    assert!(spent <= 1.0, "{spent}");
    assert!(ours <= plain / 2.0, "{ours} against {plain}");
}

/// A wish: what it truly earns an hour, its watch's true rate of change, and when it is overtaken.
#[derive(Clone)]
struct Wish {
    offer: usize,
    since: Timestamp,
    dies: Timestamp,
    gain: f64,
    rate: f64,
    /// What the program believes of both.
    believed_gain: f64,
    believed_rate: f64,
}

/// All wishes of a day on a shop with too many offers: log-normal gains and rates, beliefs off by a log-normal error.
fn wishes(start: Timestamp) -> Vec<Wish> {
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let mut all = Vec::new();
    for offer in 0..1_800_usize {
        let rate = (0.5 * normal(&mut rng).exp()).min(10.0);
        let gain = 3_000.0 * (1.4 * normal(&mut rng)).exp();
        let (believed_rate, believed_gain) = (
            rate * (0.35 * normal(&mut rng)).exp(),
            gain * (0.35 * normal(&mut rng)).exp(),
        );
        let mut hours = exponential(&mut rng, rate);
        while hours < 8.0 {
            let life = exponential(&mut rng, rate);
            let at = |hours: f64| start.plus(Span::from_micros((hours * 3.6e9) as i64));
            all.push(Wish {
                offer,
                since: at(hours),
                dies: at(hours + life),
                gain,
                rate,
                believed_gain,
                believed_rate,
            });
            hours += life;
        }
    }
    all.sort_by_key(|wish| (wish.since, wish.offer));
    all
}

/// Sends `per_half_hour` wishes in each half hour, ten at a time, in the order of `rank` on the given figures; the truth is
/// what was earned.
fn earned(all: &[Wish], start: Timestamp, per_half_hour: i64, figures: impl Fn(&Wish) -> (f64, f64)) -> f64 {
    let slot = Span::from_micros(Span::from_mins(30).as_micros() / per_half_hour * 10);
    let (mut waiting, mut arrived, mut now, mut sum) = (Vec::<Wish>::new(), 0, start, 0.0);
    while now < start.plus(Span::from_hours(8)) {
        while arrived < all.len() && all[arrived].since <= now {
            waiting.push(all[arrived].clone());
            arrived += 1;
        }
        waiting.retain(|wish| wish.dies > now);
        let pending: Vec<_> = waiting
            .iter()
            .enumerate()
            .map(|(index, wish)| {
                let (gain, rate) = figures(wish);
                PendingChange {
                    offer: index,
                    gain_per_hour: Money::from_tiyn(gain as i64),
                    expected_life: Span::from_micros((3.6e9 / rate) as i64),
                    wanted_since: wish.since,
                    priority: false,
                    corrects_limits: false,
                }
            })
            .collect();
        let mut sent: Vec<_> = rank(&pending)
            .into_iter()
            .take(10)
            .map(|call| call.offer)
            .collect();
        sent.sort_unstable();
        for index in sent.into_iter().rev() {
            let wish = waiting.swap_remove(index);
            sum += wish.gain * wish.dies.since(now).as_micros() as f64 / 3.6e9;
        }
        now = now.plus(slot);
    }
    sum
}

#[test]
fn the_change_budget_earns_nearly_what_perfect_knowledge_would() {
    let start = Timestamp::from_almaty(2026, 11, 16, 9, 0, 0).unwrap();
    let all = wishes(start);
    // The all-knowing scheduler knows every true gain and rate (not the dice of the future); ours believes figures that are
    // typically 35 % off; the plain one sends the oldest first.
    let perfect = earned(&all, start, 250, |wish| (wish.gain, wish.rate));
    let ours = earned(&all, start, 250, |wish| (wish.believed_gain, wish.believed_rate));
    let plain = earned(&all, start, 250, |_| (1.0, 1.0));
    println!(
        "{} wishes for {} changes: attained {:.3} of the all-knowing, oldest first {:.3}",
        all.len(),
        250 * 16,
        ours / perfect,
        plain / perfect
    );
    assert!(ours >= 0.9 * perfect, "{}", ours / perfect);
    assert!(plain < ours);
}
