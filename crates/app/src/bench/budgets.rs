//! The two scarce budgets in simulated days: reads against round robin, changes against a scheduler that knows everything.
//! Refuses to use a network or a database: the plans themselves are measured.

use super::{chance::Chance, figures::Figures};
use sauda_kernel::{Money, Span, Timestamp};
use sauda_pricing::{
    model::CheckPace,
    plan::{
        Bounds, CheckPlan, Demand, Look, PendingChange, Throttle, WatchPace, WeekShape, first_check,
        multiplier_for, next_check, rank,
    },
};
use std::{cmp::Reverse, collections::BinaryHeap, time::Duration};

const PART: &str = "budgets";
const WATCHES: u32 = 2_000;
const WARM_DAYS: i64 = 1;
const DAYS: i64 = 3;
/// Round robin comes to each watch every twenty minutes.
const ROUND: Span = Span::from_mins(20);
const CHECK: CheckPace = CheckPace::Learned {
    shortest_minutes: 2,
    longest_minutes: 60,
};

/// Simulates and notes the figures.
pub fn measure(figures: &mut Figures) {
    let start = Timestamp::from_almaty(2026, 11, 16, 0, 0, 0).unwrap_or_default();
    let mut worst: f64 = 0.0;
    for seed in [11, 12, 13] {
        let world = changes_of(seed, start);
        let (plain, ours) = (round_robin(&world, start), learned(&world, start));
        figures.note(PART, format!("mean minutes from a rival's change to our read, world {seed}: round robin / ours with the same reads"), format!("{plain:.2} / {ours:.2}"));
        worst = worst.max(ours / plain);
    }
    figures.at_most(
        PART,
        "lateness against round robin, the worst of three worlds",
        worst,
        0.5,
        "",
    );
    let morning = Timestamp::from_almaty(2026, 11, 16, 9, 0, 0).unwrap_or_default();
    let (mut least, mut plainest): (f64, f64) = (1.0, 1.0);
    for seed in [5, 6, 7] {
        let all = wishes(seed, morning);
        let perfect = earned(&all, morning, |wish| (wish.gain, wish.rate));
        least = least.min(earned(&all, morning, |wish| (wish.believed_gain, wish.believed_rate)) / perfect);
        plainest = plainest.min(earned(&all, morning, |_| (1.0, 1.0)) / perfect);
    }
    figures.at_least(PART, "share of what an all-knowing scheduler earns with 250 changes a half hour, beliefs 35 % off, the worst of three days", least, 0.9, "");
    figures.note(
        PART,
        "the same when the oldest wish goes first",
        format!("{plainest:.3}"),
    );
}

fn hours(span: Span) -> f64 {
    span.to_std().as_secs_f64() / 3_600.0
}

fn after(at: Timestamp, hours: f64) -> Timestamp {
    let micros = Duration::from_secs_f64(hours.max(0.0) * 3_600.0).as_micros();
    at.plus(Span::from_micros(i64::try_from(micros).unwrap_or(i64::MAX)))
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

/// Moments of change of each watch: log-normal rates (median two a day, sigma 2: a few minute-bots, many sleepers), thinned
/// by the hour of the day.
fn changes_of(seed: u64, start: Timestamp) -> Vec<Vec<Timestamp>> {
    let mut chance = Chance::new(seed);
    let end = start.plus(Span::from_days(DAYS));
    let mut world = Vec::new();
    for _ in 0..WATCHES {
        let rate = (2.0 / 24.0 * (2.0 * chance.normal()).exp()).min(20.0);
        let (mut at, mut moments) = (start, Vec::new());
        loop {
            at = after(at, chance.wait(rate * 1.5));
            if at >= end {
                break;
            }
            if chance.share() < day_profile(at) / 1.5 {
                moments.push(at);
            }
        }
        world.push(moments);
    }
    world
}

/// Lateness of the changes in the measured days.
struct Lateness {
    hours: f64,
    changes: f64,
    measured_from: Timestamp,
}

impl Lateness {
    fn new(start: Timestamp) -> Self {
        Self {
            hours: 0.0,
            changes: 0.0,
            measured_from: start.plus(Span::from_days(WARM_DAYS)),
        }
    }

    /// Counts the changes between two reads and tells whether there were any.
    fn read(&mut self, moments: &[Timestamp], next: &mut usize, now: Timestamp) -> bool {
        let first = *next;
        while let Some(moment) = moments.get(*next).filter(|moment| **moment <= now) {
            if *moment >= self.measured_from {
                self.hours += hours(now.since(*moment));
                self.changes += 1.0;
            }
            *next += 1;
        }
        *next > first
    }

    fn mean_minutes(&self) -> f64 {
        self.hours * 60.0 / self.changes
    }
}

fn gap() -> Span {
    Span::from_micros(ROUND.as_micros() / i64::from(WATCHES))
}

fn round_robin(world: &[Vec<Timestamp>], start: Timestamp) -> f64 {
    let mut late = Lateness::new(start);
    let mut first = start;
    for moments in world {
        let (mut now, mut next) = (first, 0);
        while now < start.plus(Span::from_days(DAYS)) {
            late.read(moments, &mut next, now);
            now = now.plus(ROUND);
        }
        first = first.plus(gap());
    }
    late.mean_minutes()
}

/// What is known of one watch while the days run.
struct Known<'a> {
    moments: &'a [Timestamp],
    pace: WatchPace,
    next_change: usize,
    seen: Timestamp,
}

/// Our plan with the same number of reads, never more. Everything is learned from the reads themselves.
fn learned(world: &[Vec<Timestamp>], start: Timestamp) -> f64 {
    let mut late = Lateness::new(start);
    let (bounds, mut shape) = (Bounds::from(CHECK), WeekShape::default());
    let mut known: Vec<Known<'_>> = world
        .iter()
        .map(|moments| Known {
            moments,
            pace: WatchPace::new(start),
            next_change: 0,
            seen: start,
        })
        .collect();
    let mut queue: BinaryHeap<_> = (0..known.len())
        .map(|at| Reverse((first_check(&format!("wat_{at}"), CHECK, start), at)))
        .collect();
    let (mut now, mut multiplier, mut replan) = (start, 1.0, start);
    let (mut throttle, mut reads, mut since) = (Throttle::default(), 0.0, start);
    while now < start.plus(Span::from_days(DAYS)) {
        if now >= replan {
            let demands: Vec<_> = known
                .iter()
                .map(|one| Demand {
                    changes_per_hour: one.pace.changes_per_hour(now, &shape),
                    cost_per_minute: 1.0,
                    bounds,
                })
                .collect();
            let allowed = hours(now.since(since)) / hours(gap());
            if allowed > 0.0 {
                let overdue = queue
                    .peek()
                    .map_or(Span::ZERO, |Reverse((due, _))| now.since(*due));
                throttle.observe(reads / allowed, overdue);
            }
            (reads, since) = (0.0, now);
            multiplier = multiplier_for(&demands, 1.0 / hours(gap())) * throttle.factor();
            replan = now.plus(Span::from_mins(10));
        }
        let Some(Reverse((due, at))) = queue.pop() else {
            break;
        };
        now = now.max(due);
        reads += 1.0;
        if let Some(one) = known.get_mut(at) {
            let changed = late.read(one.moments, &mut one.next_change, now);
            one.pace.learn(
                Look {
                    before: one.seen,
                    now,
                    changed,
                },
                &mut shape,
            );
            one.seen = now;
            let plan = CheckPlan {
                pace: &one.pace,
                shape: &shape,
                cost_per_minute: 1.0,
                check: CHECK,
                priority: false,
                multiplier,
            };
            queue.push(Reverse((next_check(&plan, now), at)));
        }
        now = now.plus(gap());
    }
    late.mean_minutes()
}

/// A wish: what it truly earns an hour, its watch's true rate of change, when it is overtaken, and what the program believes.
#[derive(Clone)]
struct Wish {
    offer: u32,
    since: Timestamp,
    dies: Timestamp,
    gain: f64,
    rate: f64,
    believed_gain: f64,
    believed_rate: f64,
}

/// All wishes of a day on a shop with too many offers: log-normal gains and rates, beliefs off by a log-normal error.
fn wishes(seed: u64, start: Timestamp) -> Vec<Wish> {
    let mut chance = Chance::new(seed);
    let mut all = Vec::new();
    for offer in 0..2_400 {
        let rate = (0.5 * chance.normal().exp()).min(10.0);
        let gain = 3_000.0 * (1.4 * chance.normal()).exp();
        let (believed_rate, believed_gain) = (
            rate * (0.35 * chance.normal()).exp(),
            gain * (0.35 * chance.normal()).exp(),
        );
        let mut at = chance.wait(rate);
        while at < 12.0 {
            let life = chance.wait(rate);
            all.push(Wish {
                offer,
                since: after(start, at),
                dies: after(start, at + life),
                gain,
                rate,
                believed_gain,
                believed_rate,
            });
            at += life;
        }
    }
    all.sort_by_key(|wish| (wish.since, wish.offer));
    all
}

/// Sends 250 wishes in each half hour, six at a time, in the order of `rank` on the given figures; the truth is what was earned.
fn earned(all: &[Wish], start: Timestamp, figures: impl Fn(&Wish) -> (f64, f64)) -> f64 {
    let slot = Span::from_micros(Span::from_mins(30).as_micros() / 250 * 6);
    let (mut waiting, mut coming, mut now, mut sum) = (Vec::<Wish>::new(), all.iter().peekable(), start, 0.0);
    while now < start.plus(Span::from_hours(12)) {
        while let Some(wish) = coming.next_if(|wish| wish.since <= now) {
            waiting.push(wish.clone());
        }
        waiting.retain(|wish| wish.dies > now);
        let pending: Vec<_> = waiting
            .iter()
            .enumerate()
            .map(|(offer, wish)| {
                let (gain, rate) = figures(wish);
                let gain =
                    i64::try_from(Duration::from_secs_f64(gain.max(0.0)).as_secs()).unwrap_or(i64::MAX);
                PendingChange {
                    offer,
                    gain_per_hour: Money::from_tiyn(gain),
                    expected_life: after(start, 1.0 / rate).since(start),
                    wanted_since: wish.since,
                    priority: false,
                    corrects_limits: false,
                }
            })
            .collect();
        let mut sent: Vec<_> = rank(&pending)
            .into_iter()
            .take(6)
            .map(|call| call.offer)
            .collect();
        sent.sort_unstable();
        for at in sent.into_iter().rev() {
            let wish = waiting.swap_remove(at);
            sum += wish.gain * hours(wish.dies.since(now));
        }
        now = now.plus(slot);
    }
    sum
}
