//! Connecting a shop: way, sign-in, code, check. Four steps that live in the address. Refuses to talk to the marketplace.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// First step: how to sign in at the marketplace.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectWay {
    /// `way` is `phone` or `mail`.
    pub form: Form,
    /// The marketplace refuses sign-in until then.
    pub blocked_until: Option<Timestamp>,
    /// Renewing the access of this login instead of connecting a new one.
    pub renew: Option<String>,
}

impl View for ConnectWay {
    const TEMPLATE: &'static str = "pages/connect_way.html";
    fn samples() -> Vec<Sample<Self>> {
        let form = Form::of(&[("way", "phone")]);
        let typed = Form::of(&[("way", "phone"), ("phone", "701 000 12")]);
        let mail = Form::of(&[("way", "mail"), ("mail", "aru@example.kz")]);
        let view = Self {
            form,
            blocked_until: None,
            renew: None,
        };
        let bad = typed.refuse("phone", Told::new("web-phone-form").arg("value", "701 000 12"));
        let wrong = mail.refuse("mail_password", Told::new("web-market-wrong-password"));
        vec![
            Sample::new("normal", view.clone()).around(Around::Nobody),
            Sample::new(
                "phone-wrong",
                Self {
                    form: bad,
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "password-wrong",
                Self {
                    form: wrong,
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "blocked",
                Self {
                    blocked_until: Some(sample::in_minutes(15)),
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "renew",
                Self {
                    renew: Some("+7 701 ••• 12 34".to_owned()),
                    ..view
                },
            )
            .around(Around::Nobody),
        ]
    }
}

/// Third step: the code that the marketplace sent.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectCode {
    pub form: Form,
    /// Id of the access.
    pub access: String,
    /// `phone` or `mail`.
    pub way: String,
    pub sent_to: String,
    /// Number of digits, told by the marketplace.
    pub digits: Option<i64>,
    pub attempts_left: Option<i64>,
    /// When a new code may be asked for.
    pub resend_at: Option<Timestamp>,
    pub blocked_until: Option<Timestamp>,
}

impl View for ConnectCode {
    const TEMPLATE: &'static str = "pages/connect_code.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::default(),
            access: "acs_01".to_owned(),
            way: "phone".to_owned(),
            sent_to: "+7 701 ••• 12 34".to_owned(),
            digits: Some(4),
            attempts_left: None,
            resend_at: Some(sample::NOW.plus(sauda_kernel::Span::from_secs(38))),
            blocked_until: None,
        };
        let wrong = Form::of(&[("code", "4820")]).refuse(
            "code",
            Told::new("web-sms-wrong").arg("code", "4820").arg("left", 2),
        );
        vec![
            Sample::new("normal", view.clone()).around(Around::Nobody),
            Sample::new(
                "wrong",
                Self {
                    form: wrong,
                    attempts_left: Some(2),
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "resend",
                Self {
                    resend_at: None,
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "blocked",
                Self {
                    blocked_until: Some(sample::in_minutes(15)),
                    resend_at: None,
                    ..view.clone()
                },
            )
            .around(Around::Nobody),
            Sample::new(
                "mail",
                Self {
                    way: "mail".to_owned(),
                    sent_to: "a••@example.kz".to_owned(),
                    digits: None,
                    ..view
                },
            )
            .around(Around::Nobody),
        ]
    }
}

/// One step of the first reading of a shop; name is `sync-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct SyncStep {
    pub word: &'static str,
    /// `done`, `now`, `todo`, `fail`.
    pub state: &'static str,
    pub done: Option<i64>,
    pub total: Option<i64>,
}

/// A shop that the login opens.
#[derive(Debug, Clone, Serialize)]
pub struct FoundShop {
    pub name: String,
    pub uid: String,
    pub slug: String,
    pub offers: Option<i64>,
    pub cities: Vec<String>,
}

/// Last step: the first reading, and then what was found.
#[derive(Debug, Clone, Serialize)]
pub struct ConnectCheck {
    pub access: String,
    pub since: Timestamp,
    pub steps: Vec<SyncStep>,
    pub shops: Vec<FoundShop>,
    pub is_done: bool,
    /// Rivals are still being read; nothing waits for it.
    pub is_looking: bool,
    pub failed: Option<Told>,
}

impl View for ConnectCheck {
    const TEMPLATE: &'static str = "pages/connect_check.html";
    fn samples() -> Vec<Sample<Self>> {
        let step = |word, state, done, total| SyncStep {
            word,
            state,
            done,
            total,
        };
        let running = vec![
            step("session", "done", None, None),
            step("shops", "done", Some(2), Some(2)),
            step("offers", "now", Some(1_200), Some(2_418)),
            step("rivals", "todo", None, None),
        ];
        let shop = |name: &str, slug: &str, offers| FoundShop {
            name: name.to_owned(),
            uid: "30067228".to_owned(),
            slug: slug.to_owned(),
            offers,
            cities: vec!["Алматы".to_owned(), "Астана".to_owned()],
        };
        let view = Self {
            access: "acs_01".to_owned(),
            since: sample::seconds_ago(24),
            steps: running,
            shops: vec![
                shop("Aru Home", "aru-home", Some(1_200)),
                shop("Aru Home Астана", "aru-home-astana", None),
            ],
            is_done: false,
            is_looking: false,
            failed: None,
        };
        let done = Self {
            steps: ["session", "shops", "offers", "rivals"]
                .into_iter()
                .map(|word| step(word, "done", None, None))
                .collect(),
            shops: vec![
                shop("Aru Home", "aru-home", Some(2_418)),
                shop("Aru Home Астана", "aru-home-astana", Some(310)),
            ],
            is_done: true,
            ..view.clone()
        };
        let failed = Self {
            steps: vec![
                step("session", "done", None, None),
                step("shops", "fail", None, None),
                step("offers", "todo", None, None),
            ],
            shops: Vec::new(),
            failed: Some(Told::new("web-market-silent")),
            ..view.clone()
        };
        vec![
            Sample::new("running", view).around(Around::Nobody),
            Sample::new("done", done).around(Around::Nobody),
            Sample::new("failed", failed).around(Around::Nobody),
        ]
    }
}
