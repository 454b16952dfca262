//! Messages: talks and templates. Refuses to hold whole numbers for those who need not see them.

use super::{
    Around, Sample, View,
    parts::{Form, Tab, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A talk in the list.
#[derive(Debug, Clone, Serialize)]
pub struct TalkLine {
    pub href: String,
    /// Empty when unknown.
    pub name: String,
    /// Masked unless the person may see buyers.
    pub phone: Option<String>,
    pub order: Option<String>,
    pub last_at: Timestamp,
    pub last_text: String,
    pub last_ours: bool,
    pub unread: i64,
    pub needs_person: bool,
    pub is_silent: bool,
}

/// One message of a talk; its state is `message-state-<word>`, its trouble `message-trouble-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct MessageLine {
    pub id: String,
    /// `buyer`, `bot` or `me`.
    pub from: &'static str,
    pub at: Timestamp,
    pub text: String,
    /// Empty for what buyers wrote.
    pub state: &'static str,
    pub tone: &'static str,
    pub trouble: Option<String>,
    /// Word of a trigger.
    pub about: Option<String>,
    pub by: String,
    /// What came with it.
    pub file: Option<FileLine>,
    pub may_cancel: bool,
    /// When it may leave, while it waits.
    pub due_at: Option<Timestamp>,
}

/// A file of a message; its kind is `message-file-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct FileLine {
    /// Where its bytes are; none when they are not here.
    pub href: Option<String>,
    /// `picture`, `voice`, `video` or `document`.
    pub kind: &'static str,
    /// Empty when it has none.
    pub name: String,
    /// Word of `message-file-state-<word>`; empty for what is here.
    pub state: &'static str,
    /// Word of `message-file-why-<word>`.
    pub trouble: Option<&'static str>,
}

/// How the way out stands, beside everything that is written.
#[derive(Debug, Clone, Serialize)]
pub struct WayOut {
    /// `none`, `off` or `works`.
    pub state: &'static str,
    /// Messages that wait for their turn.
    pub waiting: i64,
    pub next_at: Option<Timestamp>,
}

/// The list of talks.
#[derive(Debug, Clone, Serialize)]
pub struct InboxPage {
    pub base: String,
    pub tabs: Vec<Tab>,
    pub view: &'static str,
    pub query: String,
    pub talks: Vec<TalkLine>,
    pub next: Option<String>,
    /// Open orders whose phone is hidden: their buyers cannot be written to.
    pub hidden: i64,
    pub way: WayOut,
}

/// One talk.
#[derive(Debug, Clone, Serialize)]
pub struct TalkPage {
    pub base: String,
    /// Address of this page; forms go there.
    pub href: String,
    pub talk: Option<TalkLine>,
    /// Number and address of the order.
    pub order: Option<(String, String)>,
    pub messages: Vec<MessageLine>,
    pub form: Form,
    /// Address that fills the composer, and the name, of each template.
    pub templates: Vec<(String, NameOf)>,
    pub may_write: bool,
    /// Why nothing can be written: `silent`, `no_line` or `no_phone`.
    pub closed: Option<&'static str>,
    pub asked: Option<&'static str>,
    pub way: WayOut,
}

/// A name that is a text of ours (`messages-trigger-<word>`) or a shop's own.
#[derive(Debug, Clone, Serialize)]
pub struct NameOf {
    pub trigger: Option<&'static str>,
    pub name: String,
}

/// A template in the list, with when it is sent by itself.
#[derive(Debug, Clone, Serialize)]
pub struct TemplateLine {
    pub href: String,
    pub name: NameOf,
    pub ru: String,
    pub changed_by: String,
    pub changed_at: Option<Timestamp>,
    pub trigger: Option<TriggerLine>,
}

/// When a trigger speaks.
#[derive(Debug, Clone, Serialize)]
pub struct TriggerLine {
    pub word: &'static str,
    pub is_on: bool,
    pub delay: i64,
    pub from: String,
    pub until: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct TemplatesPage {
    pub base: String,
    pub templates: Vec<TemplateLine>,
    pub may_edit: bool,
    pub form: Form,
    pub way: WayOut,
}

/// How a text would look.
#[derive(Debug, Clone, Serialize)]
pub struct PreviewPart {
    /// `ru` or `kk`.
    pub language: &'static str,
    pub text: String,
    pub length: usize,
    /// Words of the variables that are not known.
    pub missing: Vec<&'static str>,
}

/// One template, being written.
#[derive(Debug, Clone, Serialize)]
pub struct TemplatePage {
    pub base: String,
    pub href: String,
    pub name: NameOf,
    pub is_own: bool,
    pub form: Form,
    /// Word and both names of each variable.
    pub variables: Vec<(&'static str, &'static str, &'static str)>,
    pub preview: Vec<PreviewPart>,
    pub one_sided: Vec<&'static str>,
    pub order: Option<String>,
    pub may_edit: bool,
}

fn talk(name: &str, text: &str, minutes: i64, needs_person: bool) -> TalkLine {
    TalkLine {
        href: "/s/aru-home/messages/talks/tlk_1".to_owned(),
        name: name.to_owned(),
        phone: Some("+7701•••4567".to_owned()),
        order: Some("412807433".to_owned()),
        last_at: sample::minutes_ago(minutes),
        last_text: text.to_owned(),
        last_ours: !needs_person,
        unread: i64::from(needs_person),
        needs_person,
        is_silent: false,
    }
}

fn way(state: &'static str) -> WayOut {
    WayOut {
        state,
        waiting: 3,
        next_at: Some(sample::in_minutes(1)),
    }
}

fn said(from: &'static str, text: &str, state: &'static str) -> MessageLine {
    MessageLine {
        id: "msg_1".to_owned(),
        from,
        at: sample::minutes_ago(12),
        text: text.to_owned(),
        state,
        tone: if state == "failed" { "bad" } else { "" },
        trouble: (state == "failed").then(|| "no_recipient".to_owned()),
        about: (from == "bot").then(|| "size_confirmation".to_owned()),
        by: if from == "me" {
            "Айгерим Жумабек"
        } else {
            ""
        }
        .to_owned(),
        file: None,
        may_cancel: state == "queued",
        due_at: (state == "queued").then(|| sample::in_minutes(2)),
    }
}

fn sent(kind: &'static str, name: &str, state: &'static str, trouble: Option<&'static str>) -> MessageLine {
    MessageLine {
        file: Some(FileLine {
            href: state
                .is_empty()
                .then(|| "/s/aru-home/messages/files/msg_1".to_owned()),
            kind,
            name: name.to_owned(),
            state,
            trouble,
        }),
        ..said("buyer", "", "")
    }
}

impl View for InboxPage {
    const TEMPLATE: &'static str = "pages/messages.html";
    fn samples() -> Vec<Sample<Self>> {
        let tab = |word: &str, count, is_on| Tab {
            word: word.to_owned(),
            href: format!("/s/aru-home/messages?view={word}"),
            count: Some(count),
            tone: "",
            is_on,
        };
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            tabs: vec![
                tab("needs_person", 2, true),
                tab("all", 48, false),
                tab("silent", 1, false),
            ],
            view: "needs_person",
            query: String::new(),
            talks: vec![
                talk("Асель Примерова", "А есть размер побольше?", 3, true),
                talk("", "Сәлеметсіз бе, қашан келеді?", 40, true),
                TalkLine {
                    is_silent: true,
                    ..talk("Данияр", "Не пишите мне больше", 200, false)
                },
            ],
            next: Some("/s/aru-home/messages?after=1".to_owned()),
            hidden: 3,
            way: way("works"),
        };
        let empty = |state, query: &str| Self {
            talks: Vec::new(),
            hidden: 0,
            next: None,
            query: query.to_owned(),
            way: WayOut {
                waiting: 0,
                ..way(state)
            },
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "off",
                Self {
                    way: way("off"),
                    ..normal.clone()
                },
            ),
            Sample::new("empty", empty("works", "")),
            Sample::new("not_found", empty("works", "Иванов")),
            Sample::new("no_line", empty("none", "")),
            Sample::new("packer", normal.clone()).around(Around::Packer),
        ]
    }
}

impl View for TalkPage {
    const TEMPLATE: &'static str = "pages/talk.html";
    fn samples() -> Vec<Sample<Self>> {
        let name = |trigger: Option<&'static str>, name: &str| NameOf {
            trigger,
            name: name.to_owned(),
        };
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            href: "/s/aru-home/messages/talks/tlk_1".to_owned(),
            talk: Some(talk("Асель Примерова", "Лучше 50", 3, true)),
            order: Some(("412807433".to_owned(), "/s/aru-home/orders/412807433".to_owned())),
            messages: vec![
                said("bot", "Здравствуйте, Асель! Размер 48 вам подходит?", "read"),
                said("buyer", "Лучше 50", ""),
                said("me", "Хорошо, положим 50", "queued"),
                said("me", "Спасибо!", "failed"),
                sent("picture", "photo.jpg", "", None),
                sent("voice", "", "", None),
                sent("document", "замеры.pdf", "waiting", None),
                sent("document", "setup.exe", "refused", Some("kind")),
                sent("picture", "", "lost", Some("gone")),
            ],
            form: Form::default(),
            templates: vec![
                ("?template=shipped".to_owned(), name(Some("shipped"), "")),
                ("?template=own_1".to_owned(), name(None, "Спасибо")),
            ],
            may_write: true,
            closed: None,
            asked: None,
            way: way("works"),
        };
        let closed = |why| Self {
            closed: Some(why),
            ..normal.clone()
        };
        let silent = Self {
            talk: normal.talk.clone().map(|talk| TalkLine {
                is_silent: true,
                ..talk
            }),
            ..closed("silent")
        };
        let lifting = Self {
            asked: Some("lift"),
            ..silent.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("silent", silent),
            Sample::new("lifting", lifting),
            Sample::new("no_line", closed("no_line")),
            Sample::new(
                "no_phone",
                Self {
                    talk: None,
                    messages: Vec::new(),
                    ..closed("no_phone")
                },
            ),
            Sample::new(
                "asked",
                Self {
                    asked: Some("erase"),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "refused",
                Self {
                    form: Form::default().refuse("text", super::parts::Told::new("message-empty")),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "packer",
                Self {
                    may_write: false,
                    ..normal.clone()
                },
            )
            .around(Around::Packer),
        ]
    }
}

impl View for TemplatesPage {
    const TEMPLATE: &'static str = "pages/templates.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |word: &'static str, is_on| TemplateLine {
            href: format!("/s/aru-home/messages/templates/{word}"),
            name: NameOf {
                trigger: Some(word),
                name: String::new(),
            },
            ru: "Здравствуйте, {имя}! Заказ {номер_заказа} принят.".to_owned(),
            changed_by: "Айгерим Жумабек".to_owned(),
            changed_at: Some(sample::minutes_ago(500)),
            trigger: Some(TriggerLine {
                word,
                is_on,
                delay: 10,
                from: "09:00".to_owned(),
                until: "21:00".to_owned(),
            }),
        };
        let own = TemplateLine {
            href: "/s/aru-home/messages/templates/own_1".to_owned(),
            name: NameOf {
                trigger: None,
                name: "Спасибо за отзыв".to_owned(),
            },
            trigger: None,
            changed_at: None,
            ..line("approved", false)
        };
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            templates: vec![line("approved", true), line("shipped", false), own],
            may_edit: true,
            form: Form::default(),
            way: way("works"),
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "no_line",
                Self {
                    way: way("none"),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "refused",
                Self {
                    form: Form::of(&[("trigger", "approved")])
                        .refuse("delay", super::parts::Told::new("trigger-delay").arg("value", -1)),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "reader",
                Self {
                    may_edit: false,
                    ..normal.clone()
                },
            )
            .around(Around::Packer),
        ]
    }
}

impl View for TemplatePage {
    const TEMPLATE: &'static str = "pages/template.html";
    fn samples() -> Vec<Sample<Self>> {
        let part = |language, text: &str| PreviewPart {
            language,
            text: text.to_owned(),
            length: text.chars().count(),
            missing: Vec::new(),
        };
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            href: "/s/aru-home/messages/templates/shipped".to_owned(),
            name: NameOf {
                trigger: Some("shipped"),
                name: String::new(),
            },
            is_own: false,
            form: Form::of(&[
                ("ru", "{имя}, заказ {номер_заказа} едет"),
                ("kk", "{имя}, {номер_заказа} жолда"),
                ("version", "1"),
            ]),
            variables: vec![
                ("customer_name", "имя", "аты"),
                ("order_code", "номер_заказа", "тапсырыс_нөмірі"),
            ],
            preview: vec![
                part("ru", "Асель, заказ 412807433 едет"),
                PreviewPart {
                    missing: vec!["size"],
                    ..part("kk", "Асель, 412807433 жолда")
                },
            ],
            one_sided: vec!["size"],
            order: Some("412807433".to_owned()),
            may_edit: true,
        };
        let wrong = super::parts::Told::new("template-unknown-variable")
            .arg("name", "номр_заказа")
            .arg("nearest", "номер_заказа");
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "refused",
                Self {
                    form: normal.form.clone().refuse("ru", wrong),
                    preview: Vec::new(),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "own",
                Self {
                    is_own: true,
                    name: NameOf {
                        trigger: None,
                        name: String::new(),
                    },
                    order: None,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "reader",
                Self {
                    may_edit: false,
                    ..normal.clone()
                },
            )
            .around(Around::Packer),
        ]
    }
}
