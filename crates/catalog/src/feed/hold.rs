//! Whether a whole list may leave: never empty, never suddenly small, never from a reading that is not there. Refuses to mend it.

use super::facts::RowReason;
use sauda_kernel::{Span, Timestamp};

/// Why no list leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Held {
    /// Prices leave through the cabinet alone: the address is switched off.
    Off,
    /// The shop was never read whole.
    NeverRead,
    /// The shop was last read whole too long ago.
    Stale { read_at: Timestamp },
    /// Not one offer is left.
    Empty,
    /// Less than half of what the last good list had, and nobody agreed to it.
    Drop { rows: i64, before: i64 },
    /// Offers that cannot be written as they are; the first of them.
    Rows {
        count: i64,
        reason: RowReason,
        sku: String,
    },
}

impl Held {
    /// Key of the text `feed-held-<word>`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::NeverRead => "never_read",
            Self::Stale { .. } => "stale",
            Self::Empty => "empty",
            Self::Drop { .. } => "drop",
            Self::Rows { .. } => "rows",
        }
    }

    /// What the text says.
    pub fn args(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Off | Self::NeverRead | Self::Empty => Vec::new(),
            Self::Stale { read_at } => vec![("read_at", read_at.as_micros().to_string())],
            Self::Drop { rows, before } => {
                vec![("rows", rows.to_string()), ("before", before.to_string())]
            }
            Self::Rows { count, reason, sku } => vec![
                ("count", count.to_string()),
                ("reason", reason.word().to_owned()),
                ("sku", sku.clone()),
            ],
        }
    }
}

/// What the judgement of a whole list rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListFacts {
    pub rows: i64,
    /// Offers of the last list that left whole.
    pub good_rows: Option<i64>,
    /// A smaller list that a person agreed to.
    pub agreed_rows: Option<i64>,
    /// Whether the cabinet is read at all; a shop without it lives by the list alone.
    pub is_read: bool,
    /// Whether goods are still added in the cabinet, so that an old reading lacks some.
    pub ages: bool,
    pub read_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// Goods that were added in the cabinet since would be taken off sale by an older list.
const OLDEST_READING: Span = Span::from_hours(24);

/// Whether a list of rows that are all in order may leave.
///
/// # Errors
/// Why not.
pub fn may_leave(facts: &ListFacts) -> Result<(), Held> {
    if facts.is_read {
        match facts.read_at {
            None => return Err(Held::NeverRead),
            Some(read_at) if facts.ages && facts.now.since(read_at) > OLDEST_READING => {
                return Err(Held::Stale { read_at });
            }
            Some(_) => {}
        }
    }
    if facts.rows <= 0 {
        return Err(Held::Empty);
    }
    let before = facts.good_rows.unwrap_or(0);
    let is_small = |of: i64| facts.rows.saturating_mul(2) < of;
    // Who agreed to a list agreed to that many rows, not to half of them.
    if is_small(before) && facts.agreed_rows.is_none_or(is_small) {
        return Err(Held::Drop {
            rows: facts.rows,
            before,
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn facts(rows: i64, good_rows: Option<i64>, agreed_rows: Option<i64>) -> ListFacts {
        ListFacts {
            rows,
            good_rows,
            agreed_rows,
            is_read: true,
            ages: true,
            read_at: Some(Timestamp::from_secs(1_000)),
            now: Timestamp::from_secs(2_000),
        }
    }

    #[test]
    fn an_empty_list_never_leaves_whoever_agreed() {
        assert_eq!(may_leave(&facts(0, None, None)), Err(Held::Empty));
        assert_eq!(may_leave(&facts(0, Some(0), Some(0))), Err(Held::Empty));
    }

    #[test]
    fn less_than_half_waits_for_a_person_who_agrees_to_so_many() {
        let held = Err(Held::Drop {
            rows: 49,
            before: 100,
        });
        assert_eq!(may_leave(&facts(49, Some(100), None)), held);
        assert_eq!(may_leave(&facts(50, Some(100), None)), Ok(()));
        assert_eq!(may_leave(&facts(49, Some(100), Some(49))), Ok(()));
        assert_eq!(
            may_leave(&facts(20, Some(100), Some(49))),
            Err(Held::Drop {
                rows: 20,
                before: 100
            })
        );
    }

    #[test]
    fn a_list_from_an_old_or_missing_reading_is_held() {
        let never = ListFacts {
            read_at: None,
            ..facts(5, None, None)
        };
        assert_eq!(may_leave(&never), Err(Held::NeverRead));
        let old = ListFacts {
            now: Timestamp::from_secs(1_000 + 86_401),
            ..facts(5, None, None)
        };
        assert_eq!(
            may_leave(&old),
            Err(Held::Stale {
                read_at: Timestamp::from_secs(1_000)
            })
        );
        let by_list_alone = ListFacts { ages: false, ..old };
        assert_eq!(may_leave(&by_list_alone), Ok(()));
        let without_cabinet = ListFacts {
            is_read: false,
            ..never
        };
        assert_eq!(may_leave(&without_cabinet), Ok(()));
    }

    proptest! {
        #[test]
        fn a_list_that_leaves_has_rows_and_at_least_half_of_something_agreed(
            rows in -3_i64..200, good in proptest::option::of(0_i64..200), agreed in proptest::option::of(0_i64..200)
        ) {
            if may_leave(&facts(rows, good, agreed)).is_ok() {
                prop_assert!(rows > 0);
                let half_of = |of: Option<i64>| of.is_some_and(|of| rows * 2 >= of);
                prop_assert!(good.is_none() || half_of(good) || half_of(agreed));
            }
        }
    }
}
