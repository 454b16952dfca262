//! A merchant's own product and how lists of them are asked for; refuses to know a shop's price of it.

use crate::import::products::ProductFacts;
use sauda_kernel::{Money, OfferId, ProductId, ShopId, Tenge, Timestamp};

/// A product of the merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Product {
    pub id: ProductId,
    pub facts: ProductFacts,
    /// Grows with each change.
    pub version: i64,
    pub created_at: Timestamp,
    pub changed_at: Timestamp,
    /// Who changed it last, by name.
    pub changed_by: String,
    pub archived_at: Option<Timestamp>,
    /// A picture is kept here, beside the address it may have.
    pub has_picture: bool,
}

/// A product as lists of thousands need it: what it is called, and for how much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedProduct {
    pub id: ProductId,
    pub sku: String,
    pub title: Option<String>,
    /// Brand and model, for those without a title.
    pub brand: Option<String>,
    pub model: Option<String>,
    pub price: Option<Tenge>,
    pub cost: Option<Money>,
}

impl NamedProduct {
    /// What to call it, as [`ProductFacts::name`] does.
    pub fn name(&self) -> String {
        crate::import::products::name(
            self.title.as_deref(),
            self.brand.as_deref(),
            self.model.as_deref(),
            &self.sku,
        )
    }
}

impl From<&Product> for NamedProduct {
    fn from(product: &Product) -> Self {
        let facts = &product.facts;
        Self {
            id: product.id.clone(),
            sku: facts.sku.clone(),
            title: facts.title.clone(),
            brand: facts.brand.clone(),
            model: facts.model.clone(),
            price: facts.price,
            cost: facts.cost,
        }
    }
}

/// An offer that sells a product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductOffer {
    pub id: OfferId,
    pub shop: ShopId,
    pub sku: String,
    pub title: String,
    pub card: Option<String>,
    pub card_url: Option<String>,
    pub image_url: Option<String>,
    pub on_sale: bool,
    pub price: Option<Tenge>,
    pub stock: Option<i64>,
    /// Joined by a person, not by the same article.
    pub by_hand: bool,
}

/// An offer of the cabinet that is no product of the catalogue yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownOffer {
    pub sku: String,
    pub title: String,
    pub card: Option<String>,
    pub brand: Option<String>,
    pub image_url: Option<String>,
    pub price: Option<Tenge>,
    pub stock: Option<i64>,
}

/// What a product lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    NoCost,
    NoWeight,
    NoCategory,
    NoBarcode,
    NoPhoto,
    /// No shop sells it.
    NoOffer,
}

impl Problem {
    pub const ALL: [Self; 6] = [
        Self::NoCost,
        Self::NoWeight,
        Self::NoCategory,
        Self::NoBarcode,
        Self::NoPhoto,
        Self::NoOffer,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::NoCost => "no_cost",
            Self::NoWeight => "no_weight",
            Self::NoCategory => "no_category",
            Self::NoBarcode => "no_barcode",
            Self::NoPhoto => "no_photo",
            Self::NoOffer => "no_offer",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|problem| problem.word() == word)
    }
}

/// What a list begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProductSort {
    #[default]
    Name,
    Sku,
    Price,
    Stock,
    Changed,
}

impl ProductSort {
    pub const ALL: [Self; 5] = [Self::Name, Self::Sku, Self::Price, Self::Stock, Self::Changed];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Sku => "sku",
            Self::Price => "price",
            Self::Stock => "stock",
            Self::Changed => "changed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.word() == word)
    }
}

/// Which products.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductFilter {
    /// Each word must be in the name, article, brand, model, code or barcode.
    pub search: String,
    pub category: Option<String>,
    pub brand: Option<String>,
    pub season: Option<String>,
    pub problem: Option<Problem>,
    /// Those that were put away, instead of those that are sold.
    pub archived: bool,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductPage {
    pub sort: ProductSort,
    pub descending: bool,
    /// Goes on after this row.
    pub after: Option<ProductCursor>,
    pub limit: i64,
}

/// The last row of a page: its key in the chosen order, and its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductCursor {
    pub key: String,
    pub id: ProductId,
}

/// How many products there are of each sort.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProductCounts {
    pub active: i64,
    pub archived: i64,
    /// In the order of [`Problem::ALL`], of the active ones.
    pub problems: Vec<(Problem, i64)>,
}

/// A value and how many active products have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub count: i64,
}

/// A file of products, or a change of many of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductImport {
    pub id: sauda_kernel::ImportId,
    pub kind: ImportKind,
    /// Name of the file, or what was changed.
    pub title: String,
    pub file_bytes: i64,
    pub sheet: Option<String>,
    pub mapping: String,
    pub state: ImportState,
    /// Grows with each choice of columns and each mended row, so that nothing else is written than what was checked.
    pub version: i64,
    pub total: i64,
    pub created: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub skipped: i64,
    pub put_back: i64,
    pub kept: i64,
    pub by: String,
    pub at: Timestamp,
    pub done_at: Option<Timestamp>,
    pub undone_at: Option<Timestamp>,
}

impl ProductImport {
    /// Rows that were written or found to say nothing new.
    pub const fn done(&self) -> i64 {
        self.created + self.changed + self.unchanged
    }

    /// How far it is, and what is whole.
    pub const fn progress(&self) -> (i64, i64) {
        match self.state {
            ImportState::Undoing | ImportState::Undone => {
                (self.put_back + self.kept, self.created + self.changed)
            }
            ImportState::Loaded | ImportState::Going | ImportState::Done => (self.done(), self.total),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    File,
    Edit,
}

impl ImportKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Edit => "edit",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::File, Self::Edit]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Where an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportState {
    /// The file is here; nothing is written.
    Loaded,
    Going,
    Done,
    Undoing,
    Undone,
}

impl ImportState {
    pub const ALL: [Self; 5] = [Self::Loaded, Self::Going, Self::Done, Self::Undoing, Self::Undone];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Loaded => "loaded",
            Self::Going => "going",
            Self::Done => "done",
            Self::Undoing => "undoing",
            Self::Undone => "undone",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether somebody works on it.
    pub const fn is_going(self) -> bool {
        matches!(self, Self::Going | Self::Undoing)
    }
}
