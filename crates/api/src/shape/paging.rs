//! Pages by cursor: `items` and where the next page begins. Refuses page numbers and cursors of other lists.

use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public};
use serde::{Deserialize, Serialize};
use utoipa::IntoParams;

const USUAL: u32 = 50;
const MOST: u32 = 200;

/// One page of a list.
#[derive(Debug, Serialize)]
pub(crate) struct Page<T> {
    pub items: Vec<T>,
    /// Give it as `after` for the next page; `null` on the last.
    pub next: Option<String>,
}

/// Where a page begins and how long it is.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListQuery {
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

/// The wished length of a page.
pub(crate) fn limit_of(wished: Option<u32>) -> Result<usize, Refusal> {
    let limit = wished.unwrap_or(USUAL);
    if !(1..=MOST).contains(&limit) {
        let problem = Public::new("out-of-range")
            .field("limit")
            .arg("name", "limit")
            .arg("value", limit)
            .arg("low", 1)
            .arg("high", MOST);
        return Err(Refusal::new(Kind::Invalid, problem));
    }
    Ok(usize::try_from(limit).unwrap_or(50))
}

/// A cursor that is none of this list's.
pub(crate) fn bad_cursor(value: &str) -> Refusal {
    let shown: String = value.chars().take(80).collect();
    Refusal::new(
        Kind::Invalid,
        Public::new("bad-cursor").field("after").arg("value", shown),
    )
}

/// A page of a list that is known whole: what follows the item with the id `after`.
pub(crate) fn page_of<T>(
    all: Vec<T>,
    id: impl Fn(&T) -> String,
    after: Option<&str>,
    limit: Option<u32>,
) -> Result<Page<T>, Refusal> {
    let limit = limit_of(limit)?;
    let skip = match after {
        None => 0,
        Some(cursor) => {
            all.iter()
                .position(|item| id(item) == cursor)
                .ok_or_else(|| bad_cursor(cursor))?
                + 1
        }
    };
    let is_more = all.len() > skip.saturating_add(limit);
    let items: Vec<T> = all.into_iter().skip(skip).take(limit).collect();
    let next = if is_more { items.last().map(id) } else { None };
    Ok(Page { items, next })
}

/// The longest list that is read to find a cursor in it.
const LONGEST: i64 = 20_000;

/// A page of a list that services give newest first and only from its beginning: asks for more until the cursor is found.
pub(crate) struct Growing<'a> {
    after: Option<&'a str>,
    limit: Option<u32>,
    wanted: i64,
    asked: i64,
}

impl<'a> Growing<'a> {
    /// # Errors
    /// When the limit is out of range.
    pub(crate) fn new(after: Option<&'a str>, limit: Option<u32>) -> Result<Self, Refusal> {
        let wanted = i64::try_from(limit_of(limit)?).unwrap_or(50);
        Ok(Self {
            after,
            limit,
            wanted,
            asked: wanted.saturating_add(1),
        })
    }

    /// How many items to read now.
    pub(crate) const fn asked(&self) -> i64 {
        self.asked
    }

    /// Takes what was read; `None` asks for more.
    ///
    /// # Errors
    /// When the list ends without the cursor.
    pub(crate) fn page<T>(
        &mut self,
        all: Vec<T>,
        id: impl Fn(&T) -> String,
    ) -> Result<Option<Page<T>>, Refusal> {
        let got = i64::try_from(all.len()).unwrap_or(i64::MAX);
        let place = self
            .after
            .map(|cursor| all.iter().position(|item| id(item) == cursor));
        let needed = match place {
            None => self.wanted,
            Some(None) => i64::MAX,
            Some(Some(place)) => i64::try_from(place)
                .unwrap_or(i64::MAX)
                .saturating_add(1)
                .saturating_add(self.wanted),
        };
        if got > needed || got < self.asked || self.asked >= LONGEST {
            return page_of(all, id, self.after, self.limit).map(Some);
        }
        self.asked = self
            .asked
            .saturating_mul(4)
            .max(needed.min(LONGEST).saturating_add(1))
            .min(LONGEST);
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_each_other_without_gaps() {
        let all = || (1..=5).map(|number| number.to_string()).collect::<Vec<_>>();
        let page = |after: Option<&str>| page_of(all(), Clone::clone, after, Some(2)).unwrap();
        assert_eq!(
            (page(None).items, page(None).next),
            (vec!["1".to_owned(), "2".to_owned()], Some("2".to_owned()))
        );
        assert_eq!(
            (page(Some("4")).items, page(Some("4")).next),
            (vec!["5".to_owned()], None)
        );
        assert_eq!(page(Some("3")).next, None, "exactly full is the last");
        assert_eq!(
            page_of(all(), Clone::clone, Some("9"), None).unwrap_err().code(),
            "bad-cursor"
        );
        assert_eq!(
            page_of(all(), Clone::clone, None, Some(0)).unwrap_err().code(),
            "out-of-range"
        );
    }

    #[test]
    fn a_growing_list_is_walked_to_its_end() {
        let all: Vec<String> = (0..300).map(|number| number.to_string()).collect();
        let (mut seen, mut after) = (Vec::new(), None::<String>);
        loop {
            let mut growing = Growing::new(after.as_deref(), Some(70)).unwrap();
            let page = loop {
                let read: Vec<String> = all
                    .iter()
                    .take(usize::try_from(growing.asked()).unwrap())
                    .cloned()
                    .collect();
                if let Some(page) = growing.page(read, Clone::clone).unwrap() {
                    break page;
                }
            };
            seen.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(seen, all);
    }
}
