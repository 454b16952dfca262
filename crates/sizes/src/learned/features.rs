//! Bodies, pieces and sizes as numbers that the learned sums take. Refuses to learn: weights come from outside.

/// Numbers of the sum for the size a body asks for.
pub const DEMAND: usize = 25;
/// Numbers of the sum that knows nothing of the piece's outcomes.
pub const BASE: usize = 41;
/// Numbers of the whole sum.
pub const FULL: usize = 73;

/// Body types in the order of their weights.
pub const BODY_TYPES: [&str; 7] = [
    "apple",
    "athletic",
    "full bust",
    "hourglass",
    "pear",
    "petite",
    "straight & narrow",
];
/// Occasions in the order of their weights.
pub const OCCASIONS: [&str; 8] = [
    "date",
    "everyday",
    "formal affair",
    "other",
    "party",
    "vacation",
    "wedding",
    "work",
];
/// Categories that have weights of their own.
pub const CATEGORIES: [&str; 8] = [
    "dress", "gown", "sheath", "shift", "jumpsuit", "top", "maxi", "romper",
];
/// Cups in the order of their size.
pub const CUPS: [&str; 12] = ["aa", "a", "b", "c", "d", "dd", "e", "f", "g", "h", "i", "j"];

/// What is known of a body; each part may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Body {
    pub height_cm: Option<f64>,
    pub weight_kg: Option<f64>,
    pub age: Option<f64>,
    /// Place in [`BODY_TYPES`].
    pub body_type: Option<usize>,
    /// Band of the brassiere, inches.
    pub bust_num: Option<f64>,
    /// Place in [`CUPS`].
    pub cup: Option<f64>,
}

/// What is known of a piece without its outcomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Piece {
    /// Place in [`CATEGORIES`].
    pub category: Option<usize>,
    /// Place in [`OCCASIONS`].
    pub occasion: Option<usize>,
}

impl Piece {
    /// By the words of its category and occasion.
    #[must_use]
    pub fn of(category: Option<&str>, occasion: Option<&str>) -> Self {
        let learned = |word: &str| CATEGORIES.iter().position(|one| *one == word);
        let category = category.map(|word| word.trim().to_lowercase());
        Self {
            category: category.and_then(|word| {
                learned(&word).or_else(|| learned(crate::words::meaning("category", &word)?))
            }),
            occasion: occasion.and_then(|word| {
                OCCASIONS
                    .iter()
                    .position(|one| *one == word.trim().to_lowercase())
            }),
        }
    }
}

/// One size of the piece on one body.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wear {
    /// Where the size lies.
    pub place: f64,
    /// Where the size lies that the body asks for.
    pub asked: f64,
    /// −1 petite, 0 regular, 1 long.
    pub cut: f64,
}

impl Wear {
    /// How much larger the size is than the one asked for.
    #[must_use]
    pub fn over(&self) -> f64 {
        bounded(self.place - self.asked, 1.5)
    }
}

pub(super) fn bounded(value: f64, most: f64) -> f64 {
    value.clamp(-most, most)
}

pub(super) fn is(flag: bool) -> f64 {
    f64::from(u8::from(flag))
}

/// Height around 166 cm in steps of 7; guessed from the weight when it is not known.
#[must_use]
pub fn height(body: &Body) -> f64 {
    match (body.height_cm, weight(body)) {
        (Some(height_cm), _) => bounded((height_cm - 166.0) / 7.0, 3.5),
        (None, Some(weight)) => 0.3 * bounded(weight, 2.0),
        (None, None) => 0.0,
    }
}

fn weight(body: &Body) -> Option<f64> {
    body.weight_kg
        .map(|kg| bounded((kg.ln() - 62.0_f64.ln()) / 0.18, 4.0))
}

fn bust(body: &Body) -> Option<f64> {
    body.bust_num.map(|inches| bounded((inches - 34.0) / 2.0, 4.0))
}

fn cup(body: &Body) -> Option<f64> {
    body.cup.map(|place| bounded((place - 3.0) / 1.5, 3.0))
}

fn age(body: &Body) -> Option<f64> {
    body.age.map(|years| bounded((years - 33.0) / 8.0, 4.0))
}

/// The body for the sum over what it asks for.
#[must_use]
pub fn demand(body: &Body) -> [f64; DEMAND] {
    let (h, light) = (height(body), is(body.weight_kg.is_none()));
    let w = weight(body).unwrap_or(0.0);
    let (b, c, a) = (bust(body), cup(body), age(body));
    let (bv, cv, av) = (b.unwrap_or(0.0), c.unwrap_or(0.0), a.unwrap_or(0.0));
    let shape = |place: usize| is(body.body_type == Some(place));
    [
        1.0,
        h,
        h * h,
        light,
        light * h,
        w,
        w * w,
        w * h,
        w * w * w,
        is(b.is_none()),
        bv,
        bv * light,
        is(c.is_none()),
        cv,
        cv * light,
        is(a.is_none()),
        av,
        av * av,
        shape(0),
        shape(1),
        shape(2),
        shape(3),
        shape(4),
        shape(5),
        shape(6),
    ]
}

/// A size on a body, nothing known of the piece's outcomes.
#[must_use]
pub fn base(body: &Body, piece: Piece, wear: &Wear) -> [f64; BASE] {
    let (h, light, over) = (height(body), is(body.weight_kg.is_none()), wear.over());
    let place = wear.place;
    let asked = bounded(wear.asked, 4.0);
    let shape = |at: usize| is(body.body_type == Some(at));
    let event = |at: usize| is(piece.occasion == Some(at));
    let kind = |at: usize| is(piece.category == Some(at));
    [
        1.0,
        over,
        over * over,
        over.max(0.0).powi(2),
        place,
        place * place,
        asked * over,
        h,
        h * h,
        light,
        weight(body).unwrap_or(0.0),
        light * over,
        is(body.bust_num.is_none()),
        bust(body).unwrap_or(0.0),
        cup(body).unwrap_or(0.0),
        age(body).unwrap_or(0.0),
        shape(0),
        shape(1),
        shape(2),
        shape(3),
        shape(4),
        shape(5),
        shape(6),
        event(0),
        event(1),
        event(2),
        event(3),
        event(4),
        event(5),
        event(6),
        event(7),
        kind(0),
        kind(1),
        kind(2),
        kind(3),
        kind(4),
        kind(5),
        kind(6),
        kind(7),
        wear.cut,
        wear.cut * h,
    ]
}

/// What sizes of one piece tell each other: the numbers of an item's own effect.
#[must_use]
pub fn effect(body: &Body, wear: &Wear) -> [f64; super::EFFECT] {
    let place = bounded(wear.place, 3.0);
    [1.0, place, wear.over(), height(body), place * place - 1.0]
}

/// −1 petite, 1 long, 0 regular or not told.
#[must_use]
pub fn cut_of(size: usize) -> f64 {
    match (size, size % 4) {
        (0, _) => -1.0,
        (1 | 30.., _) => 0.0,
        (_, 3) => -1.0,
        (_, 1) => 1.0,
        _ => 0.0,
    }
}

/// A sum of products.
#[must_use]
pub fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(left, right)| left * right).sum()
}
