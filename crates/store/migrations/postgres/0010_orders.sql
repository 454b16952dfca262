-- owner: orders. Orders of buyers: the marketplace's word and ours beside each other, what happened, what was asked for.
CREATE TABLE orders (
    -- ord_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The number that people know; the key of an order in its shop.
    code TEXT COLLATE "C" NOT NULL,
    -- The marketplace's own id, opaque.
    market_id TEXT COLLATE "C" NOT NULL,
    -- The marketplace's tab, as it came.
    tab TEXT COLLATE "C" NOT NULL,
    -- The marketplace's status, as it came.
    status TEXT COLLATE "C" NOT NULL,
    -- Ours.
    stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('new', 'sign', 'pack', 'hand_over', 'on_way', 'deliver', 'pickup', 'preorder', 'coming_back', 'return_asked', 'done', 'returned', 'cancelled', 'unknown')),
    -- Since when.
    stage_since BIGINT NOT NULL,
    -- Until when the next act is due; null when nothing is.
    due_at BIGINT,
    -- Total, tiyn.
    total BIGINT NOT NULL,
    -- When the buyer ordered.
    created_at BIGINT NOT NULL,
    -- Town of the buyer or of the pickup point.
    town TEXT COLLATE "C" NOT NULL,
    -- Name of the buyer; empty once erased.
    buyer TEXT COLLATE "C" NOT NULL,
    -- Phone of the buyer as the marketplace shows it; empty when it does not.
    phone TEXT COLLATE "C" NOT NULL,
    -- The whole order as it was read last, JSON of this room.
    document TEXT COLLATE "C" NOT NULL,
    -- Folded words for searches: number, buyer, goods, articles, town.
    fold TEXT COLLATE "C" NOT NULL,
    -- When it was read last.
    read_at BIGINT NOT NULL,
    -- When to look at it again by itself, for its waybill; null when not.
    look_at BIGINT,
    -- How often it was looked at for that.
    looks BIGINT NOT NULL DEFAULT 0,
    UNIQUE (shop_id, code)
);
CREATE INDEX orders_by_stage ON orders (shop_id, stage, due_at);
CREATE INDEX orders_by_time ON orders (shop_id, created_at);
CREATE INDEX orders_to_look_at ON orders (look_at) WHERE look_at IS NOT NULL;

CREATE TABLE order_lines (
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- Number of the line, from 0.
    line BIGINT NOT NULL,
    -- The marketplace's own id of the line, opaque.
    market_id TEXT COLLATE "C" NOT NULL,
    -- The seller's article; empty when the marketplace does not say.
    sku TEXT COLLATE "C" NOT NULL,
    -- The marketplace's card; null when unknown.
    card TEXT COLLATE "C",
    -- Name as it was sold.
    name TEXT COLLATE "C" NOT NULL,
    -- Pieces.
    quantity BIGINT NOT NULL,
    -- Of one piece, tiyn.
    price BIGINT NOT NULL,
    -- Of the line, tiyn.
    total BIGINT NOT NULL,
    -- The offer of this shop; null when there is none with this article.
    offer_id TEXT COLLATE "C",
    PRIMARY KEY (order_id, line)
);
CREATE INDEX order_lines_by_offer ON order_lines (offer_id);

CREATE TABLE order_events (
    -- oev_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL,
    -- Who: the marketplace, the program, a person.
    by_kind TEXT COLLATE "C" NOT NULL CHECK (by_kind IN ('market', 'program', 'person')),
    -- Name of the person; empty otherwise.
    by_name TEXT COLLATE "C" NOT NULL,
    -- What happened, a word with its text in three languages.
    word TEXT COLLATE "C" NOT NULL,
    -- Its numbers and names, JSON.
    args TEXT COLLATE "C" NOT NULL
);
CREATE INDEX order_events_of ON order_events (order_id, at);

CREATE TABLE order_commands (
    -- ocm_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- In which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- What to do, JSON of this room.
    act TEXT COLLATE "C" NOT NULL,
    -- Its word.
    kind TEXT COLLATE "C" NOT NULL,
    -- Lets one command be under way for an order (and one sending of a code beside it): a word while it is, its own id once it is over.
    guard TEXT COLLATE "C" NOT NULL,
    -- How far it came.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('recorded', 'sending', 'taken', 'unclear', 'done', 'refused', 'unseen')),
    -- Who asked, by name; empty for the program.
    asked_by TEXT COLLATE "C" NOT NULL,
    -- When.
    asked_at BIGINT NOT NULL,
    -- When it was sent last; null before.
    sent_at BIGINT,
    -- When to send or to look; null when it is over.
    next_at BIGINT,
    -- How often it was sent and looked at since.
    tries BIGINT NOT NULL DEFAULT 0,
    -- Word of the trouble; null when there is none.
    trouble TEXT COLLATE "C",
    -- The marketplace's own words of it; null when there are none.
    trouble_text TEXT COLLATE "C",
    UNIQUE (order_id, guard)
);
CREATE INDEX order_commands_due ON order_commands (next_at) WHERE next_at IS NOT NULL;

CREATE TABLE waybills (
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- The marketplace's number of it.
    number TEXT COLLATE "C" NOT NULL,
    -- The paper, PDF.
    pdf BYTEA NOT NULL,
    -- When it was stored.
    stored_at BIGINT NOT NULL,
    PRIMARY KEY (order_id, number)
);

CREATE TABLE order_reading (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- When to read again.
    next_at BIGINT NOT NULL,
    -- Minutes between readings now: fewer while orders come.
    pace_min BIGINT NOT NULL,
    -- When it was read last in full; null before.
    read_at BIGINT,
    -- Everything created since then was read; history goes back from here.
    back_to BIGINT,
    -- When what is over was read last for late news, such as returns; null before.
    archive_at BIGINT,
    -- How far back history goes.
    back_until BIGINT NOT NULL,
    -- Word of the trouble; null when there is none.
    trouble TEXT COLLATE "C",
    -- Since when; null when there is none.
    trouble_since BIGINT
);
