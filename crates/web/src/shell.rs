//! What surrounds every page: menu by right, shop switch, person, pause banner, live stream. Refuses to know page content.

use crate::words::Language;
use sauda_kernel::Timestamp;
use serde::Serialize;
use std::collections::BTreeSet;

/// A line of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavItem {
    /// Word of the page; its name is the text `nav-<word>`.
    pub word: &'static str,
    pub href: String,
    pub icon: &'static str,
    /// Things that wait for a person.
    pub count: Option<i64>,
    /// `bad` for a deadline or a failure.
    pub tone: &'static str,
    /// Letters of the keyboard way there, such as `gp`.
    pub keys: &'static str,
}

/// A part of the menu; its title is the text `nav-group-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavGroup {
    pub word: &'static str,
    pub items: Vec<NavItem>,
}

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    pub name: String,
    /// Two letters for the round mark.
    pub short: String,
    /// Word of the role; its name is the text `role-<word>`.
    pub role: String,
}

/// A shop in the switch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ShopMark {
    pub slug: String,
    pub name: String,
    /// One letter.
    pub mark: String,
}

/// Prices stand still: who said so and until when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PauseNotice {
    pub by: String,
    pub since: Timestamp,
    /// `None`: until it is switched on.
    pub until: Option<Timestamp>,
}

/// Something outside does not work: shown under the head with the age of what is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Trouble {
    /// Word; the text is `trouble-<word>`.
    pub word: &'static str,
    pub tone: &'static str,
    pub since: Timestamp,
    /// Age of the data on the page.
    pub data_at: Option<Timestamp>,
    pub next_try: Option<Timestamp>,
    /// Where to act.
    pub href: Option<String>,
}

/// A message after a redirect, with the form that undoes what was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Toast {
    pub text: String,
    /// Address to post to.
    pub undo: Option<String>,
}

/// Everything around the page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shell {
    pub language: Language,
    pub theme: Option<String>,
    pub now: Timestamp,
    /// Address of this page with its query, for the language switch and for coming back.
    pub path: String,
    /// Word of the current page in the menu.
    pub active: &'static str,
    /// `/s/<slug>`; empty while no shop is connected.
    pub base: String,
    pub person: Option<Person>,
    pub shop: Option<ShopMark>,
    pub shops: Vec<ShopMark>,
    /// Words of the rights of this person.
    pub may: BTreeSet<String>,
    pub nav: Vec<NavGroup>,
    pub bar: Vec<NavItem>,
    pub pause: Option<PauseNotice>,
    pub trouble: Option<Trouble>,
    pub toast: Option<Toast>,
    /// Address of the event stream of this page.
    pub live: Option<String>,
    pub single_keys: bool,
    pub version: &'static str,
}

/// Counters of the menu.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub today: i64,
    /// New ones and those to be packed or handed over.
    pub orders: i64,
    /// Talks that wait for a person.
    pub talks: i64,
    pub not_first: i64,
    pub parked: i64,
    pub access: i64,
}

impl Shell {
    /// A page before sign-in.
    pub fn bare(language: Language, now: Timestamp, path: &str) -> Self {
        Self {
            language,
            theme: None,
            now,
            path: path.to_owned(),
            active: "",
            base: String::new(),
            person: None,
            shop: None,
            shops: Vec::new(),
            may: BTreeSet::new(),
            nav: Vec::new(),
            bar: Vec::new(),
            pause: None,
            trouble: None,
            toast: None,
            live: None,
            single_keys: true,
            version: env!("CARGO_PKG_VERSION"),
        }
    }

    /// Fills the menu from the rights: what a person may never see is not there.
    pub fn fill_menu(&mut self, counts: Counts) {
        let base = self.base.clone();
        let page = |word: &'static str, icon: &'static str, href: String, count: i64, tone, keys| NavItem {
            word,
            href,
            icon,
            count: (count > 0).then_some(count),
            tone,
            keys,
        };
        // icons: sun-medium package tag workflow settings menu
        let today = page(
            "today",
            "sun-medium",
            format!("{base}/today"),
            counts.today,
            "accent",
            "gt",
        );
        let orders = page(
            "orders",
            "package",
            format!("{base}/orders"),
            counts.orders,
            "",
            "go",
        );
        let prices = page(
            "prices",
            "tag",
            format!("{base}/prices"),
            counts.not_first,
            "bad",
            "gp",
        );
        // icons: book-open
        let catalog = page("catalog", "book-open", "/catalog".to_owned(), 0, "", "gc");
        // icons: flask-conical
        let market = page("market", "flask-conical", format!("{base}/market"), 0, "", "gk");
        // icons: message-circle
        let messages = page(
            "messages",
            "message-circle",
            format!("{base}/messages"),
            counts.talks,
            "bad",
            "gm",
        );
        // icons: hand-coins
        let money = page(
            "money",
            "hand-coins",
            format!("{base}/money/calculator"),
            0,
            "",
            "",
        );
        let automation = page(
            "automation",
            "workflow",
            format!("{base}/automation"),
            counts.parked,
            "bad",
            "ga",
        );
        let settings = page(
            "settings",
            "settings",
            "/settings".to_owned(),
            counts.access,
            "bad",
            "gs",
        );
        let more = page("more", "menu", format!("{base}/more"), counts.access, "bad", "");
        let may = |right: &str| self.may.contains(right);
        let mut daily = Vec::new();
        if may("view_today") {
            daily.push(today);
        }
        if may("view_orders") {
            daily.push(orders);
        }
        if may("view_prices") {
            daily.push(prices);
        }
        if may("view_messages") {
            daily.push(messages);
        }
        let mut goods = Vec::new();
        if may("view_catalog") {
            goods.push(catalog);
            // icons: archive
            goods.push(page("stock", "archive", "/stock".to_owned(), 0, "", "gk"));
        }
        if may("view_money") && !base.is_empty() {
            goods.push(money);
        }
        if may("view_prices") {
            goods.push(market);
        }
        let mut system = Vec::new();
        if may("view_automation") {
            system.push(automation);
        }
        system.push(settings);
        self.bar = daily
            .iter()
            .chain(&system)
            .filter(|item| !matches!(item.word, "settings" | "automation"))
            .cloned()
            .chain([more])
            .collect();
        self.nav = vec![
            NavGroup {
                word: "daily",
                items: daily,
            },
            NavGroup {
                word: "goods",
                items: goods,
            },
            NavGroup {
                word: "system",
                items: system,
            },
        ];
    }
}
