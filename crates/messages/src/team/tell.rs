//! Looks what happened in the house and records whom it is told to: once for each thing, person and way. Refuses to send: that is the sender's.

use super::{
    Team, TeamError,
    figures::BURNS,
    mails::is_confirmed,
    model::{Content, NewPost, Way, What, Why},
    quiet,
    service::Recipient,
    store,
};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_kernel::{Failure as _, Kind, MerchantId, Span, Timestamp};
use sauda_orders::{
    OrderFilter, OrdersError,
    model::{Order, View},
};
use std::collections::{BTreeMap, BTreeSet};
use tokio_util::sync::CancellationToken;

/// How often it looks.
const EVERY: Span = Span::from_secs(15);
/// Others look when the one that does is gone.
const LEASE: Span = Span::from_mins(2);
/// News that are older are none.
const NEWS: Span = Span::from_hours(24);
/// Orders due at one time that are told one by one; more are told as a list.
const CARDS: usize = 3;
/// After its minute a report is still told for so long.
const REPORT_LATE: u32 = 180;
/// The hours of the day in which goods that run low are told.
const LOW_HOURS: std::ops::Range<u32> = 10..13;
/// What was said is forgotten after this.
const KEPT: Span = Span::from_days(30);

/// Something that happened.
struct Fact {
    what: What,
    once: String,
    at: Timestamp,
    content: Content,
}

/// Where one recipient is told.
struct Address {
    way: Way,
    address: String,
    /// What was before is not told there.
    since: Timestamp,
}

/// Looks what happened.
pub struct Teller {
    team: Team,
    owner: String,
}

impl Teller {
    pub fn new(team: Team, owner: impl Into<String>) -> Self {
        Self {
            team,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            if let Err(error) = self.turn().await {
                tracing::warn!(
                    error = sauda_kernel::chain(&error),
                    "the team learns later: something does not answer"
                );
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(EVERY.to_std()) => {}
            }
        }
    }

    /// Looks once at every merchant; how much is new.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self) -> Result<u64, TeamError> {
        let cluster = &self.team.rooms.cluster;
        let Some(lease) = cluster.lease("team-teller", &self.owner, LEASE).await? else {
            return Ok(0);
        };
        let told = self.look(&lease).await;
        cluster.release(&lease).await?;
        told
    }

    async fn look(&self, lease: &sauda_cluster::Lease) -> Result<u64, TeamError> {
        let team = &self.team;
        let mut shops: BTreeMap<MerchantId, Vec<Shop>> = BTreeMap::new();
        for shop in team.rooms.catalog.all_shops().await? {
            shops.entry(shop.merchant.clone()).or_default().push(shop);
        }
        let mut told = 0;
        for (merchant, shops) in &shops {
            match team.tell(merchant, shops).await {
                Ok(new) => told += new,
                Err(error) if !matches!(error.kind(), Kind::Unavailable | Kind::Throttled(_)) => {
                    // One merchant's trouble never silences the others.
                    tracing::error!(merchant.id = %merchant, error = sauda_kernel::chain(&error), "a team could not be told");
                }
                Err(error) => return Err(error),
            }
            if team.rooms.cluster.renew(lease, LEASE).await?.is_none() {
                break;
            }
        }
        let before = team.now().minus(KEPT);
        store::posts::forget(&team.rooms.db, before).await?;
        store::links::forget_codes(&team.rooms.db, team.now().minus(Span::from_days(1))).await?;
        Ok(told)
    }
}

impl Team {
    async fn tell(&self, merchant: &MerchantId, shops: &[Shop]) -> Result<u64, TeamError> {
        self.forget_leavers(merchant).await?;
        let links = store::links::open(&self.rooms.db, merchant).await?;
        if links.is_empty() && self.mail.is_none() {
            return Ok(0);
        }
        let now = self.now();
        let mails = store::mails::of(&self.rooms.db, merchant).await?;
        let mut told: Vec<(Recipient, Vec<Address>)> = Vec::new();
        for recipient in self.recipients(merchant).await? {
            let mut addresses: Vec<Address> = links
                .iter()
                .filter(|link| link.user == recipient.member.user)
                .map(|link| Address {
                    way: Way::Telegram,
                    address: link.chat.to_string(),
                    since: link.linked_at,
                })
                .collect();
            if self.mail.is_some()
                && let Some(address) = Self::mail_of(&recipient)
                && is_confirmed(&mails, &recipient.member.user, &address)
            {
                addresses.push(Address {
                    way: Way::Mail,
                    address,
                    since: now.minus(Span::from_hours(1)),
                });
            }
            if !addresses.is_empty() {
                told.push((recipient, addresses));
            }
        }
        let wanted: BTreeSet<What> = What::WISHED
            .into_iter()
            .filter(|what| {
                told.iter().any(|(recipient, addresses)| {
                    addresses
                        .iter()
                        .any(|address| recipient.wants(*what, address.way))
                })
            })
            .collect();
        if wanted.is_empty() {
            return Ok(0);
        }
        let facts = self.facts(merchant, shops, &wanted).await?;
        let mut posts = Vec::new();
        for (recipient, addresses) in &told {
            for address in addresses {
                posts.extend(self.posts_for(merchant, recipient, address, &facts, now));
            }
        }
        self.record_new(merchant, posts).await
    }

    /// Whoever left the team is told nothing from now on.
    async fn forget_leavers(&self, merchant: &MerchantId) -> Result<(), TeamError> {
        for link in store::links::open(&self.rooms.db, merchant).await? {
            let member = self
                .rooms
                .accounts
                .member(merchant, &link.user, "telegram")
                .await?;
            if member.is_none() {
                let mut tx = self.rooms.db.write().await?;
                self.close(&mut tx, &link, "left", "left").await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }

    fn posts_for(
        &self,
        merchant: &MerchantId,
        recipient: &Recipient,
        address: &Address,
        facts: &[Fact],
        now: Timestamp,
    ) -> Vec<NewPost> {
        let post = |what: What, once: String, content: Content| NewPost {
            merchant: merchant.clone(),
            user: Some(recipient.member.user.clone()),
            way: address.way,
            address: address.address.clone(),
            what,
            once: format!("{once}:{}:{}", address.way.word(), address.address),
            content,
            at: quiet::when(now, &recipient.manners, what),
        };
        let mut posts: Vec<NewPost> = facts
            .iter()
            .filter(|fact| fact.at >= address.since && recipient.wants(fact.what, address.way))
            // A letter cannot show how a day goes on.
            .filter(|fact| address.way == Way::Telegram || !matches!(fact.content, Content::DayGoes { .. }))
            .map(|fact| post(fact.what, fact.once.clone(), fact.content.clone()))
            .collect();
        let minute = quiet::minute_of(now);
        let from = recipient.manners.report_at;
        if recipient.wants(What::Report, address.way) && (from..from + REPORT_LATE).contains(&minute) {
            let local = now.local();
            let once = format!("report:{:04}-{:02}-{:02}", local.year, local.month, local.day);
            posts.push(NewPost {
                // Its hour was chosen: it is told then, quiet or not.
                at: now,
                ..post(What::Report, once, Content::Report)
            });
        }
        posts
    }

    async fn record_new(&self, merchant: &MerchantId, mut posts: Vec<NewPost>) -> Result<u64, TeamError> {
        let mut known = std::collections::HashSet::new();
        for part in posts.chunks(400) {
            let keys: Vec<&str> = part.iter().map(|post| post.once.as_str()).collect();
            known.extend(store::posts::known(&self.rooms.db, merchant, &keys).await?);
        }
        posts.retain(|post| !known.contains(&post.once));
        if posts.is_empty() {
            return Ok(0);
        }
        let mut tx = self.rooms.db.write().await?;
        let new = self.record(&mut tx, &posts).await?;
        tx.commit().await?;
        Ok(new)
    }

    async fn facts(
        &self,
        merchant: &MerchantId,
        shops: &[Shop],
        wanted: &BTreeSet<What>,
    ) -> Result<Vec<Fact>, TeamError> {
        let scope = Scope::system(merchant.clone(), "telling the team");
        let mut facts = self.notices(&scope, wanted).await?;
        for shop in shops {
            if wanted.contains(&What::Urgent) || wanted.contains(&What::NewOrder) {
                self.orders(&scope, shop, wanted, &mut facts).await?;
            }
            if wanted.contains(&What::Day) {
                self.days(&scope, shop, &mut facts).await?;
            }
            if wanted.contains(&What::LowStock) {
                self.low_goods(&scope, shop, &mut facts).await?;
            }
        }
        Ok(facts)
    }

    async fn notices(&self, scope: &Scope, wanted: &BTreeSet<What>) -> Result<Vec<Fact>, TeamError> {
        let since = self.now().minus(NEWS);
        let mut facts = Vec::new();
        for notice in self.rooms.catalog.notices(scope, None, 200).await? {
            let Some(what) = What::of_notice(&notice.word).filter(|what| wanted.contains(what)) else {
                continue;
            };
            if notice.created_at >= since {
                facts.push(Fact {
                    what,
                    once: format!("notice:{}", notice.id),
                    at: notice.created_at,
                    content: Content::Notice {
                        word: notice.word,
                        args: notice.args,
                        shop: notice.shop,
                        link: notice.link,
                    },
                });
            }
        }
        Ok(facts)
    }

    async fn orders(
        &self,
        scope: &Scope,
        shop: &Shop,
        wanted: &BTreeSet<What>,
        facts: &mut Vec<Fact>,
    ) -> Result<(), TeamError> {
        let now = self.now();
        let filter = OrderFilter {
            view: View::Open,
            limit: 500,
            ..OrderFilter::default()
        };
        let open = self.rooms.orders.list(scope, &shop.id, &filter).await?.orders;
        if wanted.contains(&What::Urgent) {
            facts.extend(urgent(shop, &open, now));
        }
        if wanted.contains(&What::NewOrder) {
            let new = open.iter().filter(|order| {
                View::New.shows(order.seen.stage) && now.since(order.seen.created_at) <= NEWS
            });
            facts.extend(new.map(|order| Fact {
                what: What::NewOrder,
                once: format!("new:{}", order.id),
                at: order.seen.created_at,
                content: card(shop, order, Why::New),
            }));
        }
        Ok(())
    }

    async fn days(&self, scope: &Scope, shop: &Shop, facts: &mut Vec<Fact>) -> Result<(), TeamError> {
        let runs = match self.rooms.orders.days(scope, &shop.id).await {
            Ok(runs) => runs,
            Err(OrdersError::Catalog(_)) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        for run in runs.into_iter().take(3) {
            let (shop, id) = (shop.id.clone(), run.id.clone());
            match run.ended_at {
                None => facts.push(Fact {
                    what: What::Day,
                    once: format!("day-goes:{id}"),
                    at: run.started_at,
                    content: Content::DayGoes { shop, run: id },
                }),
                Some(ended) => facts.push(Fact {
                    what: What::Day,
                    once: format!("day-over:{id}:{}", ended.as_micros()),
                    at: ended,
                    content: Content::DayOver { shop, run: id },
                }),
            }
        }
        Ok(())
    }

    async fn low_goods(&self, scope: &Scope, shop: &Shop, facts: &mut Vec<Fact>) -> Result<(), TeamError> {
        let now = self.now();
        let local = now.local();
        if !LOW_HOURS.contains(&local.hour) {
            return Ok(());
        }
        let once = format!(
            "low:{}:{:04}-{:02}-{:02}",
            shop.id, local.year, local.month, local.day
        );
        // Counting goods costs more than the rest: once a day is enough.
        let cluster = &self.rooms.cluster;
        if cluster.cached(&once).await?.is_some() {
            return Ok(());
        }
        if !self.rooms.orders.low_stock(scope, &shop.id).await?.is_empty() {
            facts.push(Fact {
                what: What::LowStock,
                once: once.clone(),
                at: now,
                content: Content::Low {
                    shop: shop.id.clone(),
                },
            });
        }
        cluster.cache(&once, b"told", Span::from_hours(4)).await?;
        Ok(())
    }
}

fn card(shop: &Shop, order: &Order, why: Why) -> Content {
    Content::Order {
        shop: shop.id.clone(),
        code: order.seen.code.clone(),
        why,
    }
}

/// Orders whose time runs out: at four hours and at one, each once; many due at the same time as one list.
fn urgent(shop: &Shop, open: &[Order], now: Timestamp) -> Vec<Fact> {
    let mut by_time: BTreeMap<(Timestamp, &'static str), Vec<&Order>> = BTreeMap::new();
    for order in open {
        let Some(due) = order.seen.due_at.filter(|due| *due > now) else {
            continue;
        };
        let left = due.since(now);
        if left <= Span::from_hours(1) {
            by_time.entry((due, Why::OneHour.word())).or_default().push(order);
        } else if left <= BURNS {
            by_time
                .entry((due, Why::FourHours.word()))
                .or_default()
                .push(order);
        }
    }
    let mut facts = Vec::new();
    for ((due, mark), orders) in by_time {
        let why = if mark == Why::OneHour.word() {
            Why::OneHour
        } else {
            Why::FourHours
        };
        let fact = |once: String, content: Content| Fact {
            what: What::Urgent,
            once,
            at: now,
            content,
        };
        if orders.len() > CARDS {
            let once = format!("urgent:{}:{}:{mark}", shop.id, due.as_micros());
            facts.push(fact(once, Content::Burning));
        } else {
            facts.extend(
                orders
                    .into_iter()
                    .map(|order| fact(format!("urgent:{}:{mark}", order.id), card(shop, order, why))),
            );
        }
    }
    facts
}
