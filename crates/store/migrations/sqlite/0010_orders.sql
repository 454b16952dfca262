-- owner: orders. Orders of buyers: the marketplace's word and ours beside each other, what happened, what was asked for.
CREATE TABLE orders (
    -- ord_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- The number that people know; the key of an order in its shop.
    code TEXT NOT NULL,
    -- The marketplace's own id, opaque.
    market_id TEXT NOT NULL,
    -- The marketplace's tab, as it came.
    tab TEXT NOT NULL,
    -- The marketplace's status, as it came.
    status TEXT NOT NULL,
    -- Ours.
    stage TEXT NOT NULL CHECK (stage IN ('new', 'sign', 'pack', 'hand_over', 'on_way', 'deliver', 'pickup', 'preorder', 'coming_back', 'return_asked', 'done', 'returned', 'cancelled', 'unknown')),
    -- Since when.
    stage_since INTEGER NOT NULL,
    -- Until when the next act is due; null when nothing is.
    due_at INTEGER,
    -- Total, tiyn.
    total INTEGER NOT NULL,
    -- When the buyer ordered.
    created_at INTEGER NOT NULL,
    -- Town of the buyer or of the pickup point.
    town TEXT NOT NULL,
    -- Name of the buyer; empty once erased.
    buyer TEXT NOT NULL,
    -- Phone of the buyer as the marketplace shows it; empty when it does not.
    phone TEXT NOT NULL,
    -- The whole order as it was read last, JSON of this room.
    document TEXT NOT NULL,
    -- Folded words for searches: number, buyer, goods, articles, town.
    fold TEXT NOT NULL,
    -- When it was read last.
    read_at INTEGER NOT NULL,
    -- When to look at it again by itself, for its waybill; null when not.
    look_at INTEGER,
    -- How often it was looked at for that.
    looks INTEGER NOT NULL DEFAULT 0,
    UNIQUE (shop_id, code)
) STRICT;
CREATE INDEX orders_by_stage ON orders (shop_id, stage, due_at);
CREATE INDEX orders_by_time ON orders (shop_id, created_at);
CREATE INDEX orders_to_look_at ON orders (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE order_lines (
    -- Which order.
    order_id TEXT NOT NULL,
    -- Number of the line, from 0.
    line INTEGER NOT NULL,
    -- The marketplace's own id of the line, opaque.
    market_id TEXT NOT NULL,
    -- The seller's article; empty when the marketplace does not say.
    sku TEXT NOT NULL,
    -- The marketplace's card; null when unknown.
    card TEXT,
    -- Name as it was sold.
    name TEXT NOT NULL,
    -- Pieces.
    quantity INTEGER NOT NULL,
    -- Of one piece, tiyn.
    price INTEGER NOT NULL,
    -- Of the line, tiyn.
    total INTEGER NOT NULL,
    -- The offer of this shop; null when there is none with this article.
    offer_id TEXT,
    PRIMARY KEY (order_id, line)
) STRICT;
CREATE INDEX order_lines_by_offer ON order_lines (offer_id);

CREATE TABLE order_events (
    -- oev_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Which order.
    order_id TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL,
    -- Who: the marketplace, the program, a person.
    by_kind TEXT NOT NULL CHECK (by_kind IN ('market', 'program', 'person')),
    -- Name of the person; empty otherwise.
    by_name TEXT NOT NULL,
    -- What happened, a word with its text in three languages.
    word TEXT NOT NULL,
    -- Its numbers and names, JSON.
    args TEXT NOT NULL
) STRICT;
CREATE INDEX order_events_of ON order_events (order_id, at);

CREATE TABLE order_commands (
    -- ocm_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- In which shop.
    shop_id TEXT NOT NULL,
    -- Which order.
    order_id TEXT NOT NULL,
    -- What to do, JSON of this room.
    act TEXT NOT NULL,
    -- Its word.
    kind TEXT NOT NULL,
    -- Lets one command be under way for an order (and one sending of a code beside it): a word while it is, its own id once it is over.
    guard TEXT NOT NULL,
    -- How far it came.
    state TEXT NOT NULL CHECK (state IN ('recorded', 'sending', 'taken', 'unclear', 'done', 'refused', 'unseen')),
    -- Who asked, by name; empty for the program.
    asked_by TEXT NOT NULL,
    -- When.
    asked_at INTEGER NOT NULL,
    -- When it was sent last; null before.
    sent_at INTEGER,
    -- When to send or to look; null when it is over.
    next_at INTEGER,
    -- How often it was sent and looked at since.
    tries INTEGER NOT NULL DEFAULT 0,
    -- Word of the trouble; null when there is none.
    trouble TEXT,
    -- The marketplace's own words of it; null when there are none.
    trouble_text TEXT,
    UNIQUE (order_id, guard)
) STRICT;
CREATE INDEX order_commands_due ON order_commands (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE waybills (
    -- Which order.
    order_id TEXT NOT NULL,
    -- The marketplace's number of it.
    number TEXT NOT NULL,
    -- The paper, PDF.
    pdf BLOB NOT NULL,
    -- When it was stored.
    stored_at INTEGER NOT NULL,
    PRIMARY KEY (order_id, number)
) STRICT;

CREATE TABLE order_reading (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- When to read again.
    next_at INTEGER NOT NULL,
    -- Minutes between readings now: fewer while orders come.
    pace_min INTEGER NOT NULL,
    -- When it was read last in full; null before.
    read_at INTEGER,
    -- Everything created since then was read; history goes back from here.
    back_to INTEGER,
    -- When what is over was read last for late news, such as returns; null before.
    archive_at INTEGER,
    -- How far back history goes.
    back_until INTEGER NOT NULL,
    -- Word of the trouble; null when there is none.
    trouble TEXT,
    -- Since when; null when there is none.
    trouble_since INTEGER
) STRICT;
