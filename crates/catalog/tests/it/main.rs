//! Products on both engines: imports and their undo, lists, edits, joins with offers.

#[cfg(test)]
mod imports;
#[cfg(test)]
mod lists;
#[cfg(test)]
mod room;
