-- owner: orders. What was taken from the shelf for an order, and what was not there.
CREATE TABLE order_picks (
    -- Which order.
    order_id TEXT COLLATE "C" NOT NULL,
    -- The marketplace's own id of the line.
    entry TEXT COLLATE "C" NOT NULL,
    -- How it stands.
    state TEXT COLLATE "C" NOT NULL CHECK (state IN ('taken', 'missing')),
    -- Who said so, by name.
    by_name TEXT COLLATE "C" NOT NULL,
    -- When.
    at BIGINT NOT NULL,
    PRIMARY KEY (order_id, entry)
);
