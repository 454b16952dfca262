//! What the team is told: the bot with its chats, and each person's notifications. Refuses to hold a token; a code of a link is shown once.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// The bot and how it does.
#[derive(Debug, Clone, Serialize)]
pub struct BotLine {
    pub name: String,
    pub user_name: String,
    /// Word of what is wrong: the text is `err-channel-<word>`.
    pub trouble: Option<Told>,
    pub heard_at: Option<Timestamp>,
    pub connected_by: String,
    pub connected_at: Timestamp,
    pub waiting: i64,
    pub said: i64,
}

/// A chat that is linked, or was.
#[derive(Debug, Clone, Serialize)]
pub struct ChatLine {
    pub id: String,
    pub name: String,
    pub person: String,
    pub is_group: bool,
    pub is_own: bool,
    pub may_unlink: bool,
    pub linked_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Key of the text `tg-ended-<word>`.
    pub ended: Option<String>,
}

/// Something that could not be said.
#[derive(Debug, Clone, Serialize)]
pub struct TroubleLine {
    pub at: Timestamp,
    pub way: &'static str,
    pub what: &'static str,
    /// Key of the text `team-trouble-<word>`.
    pub word: &'static str,
    /// The channel's own words.
    pub text: Option<String>,
}

/// A link to be opened once.
#[derive(Debug, Clone, Serialize)]
pub struct CodeShown {
    pub code: String,
    pub url: String,
    pub group_url: String,
    pub until: Timestamp,
    pub picture: String,
}

/// The bot of the team.
#[derive(Debug, Clone, Serialize)]
pub struct TelegramPage {
    /// Address of the messages of a shop; none for those who do not see them.
    pub tabs: Option<String>,
    pub bot: Option<BotLine>,
    pub chats: Vec<ChatLine>,
    pub troubles: Vec<TroubleLine>,
    pub has_own: bool,
    pub may_manage: bool,
    pub code: Option<CodeShown>,
    pub form: Form,
}

impl View for TelegramPage {
    const TEMPLATE: &'static str = "pages/telegram.html";
    fn samples() -> Vec<Sample<Self>> {
        let chat = ChatLine {
            id: "tln_1".to_owned(),
            name: "Айгерим".to_owned(),
            person: "Aigerim B.".to_owned(),
            is_group: false,
            is_own: true,
            may_unlink: true,
            linked_at: sample::days_ago(12),
            ended_at: None,
            ended: None,
        };
        let normal = Self {
            tabs: Some("/s/aru-home/messages".to_owned()),
            bot: Some(BotLine {
                name: "Aru Home: заказы".to_owned(),
                user_name: "aru_home_desk_bot".to_owned(),
                trouble: None,
                heard_at: Some(sample::minutes_ago(0)),
                connected_by: "Айгерим".to_owned(),
                connected_at: sample::days_ago(12),
                waiting: 2,
                said: 41,
            }),
            chats: vec![
                chat.clone(),
                ChatLine {
                    id: "tln_2".to_owned(),
                    name: "Данияр".to_owned(),
                    person: "Склад".to_owned(),
                    is_group: true,
                    is_own: false,
                    ..chat.clone()
                },
                ChatLine {
                    id: "tln_3".to_owned(),
                    name: "Ерлан".to_owned(),
                    is_own: false,
                    may_unlink: false,
                    ended_at: Some(sample::days_ago(1)),
                    ended: Some("blocked".to_owned()),
                    ..chat
                },
            ],
            troubles: vec![TroubleLine {
                at: sample::minutes_ago(50),
                way: "telegram",
                what: "urgent",
                word: "unclear",
                text: Some("unconfirmed: no answer came in time".to_owned()),
            }],
            has_own: true,
            may_manage: true,
            code: None,
            form: Form::default(),
        };
        let stolen = Self {
            bot: normal.bot.clone().map(|bot| BotLine {
                trouble: Some(Told::new("channel-bad-key")),
                ..bot
            }),
            troubles: Vec::new(),
            ..normal.clone()
        };
        let none = Self {
            bot: None,
            chats: Vec::new(),
            troubles: Vec::new(),
            has_own: false,
            ..normal.clone()
        };
        let wrong = Self {
            form: Form::default().refuse("token", Told::new("channel-bad-key")),
            ..none.clone()
        };
        let code = Self {
            chats: Vec::new(),
            has_own: false,
            code: Some(CodeShown {
                code: "K7QW2M5XN4RTJ6BA".to_owned(),
                url: "https://t.me/aru_home_desk_bot?start=K7QW2M5XN4RTJ6BA".to_owned(),
                group_url: "https://t.me/aru_home_desk_bot?startgroup=K7QW2M5XN4RTJ6BA".to_owned(),
                until: sample::minutes_ago(-15),
                picture: "<svg viewBox=\"0 0 8 8\" width=\"220\" height=\"220\"></svg>".to_owned(),
            }),
            ..normal.clone()
        };
        let packer = Self {
            may_manage: false,
            ..none.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("stolen", stolen),
            Sample::new("nothing-yet", none),
            Sample::new("wrong", wrong),
            Sample::new("code", code),
            Sample::new("packer", packer).around(Around::Packer),
        ]
    }
}

/// A row of the table: what, and by which ways.
#[derive(Debug, Clone, Serialize)]
pub struct WishLine {
    pub word: &'static str,
    pub by_telegram: bool,
    pub by_mail: bool,
    pub by_screen: bool,
}

/// A person's notifications.
#[derive(Debug, Clone, Serialize)]
pub struct Notifications {
    pub rows: Vec<WishLine>,
    pub has_bot: bool,
    pub has_chat: bool,
    pub sends_mail: bool,
    pub mail: Option<String>,
    /// Letters go there.
    pub is_confirmed: bool,
    /// When the link that confirms it was sent.
    pub asked_at: Option<Timestamp>,
    pub form: Form,
}

impl View for Notifications {
    const TEMPLATE: &'static str = "pages/settings_notifications.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |word, by_telegram, by_mail| WishLine {
            word,
            by_telegram,
            by_mail,
            by_screen: true,
        };
        let form = Form::of(&[
            ("quiet_from", "22:00"),
            ("quiet_until", "08:00"),
            ("report_at", "20:00"),
            ("mail", ""),
        ]);
        let normal = Self {
            rows: vec![
                row("urgent", true, false),
                row("new_order", false, false),
                row("trouble", true, false),
                row("day", true, false),
                row("low_stock", true, false),
                row("prices", true, false),
                row("access", true, true),
                row("report", true, true),
            ],
            has_bot: true,
            has_chat: true,
            sends_mail: true,
            mail: Some("aru@example.kz".to_owned()),
            is_confirmed: true,
            asked_at: None,
            form: form.clone(),
        };
        let bare = Self {
            has_bot: false,
            has_chat: false,
            sends_mail: false,
            mail: None,
            ..normal.clone()
        };
        let wrong = Self {
            form: form.refuse("quiet_until", Told::new("team-time").arg("value", "8")),
            has_chat: false,
            mail: None,
            ..normal.clone()
        };
        let unconfirmed = Self {
            is_confirmed: false,
            asked_at: Some(sample::minutes_ago(4)),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("unconfirmed", unconfirmed),
            Sample::new("nothing-yet", bare),
            Sample::new("wrong", wrong),
        ]
    }
}
