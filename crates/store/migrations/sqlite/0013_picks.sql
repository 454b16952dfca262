-- owner: orders. What was taken from the shelf for an order, and what was not there.
CREATE TABLE order_picks (
    -- Which order.
    order_id TEXT NOT NULL,
    -- The marketplace's own id of the line.
    entry TEXT NOT NULL,
    -- How it stands.
    state TEXT NOT NULL CHECK (state IN ('taken', 'missing')),
    -- Who said so, by name.
    by_name TEXT NOT NULL,
    -- When.
    at INTEGER NOT NULL,
    PRIMARY KEY (order_id, entry)
) STRICT;
