//! Templates of a shop: read, previewed with a real order, written as a new version. Refuses texts that cannot be sent.

use super::person;
use crate::{
    Messages, MessagesError,
    store::templates::{self, TemplateText},
    template::{Pair, Preview, Variable, default_texts},
    trigger::Trigger,
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::ShopId;

/// A template as people see it.
#[derive(Debug, Clone)]
pub struct TemplateView {
    pub text: TemplateText,
    /// What it is about; none for a shop's own.
    pub trigger: Option<Trigger>,
}

/// How both texts would look.
#[derive(Debug, Clone)]
pub struct TemplatePreview {
    pub ru: Preview,
    pub kk: Preview,
    /// Variables that stand in one text only.
    pub one_sided: Vec<Variable>,
    /// Number of the order whose data is shown.
    pub order: Option<String>,
}

impl Messages {
    /// Templates of a shop: first those that stand for what they are about, then its own by name.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn templates(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<TemplateView>, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        let written = templates::list(&self.db, shop).await?;
        let mut all: Vec<TemplateView> = Trigger::ALL
            .into_iter()
            .map(|trigger| TemplateView {
                text: written
                    .iter()
                    .find(|text| text.key == trigger.word())
                    .cloned()
                    .unwrap_or_else(|| standing(trigger)),
                trigger: Some(trigger),
            })
            .collect();
        let mut own: Vec<TemplateText> = written
            .into_iter()
            .filter(|text| Trigger::parse(&text.key).is_none() && !text.ru.is_empty())
            .collect();
        own.sort_by(|one, other| one.name.cmp(&other.name));
        all.extend(own.into_iter().map(|text| TemplateView { text, trigger: None }));
        Ok(all)
    }

    /// # Errors
    /// When the shop has no such template.
    pub async fn template(
        &self,
        scope: &Scope,
        shop: &ShopId,
        key: &str,
    ) -> Result<TemplateView, MessagesError> {
        let all = self.templates(scope, shop).await?;
        all.into_iter()
            .find(|view| view.text.key == key)
            .ok_or_else(|| MessagesError::NotFound {
                what: "template",
                id: key.to_owned(),
            })
    }

    /// The texts that count now for a key.
    pub(crate) async fn text_of(&self, shop: &ShopId, key: &str) -> Result<TemplateText, MessagesError> {
        let written = templates::list(&self.db, shop).await?;
        written
            .into_iter()
            .find(|text| text.key == key)
            .or_else(|| Trigger::parse(key).map(standing))
            .ok_or_else(|| MessagesError::NotFound {
                what: "template",
                id: key.to_owned(),
            })
    }

    /// Keeps a new version of a template; `version` is the one that was read. An empty key makes a template of the shop's own.
    ///
    /// # Errors
    /// When a text cannot be sent, each problem at its field; when somebody wrote a version meanwhile.
    pub async fn put_template(
        &self,
        scope: &Scope,
        shop: &ShopId,
        written: &TemplateText,
    ) -> Result<String, MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        self.catalog.shop(scope, shop).await?;
        Pair::parse(&written.ru, &written.kk).map_err(MessagesError::Template)?;
        let name = written.name.trim();
        let is_own = Trigger::parse(&written.key).is_none();
        if is_own && !(1..=60).contains(&name.chars().count()) {
            return Err(MessagesError::TemplateName(name.chars().take(80).collect()));
        }
        let key = if written.key.is_empty() {
            format!("own_{}", self.secret_word().chars().take(12).collect::<String>())
        } else {
            written.key.clone()
        };
        if is_own && !written.key.is_empty() {
            self.text_of(shop, &key).await?;
        }
        let next = TemplateText {
            key: key.clone(),
            version: written.version.saturating_add(1),
            name: if is_own { name.to_owned() } else { String::new() },
            ru: written.ru.trim().to_owned(),
            kk: written.kk.trim().to_owned(),
            changed_by: person(scope),
            changed_at: None,
        };
        let newest = templates::list(&self.db, shop).await?;
        let newest = newest
            .iter()
            .find(|text| text.key == key)
            .map_or(0, |text| text.version);
        let mut tx = self.db.write().await?;
        if newest != written.version || templates::insert(&mut tx, shop, &next, self.clock.now()).await? == 0
        {
            return Err(MessagesError::TemplateChanged);
        }
        self.audit(&mut tx, scope, "template.written", &key, Some(next.ru.clone()))
            .await?;
        tx.commit().await?;
        Ok(key)
    }

    /// How texts would look with the data of an order, or without.
    ///
    /// # Errors
    /// When a text is no template, or the shop has no such order.
    pub async fn preview_template(
        &self,
        scope: &Scope,
        shop: &ShopId,
        texts: (&str, &str),
        code: Option<&str>,
    ) -> Result<TemplatePreview, MessagesError> {
        let pair = Pair::parse(texts.0, texts.1).map_err(MessagesError::Template)?;
        let shop = self.catalog.shop(scope, shop).await?;
        let facts = match code {
            Some(code) => {
                let view = self.orders.view(scope, &shop.id, code).await?;
                self.words_of(scope, &view, &shop.name, "").await?
            }
            None => crate::template::Facts {
                store_name: shop.name.clone(),
                ..crate::template::Facts::default()
            },
        };
        Ok(TemplatePreview {
            ru: pair.ru.preview(&facts),
            kk: pair.kk.preview(&facts),
            one_sided: pair.one_sided(),
            order: code.map(str::to_owned),
        })
    }

    /// The words of a template for the buyer of an order, to be looked over before they are sent.
    ///
    /// # Errors
    /// When there is no such template or order.
    pub async fn fill_template(
        &self,
        scope: &Scope,
        shop: &ShopId,
        key: &str,
        code: Option<&str>,
        is_kazakh: bool,
    ) -> Result<String, MessagesError> {
        let view = self.template(scope, shop, key).await?;
        let preview = self
            .preview_template(scope, shop, (&view.text.ru, &view.text.kk), code)
            .await?;
        Ok(if is_kazakh {
            preview.kk.text
        } else {
            preview.ru.text
        })
    }
}

fn standing(trigger: Trigger) -> TemplateText {
    let (ru, kk) = default_texts(trigger);
    TemplateText {
        key: trigger.word().to_owned(),
        version: 0,
        name: String::new(),
        ru: ru.to_owned(),
        kk: kk.to_owned(),
        changed_by: String::new(),
        changed_at: None,
    }
}
