//! Products on both engines: imports and their undo, lists, edits, joins with offers; the price list and what it holds back.

#[cfg(test)]
mod cards;
#[cfg(test)]
mod feed;
#[cfg(test)]
mod from_offers;
#[cfg(test)]
mod imports;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod mends;
#[cfg(test)]
mod room;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod stall;
