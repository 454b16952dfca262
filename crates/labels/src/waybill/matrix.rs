//! Places of PDF: matrices and boxes. Refuses to know what is drawn.

use lopdf::{Dictionary, Document, Object};

/// `[a b c d e f]` of PDF.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f32; 6]);

impl Matrix {
    pub(super) const SAME: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First this one, then the other.
    pub(super) fn then(self, other: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, other.0);
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(super) fn at(self, x: f32, y: f32) -> (f32, f32) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    pub(super) fn read(numbers: &[f32]) -> Option<Self> {
        let numbers: [f32; 6] = numbers.try_into().ok()?;
        numbers
            .iter()
            .all(|number| number.is_finite())
            .then_some(Self(numbers))
    }
}

/// A box with its corners in order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    pub left: f32,
    pub bottom: f32,
    pub right: f32,
    pub top: f32,
}

impl Extent {
    /// The box around points; none without points.
    pub(super) fn around(points: &[(f32, f32)]) -> Option<Self> {
        let mut found: Option<Self> = None;
        for (x, y) in points.iter().filter(|(x, y)| x.is_finite() && y.is_finite()) {
            let point = Self {
                left: *x,
                bottom: *y,
                right: *x,
                top: *y,
            };
            found = Some(found.map_or(point, |found| found.with(point)));
        }
        found
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }

    /// What both have; none when they do not touch.
    pub(super) fn within(self, other: Self) -> Option<Self> {
        let both = Self {
            left: self.left.max(other.left),
            bottom: self.bottom.max(other.bottom),
            right: self.right.min(other.right),
            top: self.top.min(other.top),
        };
        (both.left <= both.right && both.bottom <= both.top).then_some(both)
    }

    pub(super) fn wider(self, by: f32) -> Self {
        Self {
            left: self.left - by,
            bottom: self.bottom - by,
            right: self.right + by,
            top: self.top + by,
        }
    }

    pub fn width(self) -> f32 {
        self.right - self.left
    }

    pub fn height(self) -> f32 {
        self.top - self.bottom
    }

    pub(super) const fn corners(self) -> [(f32, f32); 4] {
        [
            (self.left, self.bottom),
            (self.right, self.bottom),
            (self.right, self.top),
            (self.left, self.top),
        ]
    }

    /// The box around this one, moved by a matrix.
    pub(super) fn moved(self, matrix: Matrix) -> Option<Self> {
        Self::around(&self.corners().map(|(x, y)| matrix.at(x, y)))
    }
}

/// Numbers of an array, references followed.
pub(super) fn numbers(document: &Document, object: &Object) -> Option<Vec<f32>> {
    let (_, object) = document.dereference(object).ok()?;
    let array = object.as_array().ok()?;
    if array.len() > 64 {
        return None;
    }
    array
        .iter()
        .map(|item| document.dereference(item).ok()?.1.as_float().ok())
        .collect()
}

/// A rectangle of a dictionary, corners in any order.
pub(super) fn rectangle(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<Extent> {
    let numbers = numbers(document, dictionary.get(key).ok()?)?;
    let [a, b, c, d] = numbers.try_into().ok()?;
    let found = Extent::around(&[(a, b), (c, d)])?;
    (found.width() > 0.0 && found.height() > 0.0).then_some(found)
}
