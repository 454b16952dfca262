//! Forms that many requests share: sums, moments, words, pages, versions, answers. Refuses to know any resource.

mod answer;
mod moment;
mod money;
mod paging;
mod told;
mod version;
mod word;
mod worded;

pub(crate) use answer::{Accepted, Done, Download, Made, Shown, Versioned};
pub(crate) use moment::Moment;
pub(crate) use money::{Sum, share_of};
pub(crate) use paging::{Growing, ListQuery, Page, bad_cursor, limit_of, page_of};
pub(crate) use told::{ToldView, text_of, told};
pub(crate) use version::IfMatch;
pub(crate) use word::{Word, Worded, worded_schema};
pub(crate) use worded::{
    AccessStateWord, BoardSortWord, BoardViewWord, ChangeStateWord, FeedWayWord, FileFormatWord,
    HistoryPartWord, JobStateWord, LanguageWord, LogLevelWord, LoginKindWord, PauseKindWord, PlaceStateWord,
    RightWord, RoleWord, RuleStateWord, RunStateWord, ShopModeWord, ToneWord, YesNoWord,
};
pub(crate) use worded::{FileFormat, HistoryPart, PauseKind, YesNo};

use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public, Timestamp};
use serde::{Deserialize, Deserializer};

/// Member that may be absent (stays), `null` (cleared) or a value (set): for `Option<Option<T>>` with `default`.
pub(crate) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

/// The first moment of a day told as 2026-11-20, in Almaty.
pub(crate) fn day(field: &'static str, text: &str) -> Result<Timestamp, Refusal> {
    Timestamp::parse(&format!("{text}T00:00:00+05:00")).map_err(|_| {
        let problem = Public::new("invalid-value").field(field).arg("value", text);
        Refusal::new(Kind::Invalid, problem)
    })
}

/// Nothing of this merchant has the id.
pub(crate) fn not_found(what: &'static str, id: &impl ToString) -> Refusal {
    Refusal::new(
        Kind::NotFound,
        Public::new("not-found")
            .arg("what", what)
            .arg("id", id.to_string()),
    )
}
