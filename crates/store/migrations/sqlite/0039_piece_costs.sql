-- owner: stock. What a piece cost of what lies there, or lay there last: the floor of a price goes by it.
CREATE TABLE stock_piece_costs (
    -- Which product.
    product_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Of one piece, tiyn.
    cost INTEGER NOT NULL,
    -- Value added tax inside of it that may be set off, tiyn.
    vat INTEGER NOT NULL,
    -- When it was computed.
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX stock_piece_costs_of ON stock_piece_costs (merchant_id, product_id);
