//! A shop's own outcomes, weighed so that advice learns from them at once: by piece, brand, category and buyer. Refuses to keep
//! them: whoever has the rows builds this anew or adds to it.

use crate::advise::guess;
use crate::buyer::{Buyer, Fit};
use crate::demand::{Area, demand};
use crate::learned::{ItemFacts, Model, Params, Piece, Seen};
use crate::shape::{Signal, shift};
use crate::size::{Gender, Scale, System, dress, spot};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// How far pieces of one brand or category lie apart, in steps.
const SPREAD_ITEM: f64 = 0.7;
const SPREAD_BRAND: f64 = 0.4;
const SPREAD_CATEGORY: f64 = 0.25;
const SPREAD_SIZE: f64 = 0.35;
const MOST_SIGNALS: usize = 2_000;

/// One outcome: who had what in which size, and how it sat.
#[derive(Debug, Clone, Copy)]
pub struct Outcome<'a> {
    pub user: Option<&'a str>,
    pub item: Option<&'a str>,
    pub brand: Option<&'a str>,
    pub category: Option<&'a str>,
    pub piece: Piece,
    pub gender: Option<Gender>,
    /// None: as the size looks; plain numbers under 60 are then of the dress scale for women.
    pub system: Option<System>,
    pub size: &'a str,
    pub fit: Fit,
    pub buyer: &'a Buyer,
}

/// An outcome whose size cannot be placed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the size {0:?} belongs to no system we know")]
pub struct NoSuchSize(pub String);

/// Outcomes of one piece, brand or category on the scales of tables.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Lean {
    sizes: HashMap<String, Vec<Signal>>,
    all: Vec<Signal>,
    shift: f64,
    by_size: HashMap<String, f64>,
}

impl Lean {
    /// Adds one outcome; [`Lean::settle`] weighs.
    pub fn add(&mut self, size: &str, signal: Signal) {
        if self.all.len() < MOST_SIGNALS {
            self.all.push(signal);
            self.sizes
                .entry(size.trim().to_uppercase())
                .or_default()
                .push(signal);
        }
    }

    /// Weighs all outcomes, beginning where pieces like this one lie.
    pub fn settle(&mut self, before: f64) {
        self.weigh(before, SPREAD_ITEM);
        let whole = self.shift;
        self.by_size = self
            .sizes
            .iter()
            .map(|(size, signals)| (size.clone(), shift(signals, whole, SPREAD_SIZE)))
            .collect();
    }

    fn weigh(&mut self, before: f64, spread: f64) {
        self.shift = shift(&self.all, before, spread);
    }

    /// How much smaller than written this size is, in steps.
    #[must_use]
    pub fn shift_of(&self, size: &str) -> f64 {
        if self.by_size.is_empty() {
            return self.shift;
        }
        let own = self.by_size.get(&size.trim().to_uppercase());
        own.copied().unwrap_or(self.shift)
    }

    /// Too small, too large, all, and the shift; none without outcomes.
    #[must_use]
    pub fn told(&self) -> Option<(f64, f64, f64, f64)> {
        let count =
            |class: usize| crate::tables::real(self.all.iter().filter(|one| one.class == class).count());
        let all = crate::tables::real(self.all.len());
        (all > 0.0).then(|| (count(0), count(2), all, self.shift))
    }
}

/// A shop's outcomes.
#[derive(Debug, Clone, Default)]
pub struct Outcomes {
    seen: HashMap<String, Vec<Seen>>,
    facts: HashMap<String, ItemFacts>,
    leans: HashMap<String, Lean>,
    brand_of: HashMap<String, (Option<String>, Option<String>)>,
    users: HashMap<String, Vec<(String, f64, usize)>>,
    changed: HashSet<String>,
    dress_rows: u64,
    other_rows: u64,
}

impl Outcomes {
    /// Adds one outcome. Advice knows of it after [`Outcomes::settle`].
    ///
    /// # Errors
    /// A size that belongs to no system we know.
    pub fn add(&mut self, outcome: &Outcome<'_>) -> Result<(), NoSuchSize> {
        let womens = !matches!(outcome.gender, Some(Gender::Men | Gender::Kids));
        let plain = womens && outcome.size.trim().parse::<usize>().is_ok();
        let system = outcome.system.or_else(|| match plain {
            true => dress(System::Dress, outcome.size).map(|_| System::Dress),
            false => guess(outcome.size, outcome.gender),
        });
        let unknown = || NoSuchSize(outcome.size.to_owned());
        let system = system.ok_or_else(unknown)?;
        match system.scale(outcome.gender) {
            Scale::Dress => self.add_dress(outcome, dress(system, outcome.size).ok_or_else(unknown)?),
            scale => self.add_other(outcome, system, scale).ok_or_else(unknown)?,
        }
        Ok(())
    }

    fn add_dress(&mut self, outcome: &Outcome<'_>, size: usize) {
        let model = Model::new(Params::builtin());
        let class = outcome.fit.class();
        let Some(seen) = model.seen(&outcome.buyer.body, outcome.piece, size, class) else {
            return;
        };
        self.dress_rows += 1;
        let item = outcome.item.unwrap_or_default();
        if let Some(user) = outcome.user {
            let worn = self.users.entry(user.to_owned()).or_default();
            worn.push((item.to_owned(), seen.over, class));
        }
        if outcome.item.is_some() {
            self.seen.entry(item.to_owned()).or_default().push(seen);
            if !self.changed.contains(item) {
                self.changed.insert(item.to_owned());
            }
        }
    }

    fn add_other(&mut self, outcome: &Outcome<'_>, system: System, scale: Scale) -> Option<()> {
        let found = spot(system, scale, outcome.gender, outcome.size)?;
        let told = demand(outcome.buyer, scale, system, outcome.gender, Area::Whole);
        // Who told nothing of the body took the usual size, give or take one.
        let (over, doubt) = told.map_or((0.0, 1.0), |told| (found.place - told.place, told.doubt));
        let signal = Signal {
            over: over.clamp(-3.0, 3.0),
            step: found.step,
            doubt,
            class: outcome.fit.class(),
        };
        self.other_rows += 1;
        for (kind, key) in [('i', outcome.item), ('b', outcome.brand), ('c', outcome.category)] {
            if let Some(key) = key {
                self.leans
                    .entry(name(kind, key))
                    .or_default()
                    .add(outcome.size, signal);
                self.changed.insert(name(kind, key));
            }
        }
        if let Some(item) = outcome.item {
            let group = (
                outcome.brand.map(str::to_owned),
                outcome.category.map(str::to_owned),
            );
            self.brand_of.insert(item.to_owned(), group);
        }
        Some(())
    }

    /// Weighs what was added since the last time.
    pub fn settle(&mut self) {
        let mut changed: Vec<String> = std::mem::take(&mut self.changed).into_iter().collect();
        // Categories and brands first: pieces begin where they lie.
        changed.sort_by_key(|key| match key.get(..2) {
            Some("c:") => 0,
            Some("b:") => 1,
            _ => 2,
        });
        for key in changed {
            if let Some(seen) = self.seen.get(&key) {
                self.facts.insert(key.clone(), ItemFacts::of(seen));
            }
            let before = self.before(&key);
            if let Some(lean) = self.leans.get_mut(&key) {
                match key.get(..2) {
                    Some("c:") => lean.weigh(0.0, SPREAD_CATEGORY),
                    Some("b:") => lean.weigh(0.0, SPREAD_BRAND),
                    _ => lean.settle(before),
                }
            }
        }
    }

    fn before(&self, key: &str) -> f64 {
        let group = key.strip_prefix("i:").and_then(|item| self.brand_of.get(item));
        group.map_or(0.0, |(brand, category)| {
            self.group(brand.as_deref(), category.as_deref())
        })
    }

    fn group(&self, brand: Option<&str>, category: Option<&str>) -> f64 {
        let of = |kind, key: Option<&str>| {
            key.and_then(|key| self.leans.get(&name(kind, key)))
                .map(|lean| lean.shift)
        };
        of('b', brand).or_else(|| of('c', category)).unwrap_or(0.0)
    }

    /// What the outcomes of a piece of women's clothes say.
    #[must_use]
    pub fn item(&self, item: &str) -> Option<&ItemFacts> {
        self.facts.get(item)
    }

    /// What a buyer wore: piece, how much larger than asked for, how it sat.
    #[must_use]
    pub fn user(&self, user: &str) -> &[(String, f64, usize)] {
        self.users.get(user).map_or(&[], Vec::as_slice)
    }

    /// How a piece runs on the scales of tables; a new one as its brand or category does.
    #[must_use]
    pub fn lean(&self, item: Option<&str>, brand: Option<&str>, category: Option<&str>) -> Cow<'_, Lean> {
        if self.leans.is_empty() {
            return Cow::Owned(Lean::default());
        }
        if let Some(lean) = item.and_then(|item| self.leans.get(&name('i', item))) {
            return Cow::Borrowed(lean);
        }
        Cow::Owned(Lean {
            shift: self.group(brand, category),
            ..Lean::default()
        })
    }

    /// Whether these are outcomes of the dress scale.
    #[must_use]
    pub fn mostly_dress(&self) -> bool {
        self.dress_rows > self.other_rows
    }
}

fn name(kind: char, key: &str) -> String {
    format!("{kind}:{}", key.trim().to_lowercase())
}
