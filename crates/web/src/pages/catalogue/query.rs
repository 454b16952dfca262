//! The query of the catalogue: read from the address and written back into it. Unknown words mean "not given".

use crate::pages::system::urlencode;
use sauda_catalog::{Problem, ProductCursor, ProductFilter, ProductPage, ProductSort};
use sauda_kernel::ProductId;
use serde::Deserialize;

/// Everything that the address of the list may say; empty is "not said".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct CatalogueQuery {
    /// `all`, `archive`, or what is lacking.
    pub view: String,
    pub q: String,
    pub category: String,
    pub brand: String,
    pub season: String,
    /// A word of an order, with `-` before it downwards.
    pub sort: String,
    /// Id and key of the last row before.
    pub after: String,
    /// Number of the first row of this page.
    pub from: String,
}

impl CatalogueQuery {
    pub fn filter(&self) -> ProductFilter {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        ProductFilter {
            search: self.q.trim().to_owned(),
            category: given(&self.category),
            brand: given(&self.brand),
            season: given(&self.season),
            problem: Problem::parse(&self.view),
            archived: self.is_archive(),
        }
    }

    pub fn page(&self, limit: i64) -> ProductPage {
        ProductPage {
            sort: ProductSort::parse(self.sort.trim_start_matches('-')).unwrap_or_default(),
            descending: self.sort.starts_with('-'),
            after: self.after.split_once(':').and_then(|(id, key)| {
                Some(ProductCursor {
                    key: key.to_owned(),
                    id: ProductId::parse(id).ok()?,
                })
            }),
            limit,
        }
    }

    pub fn is_archive(&self) -> bool {
        self.view == "archive"
    }

    /// Word of the view that is shown.
    pub fn view(&self) -> &str {
        match Problem::parse(&self.view) {
            Some(problem) => problem.word(),
            None if self.is_archive() => "archive",
            None => "all",
        }
    }

    /// Whether anything narrows the view.
    pub fn is_narrow(&self) -> bool {
        [self.q.trim(), &self.category, &self.brand, &self.season]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// Names and values that are given, the search too.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        let all = [
            ("view", self.view()),
            ("q", self.q.trim()),
            ("category", &self.category),
            ("brand", &self.brand),
            ("season", &self.season),
            ("sort", &self.sort),
        ];
        all.into_iter()
            .filter(|(name, value)| !value.is_empty() && (*name, *value) != ("view", "all"))
            .collect()
    }

    /// The list from its first page, as a query.
    pub fn text(&self) -> String {
        let given: Vec<String> = self
            .pairs()
            .into_iter()
            .map(|(name, value)| format!("{name}={}", urlencode(value)))
            .collect();
        given.join("&")
    }

    /// The address with one value changed, from the first page.
    pub fn with(&self, name: &str, value: &str) -> String {
        let mut changed = self.clone();
        let slot = match name {
            "view" => &mut changed.view,
            "category" => &mut changed.category,
            "brand" => &mut changed.brand,
            "season" => &mut changed.season,
            _ => &mut changed.sort,
        };
        value.clone_into(slot);
        let text = changed.text();
        if text.is_empty() {
            "/catalog".to_owned()
        } else {
            format!("/catalog?{text}")
        }
    }

    /// The address of the page after this one.
    pub fn next(&self, cursor: &ProductCursor, from: i64) -> String {
        let text = self.text();
        let and = if text.is_empty() { "" } else { "&" };
        format!(
            "/catalog?{text}{and}after={}:{}&from={from}",
            cursor.id,
            urlencode(&cursor.key)
        )
    }

    /// Reads back what [`Self::text`] wrote, out of a form.
    pub fn parse(text: &str) -> Self {
        serde_html_form::from_str(text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_was_made_of() {
        let query = CatalogueQuery {
            view: "no_cost".to_owned(),
            q: "ёлка & шар".to_owned(),
            category: "Дом / декор".to_owned(),
            sort: "-price".to_owned(),
            ..CatalogueQuery::default()
        };
        assert_eq!(CatalogueQuery::parse(&query.text()), query);
        assert_eq!(CatalogueQuery::default().with("view", "all"), "/catalog");
        assert_eq!(query.filter().problem, Some(Problem::NoCost));
    }
}
