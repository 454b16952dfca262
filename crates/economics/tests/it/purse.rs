//! The door of money on a test database, with a pushed clock and two merchants.

use sauda_accounts::{Accounts, AccountsSettings, Scope};
use sauda_cluster::Cluster;
use sauda_economics::money::{Money, NewRate, RateKind};
use sauda_economics::rates::Day;
use sauda_kernel::{Clock, CountedIds, Id, Ids, PushedClock};
use sauda_store::Vault;
use sauda_testkit::{TestDb, frozen_clock};
use std::sync::Arc;

pub struct Purse {
    _test: TestDb,
    pub clock: PushedClock,
    pub money: Money,
    pub accounts: Accounts,
    pub scope: Scope,
    pub other: Scope,
}

impl Purse {
    pub fn open(test: TestDb) -> Self {
        sauda_testkit::install_crypto();
        let pushed = frozen_clock();
        let clock: Arc<dyn Clock> = Arc::new(pushed.clone());
        let ids: Arc<dyn Ids> = Arc::new(CountedIds::default());
        let db = test.db().clone();
        let accounts = Accounts::new(
            db.clone(),
            Cluster::memory(clock.clone()),
            Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap(),
            clock.clone(),
            ids.clone(),
            AccountsSettings::default(),
        )
        .unwrap();
        Self {
            _test: test,
            clock: pushed,
            money: Money::new(db, accounts.clone(), clock.clone(), ids.clone()),
            accounts,
            scope: Scope::system(Id::new(&*clock, &*ids), "test"),
            other: Scope::system(Id::new(&*clock, &*ids), "other"),
        }
    }
}

pub fn rate(kind: RateKind, subject: &str, value: i64, from: &str) -> NewRate {
    NewRate {
        kind,
        subject: subject.to_owned(),
        value,
        from: Day::parse(from).unwrap(),
        source: "договор".to_owned(),
        note: String::new(),
    }
}
