-- owner: orders. What buyers send back, as the cabinet tells it, and what people did with it; goods by weight and devices.
CREATE TABLE returns (
    -- rtn_…
    id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Which shop.
    shop_id TEXT NOT NULL,
    -- The marketplace's own id.
    market_id TEXT NOT NULL,
    -- The number that people see.
    number TEXT NOT NULL,
    -- Number of the order; empty when it was not told.
    order_code TEXT NOT NULL,
    -- Where it stands.
    tab TEXT NOT NULL CHECK (tab IN ('new', 'on_delivery', 'waiting_decision', 'dispute', 'closed')),
    -- Until when somebody has to do something; null when nothing is told.
    until_at INTEGER,
    -- Everything else the cabinet tells, JSON of this room.
    document TEXT NOT NULL,
    -- What searches look through.
    fold TEXT NOT NULL,
    -- When it was first seen.
    first_at INTEGER NOT NULL,
    -- When a list showed it last.
    seen_at INTEGER NOT NULL,
    -- When its details were read last; null before.
    details_at INTEGER,
    -- What people did with it.
    mark TEXT NOT NULL CHECK (mark IN ('none', 'collected', 'stocked', 'written_off', 'disputed')),
    -- Who said so, by name; empty before.
    marked_by TEXT NOT NULL,
    -- When; null before.
    marked_at INTEGER,
    UNIQUE (shop_id, market_id)
) STRICT;
CREATE INDEX returns_of ON returns (shop_id, tab, mark);

CREATE TABLE return_reading (
    -- Which shop.
    shop_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- When its returns are read next.
    next_at INTEGER NOT NULL,
    -- When they were read last; null before.
    read_at INTEGER,
    -- Why the last reading failed, a word; null when it did not.
    trouble TEXT
) STRICT;
CREATE INDEX return_reading_due ON return_reading (next_at);

-- Grams of a line that is sold by weight; null for pieces.
ALTER TABLE order_lines ADD COLUMN grams INTEGER;
-- The numbers of the devices have to be told.
ALTER TABLE order_lines ADD COLUMN imei INTEGER NOT NULL DEFAULT 0 CHECK (imei IN (0, 1));
