//! A pretend Kaspi, our client to it, and a signed-in owner of two sister shops. Refuses to look inside the client.

use sauda_market::{Egress, Login, Marketplace, PendingSignIn, Session, SignIn};
use sauda_market_kaspi::{KaspiMarket, KaspiSettings};
use sauda_sim::{Options, Running, SettingsPatch};

pub const VIA: Egress = Egress::DIRECT;
pub const PHONE: &str = "+7 (700) 100-00-01";
pub const MAIL: &str = "owner1@example.com";
pub const PASSWORD: &str = "Sauda-0001";
pub const SHOP: &str = "30000001";
pub const ALMATY: &str = "750000000";

pub struct World {
    pub sim: Running,
    pub kaspi: KaspiMarket,
}

impl World {
    pub async fn open() -> Self {
        Self::with_timeout(20).await
    }

    /// For answers that never come.
    pub async fn impatient() -> Self {
        Self::with_timeout(1).await
    }

    async fn with_timeout(total_timeout_secs: u64) -> Self {
        let sim = sauda_sim::start(Options::for_tests()).await.unwrap();
        let settings = KaspiSettings {
            total_timeout_secs,
            ..KaspiSettings::all_at(&sim.base_url())
        };
        Self {
            kaspi: KaspiMarket::new(settings).unwrap(),
            sim,
        }
    }

    pub async fn signed_in() -> (Self, Session) {
        let world = Self::open().await;
        let session = world.sign_in().await;
        (world, session)
    }

    pub async fn sign_in(&self) -> Session {
        let pending = self.send_code().await;
        let code = self.sim.sim().last_code(PHONE).unwrap();
        done(self.kaspi.enter_code(&VIA, &pending, &code).await.unwrap())
    }

    /// Up to the point where an SMS is on its way.
    pub async fn send_code(&self) -> PendingSignIn {
        let login = Login::Phone {
            phone: "8 700 100 00 01".to_owned(),
        };
        match self.kaspi.sign_in(&VIA, &login).await.unwrap() {
            SignIn::CodeSent {
                pending,
                sent_to,
                digits,
                again_at,
            } => {
                assert_eq!(
                    (sent_to.as_str(), digits, again_at),
                    ("+7 (7••) •••-00-01", Some(6), None)
                );
                pending
            }
            SignIn::Done(_) => panic!("a phone needs a code"),
        }
    }

    pub fn set(&self, patch: serde_json::Value) {
        let patch: SettingsPatch = serde_json::from_value(patch).unwrap();
        self.sim.sim().change_settings(&patch);
    }

    /// An offer of the shop that is on sale: sku and card.
    pub fn offer_on_sale(&self) -> (String, String) {
        let all = self.sim.sim().skus(SHOP);
        let (sku, card, _) = all.into_iter().find(|(_, _, on_sale)| *on_sale).unwrap();
        (sku, card)
    }
}

pub fn done(step: SignIn) -> Session {
    match step {
        SignIn::Done(session) => session,
        SignIn::CodeSent { sent_to, .. } => panic!("another code was sent to {sent_to}"),
    }
}
