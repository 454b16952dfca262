-- owner: stock. What a piece cost of what lies there, or lay there last: the floor of a price goes by it.
CREATE TABLE stock_piece_costs (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Of one piece, tiyn.
    cost BIGINT NOT NULL,
    -- Value added tax inside of it that may be set off, tiyn.
    vat BIGINT NOT NULL,
    -- When it was computed.
    at BIGINT NOT NULL
);
CREATE INDEX stock_piece_costs_of ON stock_piece_costs (merchant_id, product_id);
