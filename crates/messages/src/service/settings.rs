//! Settings of a shop: its line, limits, triggers. Refuses hours of the night.

use crate::{
    Messages, MessagesError,
    limits::Wishes,
    model::ShopSettings,
    store::{lines, messages, shops},
    trigger::{Setting, Trigger},
};
use sauda_accounts::{Right, Scope};
use sauda_kernel::{MessageLineId, ShopId};

impl Messages {
    /// # Errors
    /// When there is no such shop.
    pub async fn settings(&self, scope: &Scope, shop: &ShopId) -> Result<ShopSettings, MessagesError> {
        self.catalog.shop(scope, shop).await?;
        self.settings_of(shop).await
    }

    pub(crate) async fn settings_of(&self, shop: &ShopId) -> Result<ShopSettings, MessagesError> {
        Ok(shops::find(&self.db, shop).await?.unwrap_or_default())
    }

    /// The shop writes by this line from now on, or by none.
    ///
    /// # Errors
    /// When there is no such shop or line.
    pub async fn choose_line(
        &self,
        scope: &Scope,
        shop: &ShopId,
        line: Option<&MessageLineId>,
    ) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageShops)
            .map_err(MessagesError::Accounts)?;
        if let Some(line) = line {
            self.whole_line(scope, line).await?;
        }
        let mut settings = self.settings(scope, shop).await?;
        settings.line = line.cloned();
        self.keep(
            scope,
            shop,
            &settings,
            "messages.line",
            line.map(ToString::to_string),
        )
        .await
    }

    /// # Errors
    /// When there is no such shop, or the wishes pass the limits of the house.
    pub async fn put_limits(
        &self,
        scope: &Scope,
        shop: &ShopId,
        wishes: Wishes,
    ) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let mut settings = self.settings(scope, shop).await?;
        let words = format!("{wishes:?}");
        settings.set_limits(wishes)?;
        self.keep(scope, shop, &settings, "messages.limits", Some(words))
            .await
    }

    /// Switches a trigger on or off, or sets when it speaks. It never tells of what happened before it was switched on; switched
    /// off, what waits is taken back.
    ///
    /// # Errors
    /// When there is no such shop, or the setting makes no sense.
    pub async fn put_trigger(
        &self,
        scope: &Scope,
        shop: &ShopId,
        trigger: Trigger,
        setting: Setting,
    ) -> Result<(), MessagesError> {
        scope
            .require(Right::ManageMessages)
            .map_err(MessagesError::Accounts)?;
        let mut settings = self.settings(scope, shop).await?;
        settings.set_trigger(trigger, setting, self.clock.now())?;
        if !setting.is_on {
            messages::cancel_about(&self.db, shop, trigger.word()).await?;
        }
        let after = format!("{}: {}", trigger.word(), if setting.is_on { "on" } else { "off" });
        self.keep(scope, shop, &settings, "messages.trigger", Some(after))
            .await
    }

    async fn keep(
        &self,
        scope: &Scope,
        shop: &ShopId,
        settings: &ShopSettings,
        what: &'static str,
        after: Option<String>,
    ) -> Result<(), MessagesError> {
        let mut tx = self.db.write().await?;
        shops::put(&mut tx, scope.merchant(), shop, settings, self.clock.now()).await?;
        if let Some(line) = &settings.line {
            // What held it may hold it no more.
            lines::hold(&mut tx, line, None).await?;
        }
        self.audit(&mut tx, scope, what, shop.as_str(), after).await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }
}
