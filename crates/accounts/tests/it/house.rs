//! What these tests share: one installation on one engine.

use sauda_accounts::{
    Accounts, AccountsSettings, NewOwner, NewPerson, PasswordCost, Role, Session, SessionFound, SignedIn,
    Visitor,
};
use sauda_cluster::Cluster;
use sauda_kernel::{PushedClock, SystemIds};
use sauda_store::Vault;
use sauda_testkit::{TestDb, frozen_clock};
use secrecy::ExposeSecret as _;
use std::sync::Arc;

pub const PASSWORD: &str = "чайник на полке";

/// One installation on one engine.
pub struct House {
    pub accounts: Accounts,
    pub clock: PushedClock,
    pub db: TestDb,
}

pub fn vault() -> Vault {
    Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap()
}

impl House {
    pub fn on(db: TestDb) -> Self {
        Self::with(db, |_| ())
    }

    pub fn with(db: TestDb, change: impl FnOnce(&mut AccountsSettings)) -> Self {
        let clock = frozen_clock();
        let mut settings = AccountsSettings {
            password_cost: PasswordCost {
                memory_kib: 8,
                passes: 1,
                parallel: 4,
            },
            ..AccountsSettings::default()
        };
        change(&mut settings);
        let shared: Arc<PushedClock> = Arc::new(clock.clone());
        let cluster = Cluster::memory(shared.clone());
        let accounts = Accounts::new(
            db.db().clone(),
            cluster,
            vault(),
            shared,
            Arc::new(SystemIds),
            settings,
        )
        .unwrap();
        Self { accounts, clock, db }
    }

    /// An installation with its first owner, signed in.
    pub async fn with_owner(db: TestDb) -> (Self, Session) {
        let house = Self::on(db);
        let signed_in = house
            .accounts
            .sign_up(owner("aru@mail.kz"), &visitor())
            .await
            .unwrap();
        let session = house.open(&signed_in).await;
        (house, session)
    }

    pub async fn open(&self, signed_in: &SignedIn) -> Session {
        match self
            .accounts
            .session(signed_in.token.expose_secret(), &visitor())
            .await
            .unwrap()
        {
            SessionFound::Person(session) => *session,
            other => panic!("no open session: {other:?}"),
        }
    }

    pub async fn is_open(&self, signed_in: &SignedIn) -> bool {
        matches!(
            self.accounts
                .session(signed_in.token.expose_secret(), &visitor())
                .await
                .unwrap(),
            SessionFound::Person(_)
        )
    }

    /// A new person in the owner's team.
    pub async fn hire(&self, owner: &Session, role: Role, login: &str) -> SignedIn {
        let link = self.accounts.invite(&owner.scope, role, "").await.unwrap();
        self.accounts
            .accept_invite_new(link.token.expose_secret(), person(login), &visitor())
            .await
            .unwrap()
    }
}

pub fn owner(login: &str) -> NewOwner {
    NewOwner {
        merchant_name: "Aru Home".to_owned(),
        name: "Ару".to_owned(),
        login: login.to_owned(),
        password: PASSWORD.into(),
        language: None,
    }
}

pub fn person(login: &str) -> NewPerson {
    NewPerson {
        name: "Данияр".to_owned(),
        login: login.to_owned(),
        password: PASSWORD.into(),
        language: None,
    }
}

pub fn visitor() -> Visitor {
    Visitor {
        address: "203.0.113.7".to_owned(),
        device: "Firefox/130 Linux".to_owned(),
    }
}

/// A visitor from another address each time, for attempts that must not share one.
pub fn stranger(number: u32) -> Visitor {
    Visitor {
        address: format!("198.51.100.{number}"),
        device: "curl/8".to_owned(),
    }
}
