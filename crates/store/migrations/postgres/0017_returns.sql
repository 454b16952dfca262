-- owner: orders. What buyers send back, as the cabinet tells it, and what people did with it; goods by weight and devices.
CREATE TABLE returns (
    -- rtn_…
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL,
    -- The marketplace's own id.
    market_id TEXT COLLATE "C" NOT NULL,
    -- The number that people see.
    number TEXT COLLATE "C" NOT NULL,
    -- Number of the order; empty when it was not told.
    order_code TEXT COLLATE "C" NOT NULL,
    -- Where it stands.
    tab TEXT COLLATE "C" NOT NULL CHECK (tab IN ('new', 'on_delivery', 'waiting_decision', 'dispute', 'closed')),
    -- Until when somebody has to do something; null when nothing is told.
    until_at BIGINT,
    -- Everything else the cabinet tells, JSON of this room.
    document TEXT COLLATE "C" NOT NULL,
    -- What searches look through.
    fold TEXT COLLATE "C" NOT NULL,
    -- When it was first seen.
    first_at BIGINT NOT NULL,
    -- When a list showed it last.
    seen_at BIGINT NOT NULL,
    -- When its details were read last; null before.
    details_at BIGINT,
    -- What people did with it.
    mark TEXT COLLATE "C" NOT NULL CHECK (mark IN ('none', 'collected', 'stocked', 'written_off', 'disputed')),
    -- Who said so, by name; empty before.
    marked_by TEXT COLLATE "C" NOT NULL,
    -- When; null before.
    marked_at BIGINT,
    UNIQUE (shop_id, market_id)
);
CREATE INDEX returns_of ON returns (shop_id, tab, mark);

CREATE TABLE return_reading (
    -- Which shop.
    shop_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- When its returns are read next.
    next_at BIGINT NOT NULL,
    -- When they were read last; null before.
    read_at BIGINT,
    -- Why the last reading failed, a word; null when it did not.
    trouble TEXT COLLATE "C"
);
CREATE INDEX return_reading_due ON return_reading (next_at);

-- Grams of a line that is sold by weight; null for pieces.
ALTER TABLE order_lines ADD COLUMN grams BIGINT;
-- The numbers of the devices have to be told.
ALTER TABLE order_lines ADD COLUMN imei BOOLEAN NOT NULL DEFAULT FALSE;
