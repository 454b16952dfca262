//! Products out of what the cabinet sells, for who keeps no sheet: a file as if somebody had sent it, so that it is checked, shown,
//! written and undone as any other. Refuses offers that have a product, or that a person took apart from theirs.

use super::{Products, may_manage, product_upload_limits};
use crate::{
    CatalogError,
    import::{
        products::{ProductFacts, ProductField},
        push_cell,
    },
    model::{ProductImport, UnknownOffer},
    store::product_offers,
};
use sauda_accounts::Scope;
use sauda_sizes::named::named;

/// The columns of the file, in their order.
const COLUMNS: [ProductField; 9] = [
    ProductField::Sku,
    ProductField::Title,
    ProductField::MasterCode,
    ProductField::Price,
    ProductField::Stock,
    ProductField::Brand,
    ProductField::Size,
    ProductField::Gender,
    ProductField::Photo,
];

impl UnknownOffer {
    /// What is known of the product: the size and who wears it as far as the name says them.
    pub fn facts(self) -> ProductFacts {
        let said = named(&self.title);
        let (size, gender) = (said.size.map(str::to_owned), said.gender.map(str::to_owned));
        ProductFacts {
            sku: self.sku,
            title: Some(self.title),
            master_code: self.card,
            price: self.price,
            stock: self.stock,
            brand: self.brand,
            size,
            gender,
            // Others come over https or not at all.
            photo: self.image_url.filter(|url| url.starts_with("https://")),
            ..ProductFacts::default()
        }
    }
}

impl Products {
    /// How many articles of the cabinet are no products yet.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn unknown_offers(&self, scope: &Scope) -> Result<i64, CatalogError> {
        Ok(product_offers::count_unknown(&self.db, scope).await?)
    }

    /// Keeps a file of all articles of the cabinet that are no products yet, under this name.
    ///
    /// # Errors
    /// When the person may not, or there is none.
    pub async fn keep_offers(&self, scope: &Scope, name: &str) -> Result<ProductImport, CatalogError> {
        may_manage(scope)?;
        let limit = i64::try_from(product_upload_limits().rows).unwrap_or(i64::MAX);
        let mut offers = product_offers::unknown(&self.db, scope, limit).await?;
        offers.dedup_by(|one, before| one.sku == before.sku);
        if offers.is_empty() {
            return Err(CatalogError::NoOffers);
        }
        let mut text = String::from("\u{feff}");
        let names = COLUMNS.map(ProductField::word);
        line(&mut text, names);
        for offer in offers {
            let facts = offer.facts();
            let number = |value: Option<i64>| value.map(|value| value.to_string()).unwrap_or_default();
            let (price, stock) = (
                number(facts.price.map(sauda_kernel::Tenge::get)),
                number(facts.stock),
            );
            let told = |text: &'_ Option<String>| text.clone().unwrap_or_default();
            let cells = [
                facts.sku.clone(),
                told(&facts.title),
                told(&facts.master_code),
                price,
                stock,
                told(&facts.brand),
                told(&facts.size),
                told(&facts.gender),
                told(&facts.photo),
            ];
            line(&mut text, cells.each_ref().map(String::as_str));
        }
        // Every column is what it is called, whatever was chosen for such a file before.
        let choices = names.map(|name| (name.to_owned(), name.to_owned())).to_vec();
        self.keep_upload(scope, name, text.into_bytes(), None, choices)
            .await
    }
}

fn line<const N: usize>(text: &mut String, cells: [&str; N]) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            text.push(';');
        }
        push_cell(text, cell);
    }
    text.push_str("\r\n");
}
