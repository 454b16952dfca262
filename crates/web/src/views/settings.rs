//! Settings: shops and their access, team and rights, API keys, security, journal, profile. Refuses to hold secrets,
//! except the one that is shown once.

use super::{
    Around, Sample, View,
    parts::{Form, State, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;

/// A shop and the state of its access: `connected`, `needs_code`, `session_ended`, `wrong_password`, `blocked`, `new`.
#[derive(Debug, Clone, Serialize)]
pub struct ShopLine {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub uid: String,
    pub access: Option<String>,
    pub login: Option<String>,
    pub state: State,
    pub until: Option<Timestamp>,
    pub contact_at: Option<Timestamp>,
    pub synced_at: Option<Timestamp>,
    pub offers: i64,
    pub cities: Vec<ShopCityLine>,
    /// Where an awaited code went.
    pub sent_to: Option<String>,
    /// `direct`, `pool` or the id of a proxy.
    pub egress: String,
    /// Address of that proxy.
    pub egress_name: Option<String>,
    /// End and state of the key to its orders.
    pub key: Option<(String, &'static str)>,
    /// Why the key that was typed is none.
    pub key_refused: Option<Told>,
}

/// A city of a shop.
#[derive(Debug, Clone, Serialize)]
pub struct ShopCityLine {
    pub id: String,
    pub name: String,
    /// Whether the bot works there.
    pub is_watched: bool,
}

/// Shops.
#[derive(Debug, Clone, Serialize)]
pub struct Shops {
    pub shops: Vec<ShopLine>,
    /// Id and address of each proxy.
    pub ways: Vec<(String, String)>,
    /// The shop whose removal is asked about.
    pub asked: Option<String>,
    pub may_edit: bool,
}

impl View for Shops {
    const TEMPLATE: &'static str = "pages/settings_shops.html";
    fn samples() -> Vec<Sample<Self>> {
        let shop = |id: &str, name: &str, state: &str, tone, until: Option<i64>| ShopLine {
            id: id.to_owned(),
            slug: id.to_owned(),
            name: name.to_owned(),
            uid: "30067228".to_owned(),
            access: Some("acs_1".to_owned()),
            login: Some("+7 701 ••• 12 34".to_owned()),
            state: State::new(state, tone),
            until: until.map(sample::in_minutes),
            contact_at: Some(sample::seconds_ago(40)),
            synced_at: Some(sample::minutes_ago(6)),
            offers: 2_418,
            cities: vec![
                ShopCityLine {
                    id: "750000000".to_owned(),
                    name: "Алматы".to_owned(),
                    is_watched: true,
                },
                ShopCityLine {
                    id: "710000000".to_owned(),
                    name: "Астана".to_owned(),
                    is_watched: false,
                },
            ],
            sent_to: Some("+7 701 ••• 12 34".to_owned()),
            egress: "direct".to_owned(),
            egress_name: None,
            key: (state == "connected").then(|| ("kQ7w".to_owned(), "works")),
            key_refused: None,
        };
        let normal = Self {
            shops: vec![
                shop("aru-home", "Aru Home", "connected", "ok", None),
                shop("aru-home-astana", "Aru Home Астана", "needs_code", "warn", None),
            ],
            ways: vec![("prx_1".to_owned(), "185.0.2.20:8080".to_owned())],
            asked: None,
            may_edit: true,
        };
        let ill = Self {
            shops: vec![
                shop("a", "Aru Home", "session_ended", "bad", None),
                shop("b", "Aru Kids", "wrong_password", "bad", None),
                shop("c", "Aru Sport", "blocked", "bad", Some(14)),
            ],
            ..normal.clone()
        };
        let asked = Self {
            asked: Some("aru-home".to_owned()),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("access-lost", ill),
            Sample::new("remove", asked),
            Sample::new(
                "nothing-yet",
                Self {
                    shops: Vec::new(),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "view-only",
                Self {
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Packer),
        ]
    }
}

/// A person of the team.
#[derive(Debug, Clone, Serialize)]
pub struct Member {
    pub id: String,
    pub name: String,
    pub short: String,
    pub login: String,
    pub role: String,
    pub seen_at: Option<Timestamp>,
    pub has_second_factor: bool,
    pub is_me: bool,
}

/// An invitation that is not used yet.
#[derive(Debug, Clone, Serialize)]
pub struct InviteLine {
    pub id: String,
    pub role: String,
    /// For whom, as its maker noted.
    pub note: String,
    pub by: String,
    pub until: Timestamp,
}

/// Team, invitations and the table of rights.
#[derive(Debug, Clone, Serialize)]
pub struct Team {
    pub members: Vec<Member>,
    pub invites: Vec<InviteLine>,
    pub roles: Vec<String>,
    /// Words of rights, and for each the roles that have it.
    pub rights: Vec<(String, BTreeMap<String, bool>)>,
    pub form: Form,
    /// A link that was made just now.
    pub new_link: Option<String>,
    /// A recovery link that was made just now.
    pub recovery_link: Option<String>,
}

impl View for Team {
    const TEMPLATE: &'static str = "pages/settings_team.html";
    fn samples() -> Vec<Sample<Self>> {
        let member = |id: &str, name: &str, short: &str, role: &str, minutes, second, is_me| Member {
            id: id.to_owned(),
            name: name.to_owned(),
            short: short.to_owned(),
            login: "+7 701 ••• 12 34".to_owned(),
            role: role.to_owned(),
            seen_at: Some(sample::minutes_ago(minutes)),
            has_second_factor: second,
            is_me,
        };
        let roles: Vec<String> = ["owner", "manager", "packer", "marketer"]
            .into_iter()
            .map(str::to_owned)
            .collect();
        let right = |word: &str, who: &[&str]| {
            (
                word.to_owned(),
                roles
                    .iter()
                    .map(|role| (role.clone(), who.contains(&role.as_str())))
                    .collect(),
            )
        };
        let normal = Self {
            members: vec![
                member("usr_1", "Айгерим Жумабек", "АЖ", "owner", 0, true, true),
                member("usr_2", "Данияр Сейтов", "ДС", "manager", 14, false, false),
            ],
            invites: vec![InviteLine {
                id: "inv_1".to_owned(),
                role: "packer".to_owned(),
                note: "Ерлан".to_owned(),
                by: "Айгерим".to_owned(),
                until: sample::in_minutes(4_000),
            }],
            rights: vec![
                right("view_today", &["owner", "manager", "packer", "marketer"]),
                right("view_prices", &["owner", "manager", "marketer"]),
                right("manage_prices", &["owner", "manager"]),
                right("manage_team", &["owner"]),
            ],
            roles: roles.clone(),
            form: Form::of(&[("role", "manager"), ("merchant_name", "Aru Home")]),
            new_link: None,
            recovery_link: None,
        };
        let invited = Self {
            new_link: Some("https://sauda.example/join/k3v9q2".to_owned()),
            ..normal.clone()
        };
        vec![Sample::new("normal", normal), Sample::new("invited", invited)]
    }
}

/// An API key.
#[derive(Debug, Clone, Serialize)]
pub struct KeyLine {
    pub id: String,
    pub name: String,
    pub start: String,
    pub rights: Vec<String>,
    pub by: String,
    pub made_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

/// Keys, and the new one shown once.
#[derive(Debug, Clone, Serialize)]
pub struct Keys {
    pub keys: Vec<KeyLine>,
    /// Rights that this person may give.
    pub rights: Vec<String>,
    pub chosen: Vec<String>,
    pub form: Form,
    pub new_key: Option<String>,
}

impl View for Keys {
    const TEMPLATE: &'static str = "pages/settings_keys.html";
    fn samples() -> Vec<Sample<Self>> {
        let key = KeyLine {
            id: "key_1".to_owned(),
            name: "1С, выгрузка остатков".to_owned(),
            start: "sk_4f9a".to_owned(),
            rights: vec!["view_prices".to_owned(), "manage_prices".to_owned()],
            by: "Айгерим".to_owned(),
            made_at: sample::days_ago(20),
            used_at: Some(sample::minutes_ago(3)),
        };
        let normal = Self {
            keys: vec![key],
            rights: ["view_prices", "manage_prices", "view_shops"]
                .into_iter()
                .map(str::to_owned)
                .collect(),
            chosen: vec!["view_prices".to_owned()],
            form: Form::default(),
            new_key: None,
        };
        let made = Self {
            new_key: Some("sk_4f9a8c1e2b7d4f9a8c1e2b7d4f9a8c1e".to_owned()),
            ..normal.clone()
        };
        let wrong = Self {
            form: Form::default().refuse("name", Told::new("web-name-empty")),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("made", made),
            Sample::new("wrong", wrong),
            Sample::new(
                "nothing-yet",
                Self {
                    keys: Vec::new(),
                    ..normal
                },
            ),
        ]
    }
}

/// A session of this person.
#[derive(Debug, Clone, Serialize)]
pub struct SessionLine {
    pub id: String,
    pub device: String,
    pub address: String,
    pub seen_at: Timestamp,
    pub is_this: bool,
}

/// Password, second factor, sessions.
#[derive(Debug, Clone, Serialize)]
pub struct Security {
    pub sessions: Vec<SessionLine>,
    pub has_second_factor: bool,
    pub recovery_left: i64,
    pub password: Form,
    /// Proof by password for changing the second factor.
    pub second: Form,
    /// Set while the second factor is being switched on.
    pub enrolment: Option<Enrolment>,
    /// Shown once after switching on.
    pub recovery_codes: Vec<String>,
}

/// What the authenticator app needs.
#[derive(Debug, Clone, Serialize)]
pub struct Enrolment {
    /// The QR picture: SVG text of ours, put into the page as it is.
    pub picture: String,
    /// For typing by hand, in groups of four.
    pub secret: String,
    pub form: Form,
}

impl View for Security {
    const TEMPLATE: &'static str = "pages/settings_security.html";
    fn samples() -> Vec<Sample<Self>> {
        let session = |id: &str, device: &str, address: &str, minutes, is_this| SessionLine {
            id: id.to_owned(),
            device: device.to_owned(),
            address: address.to_owned(),
            seen_at: sample::minutes_ago(minutes),
            is_this,
        };
        let normal = Self {
            sessions: vec![
                session("ses_1", "Chrome, Windows", "94.247.130.12", 0, true),
                session("ses_2", "Safari, iPhone", "37.99.42.7", 130, false),
            ],
            has_second_factor: true,
            recovery_left: 8,
            password: Form::default(),
            second: Form::default(),
            enrolment: None,
            recovery_codes: Vec::new(),
        };
        let enrolling = Self {
            has_second_factor: false,
            enrolment: Some(Enrolment {
                picture: "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 21 21\"><path d=\"M0 0h7v7H0zM14 0h7v7h-7zM0 14h7v7H0zM9 9h3v3H9zM15 15h4v4h-4z\"/></svg>".to_owned(),
                secret: "JBSW Y3DP EHPK 3PXP".to_owned(),
                form: Form::of(&[("code", "12")]).refuse("code", Told::new("web-code-wrong")),
            }),
            ..normal.clone()
        };
        let codes = Self {
            recovery_codes: (1..=8).map(|n| format!("k{n}v9-q2m{n}")).collect(),
            ..normal.clone()
        };
        let wrong = Self {
            has_second_factor: false,
            password: Form::default().refuse("new", Told::new("web-password-short").arg("min", 10)),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("enrolling", enrolling),
            Sample::new("codes", codes),
            Sample::new("wrong", wrong),
        ]
    }
}

/// An entry of the journal, in words of the reader's language.
#[derive(Debug, Clone, Serialize)]
pub struct AuditLine {
    pub at: Timestamp,
    pub who: String,
    /// `person`, `key` or `system`.
    pub kind: String,
    pub act: String,
    pub subject: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub address: Option<String>,
}

/// The journal.
#[derive(Debug, Clone, Serialize)]
pub struct Audit {
    pub lines: Vec<AuditLine>,
    pub filter: Form,
    /// Id and name of everybody who acted.
    pub people: Vec<(String, String)>,
    /// Acts that the journal holds: word and name.
    pub kinds: Vec<(String, String)>,
    /// Address of the first page, on all others.
    pub newest: Option<String>,
    pub older: Option<String>,
    pub query: String,
    /// The chain of entries is whole; false when somebody changed the past.
    pub is_whole: bool,
}

impl View for Audit {
    const TEMPLATE: &'static str = "pages/settings_audit.html";
    fn samples() -> Vec<Sample<Self>> {
        let line =
            |minutes, who: &str, act: &str, subject: &str, before: Option<&str>, after: Option<&str>| {
                AuditLine {
                    at: sample::minutes_ago(minutes),
                    who: who.to_owned(),
                    kind: if who == "system" { "system" } else { "person" }.to_owned(),
                    act: act.to_owned(),
                    subject: subject.to_owned(),
                    before: before.map(str::to_owned),
                    after: after.map(str::to_owned),
                    address: Some("94.247.130.12".to_owned()),
                }
            };
        let normal = Self {
            lines: vec![
                line(
                    2,
                    "Айгерим Жумабек",
                    "Имя изменено",
                    "",
                    Some("Айгерим"),
                    Some("Айгерим Жумабек"),
                ),
                line(41, "Данияр Сейтов", "Ключ API создан", "1С", None, None),
                line(90, "system", "Сессия завершена", "Chrome, Windows", None, None),
            ],
            filter: Form::of(&[("who", ""), ("kind", "")]),
            people: vec![
                ("usr_1".to_owned(), "Айгерим Жумабек".to_owned()),
                ("usr_2".to_owned(), "Данияр Сейтов".to_owned()),
            ],
            kinds: vec![("accounts.key_made".to_owned(), "Ключ API создан".to_owned())],
            newest: None,
            older: Some("/settings/audit?below=120".to_owned()),
            query: String::new(),
            is_whole: true,
        };
        let none = Self {
            lines: Vec::new(),
            older: None,
            filter: Form::of(&[("who", "usr_2"), ("kind", "accounts.key_made")]),
            ..normal.clone()
        };
        let broken = Self {
            is_whole: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("nothing-found", none),
            Sample::new("broken", broken),
        ]
    }
}

/// Name, language, keys and what this person is told.
#[derive(Debug, Clone, Serialize)]
pub struct Profile {
    pub form: Form,
    pub login: String,
    pub role: String,
    pub merchants: Vec<(String, String, bool)>,
}

impl View for Profile {
    const TEMPLATE: &'static str = "pages/settings_profile.html";
    fn samples() -> Vec<Sample<Self>> {
        let view = Self {
            form: Form::of(&[
                ("name", "Айгерим Жумабек"),
                ("language", "ru"),
                ("theme", "system"),
                ("single_keys", "on"),
            ]),
            login: "+7 701 000 12 34".to_owned(),
            role: "owner".to_owned(),
            merchants: vec![
                ("mer_1".to_owned(), "Aru Home".to_owned(), true),
                ("mer_2".to_owned(), "Dala Opt".to_owned(), false),
            ],
        };
        vec![
            Sample::new("normal", view.clone()),
            Sample::new(
                "packer",
                Self {
                    role: "packer".to_owned(),
                    merchants: Vec::new(),
                    ..view
                },
            )
            .around(Around::Packer),
        ]
    }
}
