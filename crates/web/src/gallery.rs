//! Every page in every state, drawn from samples: for looking, for screenshots and for the test that draws them all.
//! Refuses to be reachable in a release without a setting.

use crate::{
    shell::{Counts, PauseNotice, Person, Shell, ShopMark, Trouble},
    views::{
        Around, View, account, automation, bulk, cards, catalogue, catalogue_import, cities, connect, day,
        feed, fit, guard, import, market, market_compare, market_raws, market_reviews, market_trends,
        message_lines, messages, money, money_rates, money_reports, order, orders, orders_cancel,
        parts::sample, pick, points, prices, print, product, reports, returns, rules, settings, stock,
        stock_counts, stock_purchases, stock_settings, system, team, today,
    },
    words::Language,
};
use minijinja::{Value, context};
use std::collections::BTreeSet;

/// A page of the gallery, ready to be drawn in a language.
pub struct Page {
    /// `prices/normal`.
    pub name: String,
    pub template: &'static str,
    view: Value,
    around: Around,
}

impl Page {
    /// The whole context of the template.
    pub fn context(&self, language: Language) -> Value {
        let shell = surroundings(
            self.around,
            language,
            self.active(),
            &format!("/dev/ui/{}", self.name),
        );
        context! { shell => Value::from_serialize(&shell), v => self.view.clone() }
    }

    fn active(&self) -> &'static str {
        match self.name.split('/').next().unwrap_or_default() {
            "today" => "today",
            name if name.starts_with("settings") => "settings",
            name if name.starts_with("automation") => "automation",
            "jobs" | "run" | "parked" | "budgets" | "proxies" | "health" => "automation",
            "messages" | "talk" | "whatsapp" | "whatsapp_link" | "templates" | "template"
            | "message_limits" => "messages",
            "orders" | "order" | "day" | "days" | "print" | "pick" | "returns" => "orders",
            "feed" | "preorders" | "warehouses" | "cards" => "catalog",
            name if name.starts_with("stock") => "stock",
            name if name.starts_with("catalogue") => "catalog",
            name if name.starts_with("market") => "market",
            "more" => "more",
            _ => "prices",
        }
    }
}

fn add<V: View>(pages: &mut Vec<Page>) {
    let stem = V::TEMPLATE
        .trim_start_matches("pages/")
        .trim_end_matches(".html")
        .to_owned();
    for sample in V::samples() {
        pages.push(Page {
            name: format!("{stem}/{}", sample.name),
            template: V::TEMPLATE,
            view: Value::from_serialize(&sample.view),
            around: sample.around,
        });
    }
}

/// All pages in all states.
pub fn pages() -> Vec<Page> {
    let mut pages = Vec::new();
    add::<account::SignUp>(&mut pages);
    add::<account::SignIn>(&mut pages);
    add::<account::SecondFactor>(&mut pages);
    add::<account::Join>(&mut pages);
    add::<account::NewPassword>(&mut pages);
    add::<connect::ConnectWay>(&mut pages);
    add::<connect::ConnectCode>(&mut pages);
    add::<connect::ConnectCheck>(&mut pages);
    add::<today::Today>(&mut pages);
    add::<prices::Prices>(&mut pages);
    add::<product::Product>(&mut pages);
    add::<orders::OrderList>(&mut pages);
    add::<order::OrderPage>(&mut pages);
    add::<orders_cancel::OrdersCancel>(&mut pages);
    add::<fit::SizesPage>(&mut pages);
    add::<fit::SizesCheck>(&mut pages);
    add::<day::DaysPage>(&mut pages);
    add::<day::DayPage>(&mut pages);
    add::<print::PrintPage>(&mut pages);
    add::<pick::PickPage>(&mut pages);
    add::<returns::ReturnsPage>(&mut pages);
    add::<stock::StockPage>(&mut pages);
    add::<stock::StockProductPage>(&mut pages);
    add::<stock_purchases::PurchasesPage>(&mut pages);
    add::<stock_purchases::PurchasePage>(&mut pages);
    add::<stock_counts::CountsPage>(&mut pages);
    add::<stock_settings::StockSettingsPage>(&mut pages);
    add::<reports::ReportsPage>(&mut pages);
    add::<reports::ReportPage>(&mut pages);
    add::<market::MarketPage>(&mut pages);
    add::<market_compare::ComparePage>(&mut pages);
    add::<market_raws::RawsPage>(&mut pages);
    add::<market_reviews::ReviewsPage>(&mut pages);
    add::<market_trends::TrendsPage>(&mut pages);
    add::<messages::InboxPage>(&mut pages);
    add::<messages::TalkPage>(&mut pages);
    add::<message_lines::LinesPage>(&mut pages);
    add::<message_lines::LinkPage>(&mut pages);
    add::<messages::TemplatesPage>(&mut pages);
    add::<messages::TemplatePage>(&mut pages);
    add::<message_lines::LimitsPage>(&mut pages);
    add::<money::Calculator>(&mut pages);
    add::<money::Calculations>(&mut pages);
    add::<money_reports::ProfitPage>(&mut pages);
    add::<money_reports::TaxPage>(&mut pages);
    add::<money_rates::RatesPage>(&mut pages);
    add::<rules::Rules>(&mut pages);
    add::<rules::RuleEditor>(&mut pages);
    add::<bulk::BulkPreview>(&mut pages);
    add::<bulk::BulkResult>(&mut pages);
    add::<import::ImportFile>(&mut pages);
    add::<import::ImportCheck>(&mut pages);
    add::<import::ImportDone>(&mut pages);
    add::<catalogue::CatalogueList>(&mut pages);
    add::<catalogue::ProductCard>(&mut pages);
    add::<catalogue::CatalogueBulk>(&mut pages);
    add::<catalogue_import::ProductImportFile>(&mut pages);
    add::<catalogue_import::ProductImportColumns>(&mut pages);
    add::<catalogue_import::ProductImportCheck>(&mut pages);
    add::<catalogue_import::ProductImportDone>(&mut pages);
    add::<feed::FeedPage>(&mut pages);
    add::<cards::CardsPage>(&mut pages);
    add::<points::PreordersPage>(&mut pages);
    add::<cities::CitiesPage>(&mut pages);
    add::<points::WarehousesPage>(&mut pages);
    add::<guard::Guard>(&mut pages);
    add::<guard::Pause>(&mut pages);
    add::<guard::BotSwitch>(&mut pages);
    add::<automation::Jobs>(&mut pages);
    add::<automation::Run>(&mut pages);
    add::<automation::Parked>(&mut pages);
    add::<automation::Budgets>(&mut pages);
    add::<automation::Proxies>(&mut pages);
    add::<automation::Health>(&mut pages);
    add::<settings::Shops>(&mut pages);
    add::<settings::Team>(&mut pages);
    add::<settings::Keys>(&mut pages);
    add::<team::TelegramPage>(&mut pages);
    add::<team::Notifications>(&mut pages);
    add::<settings::Security>(&mut pages);
    add::<settings::Audit>(&mut pages);
    add::<settings::Profile>(&mut pages);
    add::<system::More>(&mut pages);
    add::<system::Refusal>(&mut pages);
    add::<system::AboutAccess>(&mut pages);
    add::<system::Gallery>(&mut pages);
    pages
}

const OWNER: [&str; 19] = [
    "view_today",
    "view_prices",
    "manage_prices",
    "view_money",
    "view_orders",
    "manage_orders",
    "view_buyers",
    "view_messages",
    "manage_messages",
    "view_catalog",
    "manage_catalog",
    "view_shops",
    "manage_shops",
    "view_automation",
    "manage_automation",
    "manage_proxies",
    "manage_team",
    "manage_keys",
    "view_audit",
];

fn surroundings(around: Around, language: Language, active: &'static str, path: &str) -> Shell {
    let mut shell = Shell::bare(language, sample::NOW, path);
    if around == Around::Nobody {
        return shell;
    }
    let shop = |slug: &str, name: &str| ShopMark {
        slug: slug.to_owned(),
        name: name.to_owned(),
        mark: "A".to_owned(),
    };
    shell.active = active;
    shell.base = "/s/aru-home".to_owned();
    shell.shop = Some(shop("aru-home", "Aru Home"));
    shell.shops = vec![
        shop("aru-home", "Aru Home"),
        shop("aru-home-astana", "Aru Home Астана"),
    ];
    let rights: &[&str] = if around == Around::Packer {
        &["view_today", "view_catalog"]
    } else {
        &OWNER
    };
    shell.may = rights
        .iter()
        .map(|right| (*right).to_owned())
        .collect::<BTreeSet<_>>();
    let (name, short, role) = if around == Around::Packer {
        ("Ерлан Абаев", "ЕА", "packer")
    } else {
        ("Айгерим Жумабек", "АЖ", "owner")
    };
    shell.person = Some(Person {
        name: name.to_owned(),
        short: short.to_owned(),
        role: role.to_owned(),
    });
    shell.fill_menu(Counts {
        orders: 44,
        talks: 2,
        today: 6,
        not_first: 37,
        parked: 1,
        access: 0,
    });
    if around == Around::Paused {
        shell.pause = Some(PauseNotice {
            by: "Айгерим".to_owned(),
            since: sample::minutes_ago(20),
            until: Some(sample::in_minutes(319)),
        });
    }
    if around == Around::Stale {
        shell.trouble = Some(Trouble {
            word: "silent",
            tone: "bad",
            since: sample::minutes_ago(19),
            data_at: Some(sample::minutes_ago(20)),
            next_try: Some(sample::in_minutes(1)),
            href: Some("/s/aru-home/automation/health".to_owned()),
        });
    }
    shell
}
