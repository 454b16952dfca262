//! What surrounds a page, filled from the services: person, shops, menu counters, pause banner, trouble.

use crate::{
    door::{Desk, language},
    shell::{Counts, PauseNotice, Person, Shell, ShopMark, Trouble},
};
use sauda_accounts::{Right, Session, Theme};
use sauda_catalog::{AccessState, Shop};
use sauda_edge::{Language, Refusal};
use sauda_kernel::Span;
use sauda_orders::{StageCounts, model::View as OrderView};
use sauda_pricing::{board::BoardCounts, service::PauseSubject, service::ShopMode};
use std::collections::BTreeSet;

/// The storefront is not heard of for this long while the bot works: the page says so.
const STALE_AFTER: Span = Span::from_mins(30);

/// The page of a shop: the shop by its word in the address, and the surroundings with menu, pause and trouble.
pub struct AtShop {
    pub shop: Shop,
    pub shell: Shell,
    /// City that lists show: chosen in the query, or the shop's first.
    pub city: String,
    /// Counts of the board in that city; zeros for who may not see prices.
    pub counts: BoardCounts,
}

impl Desk {
    /// Surroundings of a page that belongs to no shop: settings, connecting.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn shell(
        &self,
        session: &Session,
        to: Language,
        path: &str,
        active: &'static str,
    ) -> Result<Shell, Refusal> {
        let mut shell = Shell::bare(language(to), self.now(), path);
        shell.active = active;
        self.fill_person(&mut shell, session).await?;
        shell.fill_menu(Counts::default());
        Ok(shell)
    }

    /// A shop and its surroundings.
    ///
    /// # Errors
    /// When this merchant has no such shop, or the database does not answer.
    pub async fn at_shop(
        &self,
        session: &Session,
        to: Language,
        path: &str,
        active: &'static str,
        slug: &str,
        city: Option<&str>,
    ) -> Result<AtShop, Refusal> {
        let (shop, city) = self.shop_and_city(session, slug, city).await?;
        self.around(session, to, path, active, shop, city).await
    }

    /// The shop of an address, and the city that was asked for or its first.
    ///
    /// # Errors
    /// When this merchant has no such shop, or the database does not answer.
    pub async fn shop_and_city(
        &self,
        session: &Session,
        slug: &str,
        city: Option<&str>,
    ) -> Result<(Shop, String), Refusal> {
        let shop = self.catalog.shop_by_slug(&session.scope, slug).await?;
        let city = match city.filter(|city| !city.is_empty()) {
            Some(city) => city.to_owned(),
            None => self.default_city(session, &shop).await?,
        };
        Ok((shop, city))
    }

    /// Surroundings of a page of a shop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn around(
        &self,
        session: &Session,
        to: Language,
        path: &str,
        active: &'static str,
        shop: Shop,
        city: String,
    ) -> Result<AtShop, Refusal> {
        let scope = &session.scope;
        let mut shell = Shell::bare(language(to), self.now(), path);
        shell.active = active;
        shell.base = format!("/s/{}", shop.slug);
        shell.shop = Some(mark(&shop));
        let board = async {
            if scope.may(Right::ViewPrices) {
                return self.pricing.board_counts(scope, &shop.id, &city).await;
            }
            Ok(BoardCounts::default())
        };
        // The counts look at every offer: what else the page needs is asked for beside them.
        let rest = async {
            self.fill_person(&mut shell, session).await?;
            let notices = self.catalog.notices(scope, Some(&shop.id), 100).await?;
            let jobs = self.jobs.counts().await?;
            let orders = if scope.may(Right::ViewOrders) {
                self.orders.counts(scope, &shop.id).await?
            } else {
                StageCounts::default()
            };
            let talks = if scope.may(Right::ViewMessages) {
                self.messages.waiting_for_people(&shop.id).await?
            } else {
                0
            };
            self.fill_pause(&mut shell, session, &shop).await?;
            self.fill_trouble(&mut shell, session, &shop).await?;
            Ok::<_, Refusal>((notices, jobs, orders, talks))
        };
        let (counts, rest) = tokio::join!(board, rest);
        let (counts, (notices, jobs, orders, talks)) = (counts?, rest?);
        let access = i64::from(
            shop.access_state
                .is_some_and(|state| state != AccessState::Connected),
        );
        let parked = jobs
            .into_iter()
            .filter(|count| count.state.word() == "parked")
            .map(|count| i64::try_from(count.jobs).unwrap_or(0))
            .sum();
        let today = i64::try_from(notices.len()).unwrap_or(0) + counts.asks;
        shell.fill_menu(Counts {
            today,
            orders: [
                OrderView::New,
                OrderView::Pack,
                OrderView::HandOver,
                OrderView::Own,
            ]
            .map(|view| orders.of(view))
            .iter()
            .sum(),
            talks,
            not_first: counts.not_first,
            parked,
            access,
        });
        Ok(AtShop {
            shop,
            shell,
            city,
            counts,
        })
    }

    pub(crate) async fn default_city(&self, session: &Session, shop: &Shop) -> Result<String, Refusal> {
        if let Some(city) = &shop.main_city {
            return Ok(city.clone());
        }
        let cities = self.catalog.cities(&session.scope, &shop.id).await?;
        Ok(cities
            .into_iter()
            .find(|city| city.watched)
            .map(|city| city.city_id)
            .unwrap_or_default())
    }

    async fn fill_person(&self, shell: &mut Shell, session: &Session) -> Result<(), Refusal> {
        let scope = &session.scope;
        fill_session(shell, session);
        self.tell(shell);
        let shops = self.catalog.shops(scope).await?;
        shell.shops = shops.iter().map(mark).collect();
        if shell.base.is_empty()
            && let Some(first) = shops.first()
        {
            shell.base = format!("/s/{}", first.slug);
            shell.shop = Some(mark(first));
        }
        Ok(())
    }

    async fn fill_pause(&self, shell: &mut Shell, session: &Session, shop: &Shop) -> Result<(), Refusal> {
        let pauses = self.pricing.pauses(&session.scope).await?;
        let found = pauses.into_iter().find(|pause| match &pause.subject {
            PauseSubject::Everything => true,
            PauseSubject::Shop(id) => *id == shop.id,
            PauseSubject::Rule(_) | PauseSubject::Offer(_) => false,
        });
        shell.pause = found.map(|pause| PauseNotice {
            by: pause.by,
            since: pause.at,
            until: pause.until,
        });
        Ok(())
    }

    async fn fill_trouble(&self, shell: &mut Shell, session: &Session, shop: &Shop) -> Result<(), Refusal> {
        let pulse = self.pricing.pulse(&session.scope, &shop.id).await?;
        let trouble = |word, tone, since, href: &str| Trouble {
            word,
            tone,
            since,
            data_at: pulse.checked_at,
            next_try: None,
            href: Some(href.to_owned()),
        };
        shell.trouble = match (shop.access_state, pulse.checked_at) {
            (Some(AccessState::SessionEnded | AccessState::NeedsCode | AccessState::WrongPassword), _) => {
                Some(trouble(
                    "session",
                    "bad",
                    shop.contact_at.unwrap_or(shell.now),
                    "/settings/shops",
                ))
            }
            (Some(AccessState::Blocked), _) => Some(trouble(
                "blocked",
                "bad",
                shop.contact_at.unwrap_or(shell.now),
                "/settings/shops",
            )),
            (_, Some(at)) if pulse.mode == ShopMode::On && shell.now.since(at) > STALE_AFTER => Some(
                trouble("silent", "bad", at, &format!("{}/automation/health", shell.base)),
            ),
            _ => None,
        };
        Ok(())
    }
}

fn mark(shop: &Shop) -> ShopMark {
    ShopMark {
        slug: shop.slug.clone(),
        name: shop.name.clone(),
        mark: shop.name.chars().next().map(String::from).unwrap_or_default(),
    }
}

/// What the session alone knows of the person.
pub(crate) fn fill_session(shell: &mut Shell, session: &Session) {
    let scope = &session.scope;
    shell.person = Some(Person {
        name: session.name.clone(),
        short: initials(&session.name),
        role: session.role.word().to_owned(),
    });
    shell.theme = theme(session);
    shell.single_keys = session.preferences.shortcuts;
    shell.may = Right::ALL
        .into_iter()
        .filter(|right| scope.may(*right))
        .map(|right| right.word().to_owned())
        .collect::<BTreeSet<_>>();
}

/// Two letters of a name.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().next())
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}

/// The chosen theme; `None` follows the system.
pub(crate) fn theme(session: &Session) -> Option<String> {
    match session.preferences.theme {
        Theme::System => None,
        Theme::Light => Some("light".to_owned()),
        Theme::Dark => Some("dark".to_owned()),
    }
}
