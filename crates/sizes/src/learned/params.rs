//! Numbers learned from outcomes of women's clothes. Refuses edits by hand: `examples/learn` writes this file.

use super::Params;

pub(super) static LEARNED: Params = Params {
    demand: [0.0; super::DEMAND],
    position: [0.0; super::SIZES],
    share: [0.0; super::SIZES],
    base: [[0.0; super::BASE]; 2],
    full: [[0.0; super::FULL]; 2],
};
