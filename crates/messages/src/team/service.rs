//! The door of what the team is told: what it needs and what its parts share.

use super::{
    TeamError,
    kept::ReportRoom,
    model::{Manners, NewPost, Way, What, Wish},
    speak::{Speaker, To},
    store,
};
use sauda_accounts::{Accounts, Actor, Language, MemberFound, Scope};
use sauda_catalog::Catalog;
use sauda_channel::{BotKey, MailBox, MailServer, Mailer, TeamBot};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, Id, IdKind, Ids, MerchantId, Timestamp, UserId};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_store::{Db, Sealed, Tx, Vault};
use secrecy::SecretString;
use std::sync::Arc;

/// Rooms and engines that this one stands on.
#[derive(Clone)]
pub struct Rooms {
    pub db: Db,
    pub cluster: Cluster,
    pub vault: Vault,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub pricing: Pricing,
    pub orders: Orders,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

/// From where letters leave: one box for the installation.
#[derive(Clone)]
pub struct MailRoom {
    pub mailer: Arc<dyn Mailer>,
    pub server: MailServer,
    pub from: MailBox,
}

/// What an installation sets.
#[derive(Debug, Clone, Default)]
pub struct TeamSettings {
    /// How people reach the desk; links to it stand under messages when it is an address of the open net.
    pub public_url: String,
}

/// What the team is told. Cheap to clone.
#[derive(Clone)]
pub struct Team {
    pub(crate) rooms: Rooms,
    pub(crate) bot: Arc<dyn TeamBot>,
    pub(crate) mail: Option<MailRoom>,
    pub(crate) speaker: Arc<dyn Speaker>,
    pub(crate) settings: TeamSettings,
    pub(crate) reports: Option<Arc<dyn ReportRoom>>,
}

/// One who may be told.
pub(crate) struct Recipient {
    pub member: MemberFound,
    pub manners: Manners,
    wishes: Vec<(What, Wish)>,
}

impl Recipient {
    pub fn wish(&self, what: What) -> Wish {
        wish_of(&self.wishes, what)
    }
    pub fn wants(&self, what: What, way: Way) -> bool {
        what.may_be_told(&self.member.scope) && wish_of(&self.wishes, what).by(way)
    }
}

/// What somebody said, or what is usual.
pub(crate) fn wish_of(wishes: &[(What, Wish)], what: What) -> Wish {
    wishes
        .iter()
        .find(|(known, _)| *known == what)
        .map_or_else(|| what.usual(), |(_, wish)| *wish)
}

impl Team {
    pub fn new(
        rooms: Rooms,
        bot: Arc<dyn TeamBot>,
        mail: Option<MailRoom>,
        speaker: Arc<dyn Speaker>,
        settings: TeamSettings,
    ) -> Self {
        Self {
            rooms,
            bot,
            mail,
            speaker,
            settings,
            reports: None,
        }
    }

    /// Whether this installation sends letters.
    pub const fn sends_mail(&self) -> bool {
        self.mail.is_some()
    }

    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.rooms.clock, &*self.rooms.ids)
    }

    /// Who makes its sentences.
    pub fn speaker(&self) -> Arc<dyn Speaker> {
        Arc::clone(&self.speaker)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.rooms.clock.now()
    }

    pub(crate) fn to(&self, language: Language) -> To<'_> {
        To {
            speaker: &*self.speaker,
            language,
            now: self.now(),
        }
    }

    /// A page of the desk; nothing when people outside of this machine could not open it.
    pub(crate) fn page(&self, path: &str) -> Option<String> {
        let base = self.settings.public_url.trim_end_matches('/');
        let is_open =
            base.starts_with("https://") && !base.contains("localhost") && !base.contains("127.0.0.1");
        is_open.then(|| format!("{base}{path}"))
    }

    pub(crate) fn purpose(merchant: &MerchantId) -> String {
        format!("team-bot:{merchant}")
    }

    pub(crate) fn open_key(&self, bot: &store::bots::BotRow) -> Result<BotKey, TeamError> {
        let open = self
            .rooms
            .vault
            .open(&Self::purpose(&bot.merchant), &Sealed(bot.sealed.clone()))?;
        Ok(BotKey(SecretString::from(
            String::from_utf8_lossy(&open).into_owned(),
        )))
    }

    /// Records what is to be said, in the caller's transaction; how much of it is new.
    pub(crate) async fn record(&self, tx: &mut Tx, posts: &[NewPost]) -> Result<u64, TeamError> {
        let now = self.now();
        let mut new = 0_u64;
        for post in posts {
            new += store::posts::insert(&mut *tx, &self.id(), post, now).await?;
        }
        Ok(new)
    }

    /// The people of a merchant with what they want to hear.
    pub(crate) async fn recipients(&self, merchant: &MerchantId) -> Result<Vec<Recipient>, TeamError> {
        let (wishes, manners) = tokio::try_join!(
            store::wishes::of(&self.rooms.db, merchant),
            store::wishes::manners(&self.rooms.db, merchant)
        )?;
        let mut found = Vec::new();
        for user in self.rooms.accounts.members(merchant).await? {
            let Some(member) = self.rooms.accounts.member(merchant, &user, "telegram").await? else {
                continue;
            };
            found.push(Recipient {
                manners: manners
                    .iter()
                    .find(|(of, _)| *of == user)
                    .map(|(_, manners)| manners.clone())
                    .unwrap_or_default(),
                wishes: wishes
                    .iter()
                    .filter(|(of, _, _)| *of == user)
                    .map(|(_, what, wish)| (*what, *wish))
                    .collect(),
                member,
            });
        }
        Ok(found)
    }

    /// Where letters for a person go; nothing when none is known.
    pub(crate) fn mail_of(recipient: &Recipient) -> Option<String> {
        let typed = recipient.manners.mail.trim();
        let address = if typed.is_empty() {
            recipient.member.login.as_str()
        } else {
            typed
        };
        MailBox::new(None, address)
            .ok()
            .map(|mail| mail.address().to_owned())
    }
}

/// The person behind a scope.
pub(crate) fn person(scope: &Scope) -> Result<&UserId, TeamError> {
    match scope.actor() {
        Actor::Person { user, .. } => Ok(user),
        Actor::Key { .. } | Actor::System { .. } => Err(sauda_accounts::AccountsError::PersonOnly.into()),
    }
}
