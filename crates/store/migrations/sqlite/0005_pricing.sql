-- owner: pricing. Rules, overrides, watches, observations, decisions, changes and what became of them.
CREATE TABLE shop_settings (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Default settings as versioned JSON.
    settings TEXT NOT NULL,
    -- Costs that every offer of the shop shares: commission, tax, delivery, packaging; versioned JSON.
    economics TEXT NOT NULL,
    -- Whether prices are published, or decisions only recorded.
    mode TEXT NOT NULL CHECK (mode IN ('off', 'dry_run', 'on')),
    -- Counts changes, so that two people do not overwrite each other.
    version INTEGER NOT NULL,
    -- Who changed it last, by name.
    updated_by TEXT NOT NULL,
    -- When it was changed last.
    updated_at INTEGER NOT NULL,
    -- When a price of this shop was last confirmed by the marketplace; null before the first.
    confirmed_at INTEGER,
    -- When the dead-man's switch acted; null while contact holds.
    dead_since INTEGER
) STRICT;

CREATE TABLE rules (
    -- rul_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose rule it is.
    merchant_id TEXT NOT NULL,
    -- Name.
    name TEXT NOT NULL,
    -- Settings as versioned JSON.
    settings TEXT NOT NULL,
    -- Draft rules decide nothing; share rules decide for a tenth of their offers.
    state TEXT NOT NULL CHECK (state IN ('draft', 'share', 'on')),
    -- Counts changes.
    version INTEGER NOT NULL,
    -- Who changed it last, by name.
    updated_by TEXT NOT NULL,
    -- When it was changed last.
    updated_at INTEGER NOT NULL,
    -- When it was made.
    created_at INTEGER NOT NULL,
    -- When it was put away; null while in use.
    archived_at INTEGER
) STRICT;
CREATE INDEX rules_by_merchant ON rules (merchant_id, archived_at);

CREATE TABLE offer_rules (
    -- Which offer.
    offer_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- The named rule; null for the shop's defaults.
    rule_id TEXT,
    -- Whether the bot keeps the price.
    managed INTEGER NOT NULL CHECK (managed IN (0, 1)),
    -- Lowest price, whole tenge.
    min_price INTEGER,
    -- Highest price, whole tenge.
    max_price INTEGER,
    -- Purchase cost, tiyn.
    cost INTEGER,
    -- Undercut step, whole tenge; null for the rule's.
    step INTEGER,
    -- Strategy word; null for the rule's.
    strategy TEXT,
    -- Other overrides as versioned JSON.
    settings TEXT NOT NULL,
    -- A price fixed by a person; null when none is.
    pinned_price INTEGER,
    -- Until when it is fixed; null until taken off.
    pinned_until INTEGER,
    -- Counts changes.
    version INTEGER NOT NULL,
    -- Who changed it last, by name.
    updated_by TEXT NOT NULL,
    -- When it was changed last.
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX offer_rules_by_rule ON offer_rules (rule_id);
CREATE INDEX offer_rules_by_shop ON offer_rules (shop_id);

CREATE TABLE pauses (
    -- What is paused: everything, shop, rule or offer.
    subject_kind TEXT NOT NULL CHECK (subject_kind IN ('everything', 'shop', 'rule', 'offer')),
    -- Id of the subject; the merchant's id for everything.
    subject TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Until when; null until switched on.
    until INTEGER,
    -- Who paused, by name.
    paused_by TEXT NOT NULL,
    -- When it was paused.
    paused_at INTEGER NOT NULL,
    PRIMARY KEY (merchant_id, subject_kind, subject)
) STRICT;

CREATE TABLE watches (
    -- wat_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Which marketplace.
    marketplace TEXT NOT NULL,
    -- Card that is read.
    card TEXT NOT NULL,
    -- City it is read for.
    city_id TEXT NOT NULL,
    -- When the next check is due; 1 = before all others; null when nobody needs it.
    next_at INTEGER,
    -- Taken by a process until then.
    leased_until INTEGER NOT NULL,
    -- Which process took it.
    leased_by TEXT NOT NULL,
    -- What was learned about its changes, JSON.
    stats TEXT NOT NULL,
    -- What being late costs, tenge a day; decides the order.
    value_per_day INTEGER NOT NULL,
    -- Last check that gave an answer.
    checked_at INTEGER,
    -- Newest stored observation.
    observation_id TEXT,
    -- Its fingerprint.
    fingerprint INTEGER,
    -- Failures in a row.
    failures INTEGER NOT NULL,
    -- Word of the last failure; null after an answer.
    last_error TEXT,
    UNIQUE (marketplace, card, city_id)
) STRICT;
CREATE INDEX watches_due ON watches (next_at);

CREATE TABLE observations (
    -- obs_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Which watch.
    watch_id TEXT NOT NULL,
    -- When it was first seen so.
    seen_from INTEGER NOT NULL,
    -- When it was last seen so.
    seen_to INTEGER NOT NULL,
    -- Whether every offer was read.
    complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
    -- How many offers the marketplace says there are.
    total INTEGER NOT NULL,
    -- The offers, JSON compressed with zstd.
    offers BLOB NOT NULL
) STRICT;
CREATE INDEX observations_by_watch ON observations (watch_id, seen_from);

CREATE TABLE places (
    -- Which offer.
    offer_id TEXT NOT NULL,
    -- In which city.
    city_id TEXT NOT NULL,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which watch feeds it.
    watch_id TEXT NOT NULL,
    -- Folded title, SKU, card and brand, for search.
    fold TEXT NOT NULL,
    -- Own price as last known, whole tenge; null when unknown.
    price INTEGER,
    -- Last change of it.
    delta INTEGER,
    -- When that change was wished.
    changed_at INTEGER,
    -- Place among those who count; null when not seen on the storefront.
    place INTEGER,
    -- How many sellers count.
    sellers INTEGER,
    -- Best rival's price.
    rival_price INTEGER,
    -- Best rival's name.
    rival_name TEXT,
    -- Best rival's id at the marketplace.
    rival_uid TEXT,
    -- Profit of one sale at the own price, tiyn; null without a cost.
    profit INTEGER,
    -- Its share of the price, basis points; null without a cost.
    margin INTEGER,
    -- Lowest price that may be published, whole tenge; null when there are no limits.
    floor_price INTEGER,
    -- State of the offer here.
    state TEXT NOT NULL CHECK (state IN ('waiting', 'works', 'at_floor', 'holds_margin', 'at_ceiling', 'no_limits', 'paused', 'pinned', 'manual', 'asks', 'refused', 'error', 'off_sale', 'alone')),
    -- Word of the last reason.
    reason TEXT NOT NULL,
    -- When the storefront was last read for it.
    checked_at INTEGER,
    -- The newest decision that was kept.
    decision_id TEXT,
    -- Price that should be visible; null when nothing is wanted.
    desired INTEGER,
    -- For filters: strategy word in force.
    strategy TEXT NOT NULL,
    -- For filters: category.
    category TEXT,
    -- For filters: pieces on hand.
    stock INTEGER,
    -- For filters: the rule.
    rule_id TEXT,
    -- Lowest price set for the offer, whole tenge.
    min_price INTEGER,
    -- Highest price set for the offer, whole tenge.
    max_price INTEGER,
    PRIMARY KEY (offer_id, city_id)
) STRICT;
CREATE INDEX places_by_shop ON places (shop_id, city_id, state, place);
CREATE INDEX places_by_watch ON places (watch_id);
CREATE INDEX places_by_profit ON places (shop_id, city_id, profit, offer_id);
CREATE INDEX places_by_price ON places (shop_id, city_id, price, offer_id);
CREATE INDEX places_by_fold ON places (shop_id, city_id, fold, offer_id);
CREATE INDEX places_by_place ON places (shop_id, city_id, place, offer_id, state);
CREATE INDEX places_by_changed ON places (shop_id, city_id, changed_at, offer_id);
CREATE INDEX places_by_contact ON places (shop_id, checked_at);
CREATE INDEX places_for_filters ON places (shop_id, city_id, category, margin, stock, strategy, rule_id);

CREATE TABLE price_points (
    -- Which offer.
    offer_id TEXT NOT NULL,
    -- In which city.
    city_id TEXT NOT NULL,
    -- From when it was so.
    at INTEGER NOT NULL,
    -- Own price, whole tenge; null when unknown.
    own INTEGER,
    -- Best rival's price, whole tenge; null when unknown.
    rival INTEGER,
    -- Floor, whole tenge; null when unknown.
    floor_price INTEGER,
    -- Place among the sellers.
    place INTEGER,
    -- How many sellers there were.
    sellers INTEGER,
    PRIMARY KEY (offer_id, city_id, at)
) STRICT;

CREATE TABLE decisions (
    -- dec_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which offer.
    offer_id TEXT NOT NULL,
    -- In which city.
    city_id TEXT NOT NULL,
    -- When it was made.
    at INTEGER NOT NULL,
    -- What came out.
    outcome TEXT NOT NULL CHECK (outcome IN ('set', 'hold', 'ask')),
    -- Word of the reason.
    reason TEXT NOT NULL,
    -- Price before, whole tenge.
    price_before INTEGER,
    -- Price after, whole tenge.
    price_after INTEGER,
    -- Whether it was made while nothing is published.
    dry_run INTEGER NOT NULL CHECK (dry_run IN (0, 1)),
    -- The receipt: versioned JSON compressed with zstd.
    receipt BLOB NOT NULL,
    -- What was seen.
    observation_id TEXT,
    -- Answer of a person to a question; null while open.
    answer TEXT CHECK (answer IN ('yes', 'no', 'stale'))
) STRICT;
CREATE INDEX decisions_by_offer ON decisions (offer_id, city_id, at);
CREATE INDEX decisions_by_shop ON decisions (shop_id, at);

CREATE TABLE changes (
    -- chg_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which offer.
    offer_id TEXT NOT NULL,
    -- In which city.
    city_id TEXT NOT NULL,
    -- The decision behind it; null for a price set by a person.
    decision_id TEXT,
    -- From which price, whole tenge.
    price_from INTEGER,
    -- To which price, whole tenge.
    price_to INTEGER NOT NULL,
    -- Floor when it was decided: nothing below it is ever sent.
    floor_price INTEGER NOT NULL,
    -- Expected gain a day, tenge: decides the order of sending.
    gain INTEGER NOT NULL,
    -- Kind of move (undercut, step_back, other), for the price-war brake.
    kind TEXT NOT NULL CHECK (kind IN ('undercut', 'step_back', 'other')),
    -- The rival that it answers, for the price-war brake.
    rival_uid TEXT,
    -- Who wanted it: bot, or a person's name.
    wanted_by TEXT NOT NULL,
    -- How far it came.
    state TEXT NOT NULL CHECK (state IN ('desired', 'sending', 'accepted', 'unclear', 'in_cabinet', 'on_storefront', 'lost', 'refused', 'superseded')),
    -- Word of the last trouble.
    trouble TEXT,
    -- How often it was sent.
    attempts INTEGER NOT NULL,
    -- The call that carried it last.
    call_id TEXT,
    -- When it was wished.
    created_at INTEGER NOT NULL,
    -- When it was sent.
    sent_at INTEGER,
    -- When the marketplace took it.
    accepted_at INTEGER,
    -- When the cabinet showed it.
    cabinet_at INTEGER,
    -- When the storefront showed it.
    storefront_at INTEGER,
    -- When to look again.
    look_at INTEGER,
    -- When the rival's change that caused it was first seen.
    caused_at INTEGER
) STRICT;
CREATE INDEX changes_open ON changes (shop_id, state, look_at);
CREATE INDEX changes_by_offer ON changes (offer_id, city_id, created_at);
CREATE UNIQUE INDEX changes_one_wish ON changes (offer_id, city_id) WHERE state = 'desired';

CREATE TABLE calls (
    -- cal_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- The login whose change budget it spends.
    access_id TEXT NOT NULL,
    -- Which offer.
    offer_id TEXT NOT NULL,
    -- When it was recorded, before anything was sent.
    sent_at INTEGER NOT NULL,
    -- What came of it.
    state TEXT NOT NULL CHECK (state IN ('sending', 'accepted', 'unclear', 'refused', 'not_sent')),
    -- The marketplace's job, when accepted.
    job TEXT,
    -- Word of the trouble.
    trouble TEXT
) STRICT;
CREATE INDEX calls_recent ON calls (access_id, sent_at);
CREATE INDEX calls_by_state ON calls (shop_id, state);

CREATE TABLE bulks (
    -- blk_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- What was done: word and value.
    act TEXT NOT NULL,
    -- Who, by name.
    made_by TEXT NOT NULL,
    -- When.
    made_at INTEGER NOT NULL,
    -- Offers that changed.
    changed INTEGER NOT NULL,
    -- Offers that were so already.
    unchanged INTEGER NOT NULL,
    -- Offers that were refused.
    refused INTEGER NOT NULL,
    -- What to put back, JSON compressed with zstd.
    before BLOB NOT NULL,
    -- Rows that were refused with their reasons, JSON compressed with zstd.
    refusals BLOB NOT NULL,
    -- Until when it can be undone.
    undo_until INTEGER NOT NULL,
    -- When it was undone; null otherwise.
    undone_at INTEGER
) STRICT;
CREATE INDEX bulks_by_shop ON bulks (shop_id, made_at);

CREATE TABLE sellers (
    -- Which watch.
    watch_id TEXT NOT NULL,
    -- The marketplace's id of the seller.
    merchant_uid TEXT NOT NULL,
    -- Name, as the card shows it.
    name TEXT NOT NULL,
    -- First seen on the card.
    first_at INTEGER NOT NULL,
    -- When its row was last new; whoever is still there was seen at every check since.
    last_at INTEGER NOT NULL,
    -- Price at the first sight, whole tenge.
    first_price INTEGER NOT NULL,
    -- Price at the last sight, whole tenge.
    last_price INTEGER NOT NULL,
    -- When it was not seen any more; null while there.
    gone_at INTEGER,
    PRIMARY KEY (watch_id, merchant_uid)
) STRICT;
CREATE INDEX sellers_new ON sellers (first_at);

CREATE TABLE knowledge (
    -- What was learned over all watches, by name.
    name TEXT NOT NULL PRIMARY KEY,
    -- JSON.
    value TEXT NOT NULL,
    -- When it was kept.
    updated_at INTEGER NOT NULL
) STRICT;
