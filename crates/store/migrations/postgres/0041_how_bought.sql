-- owner: stock. How goods are bought: what the promise is a share of, what an order and keeping cost, prices by quantity.
-- `fill` of the pieces asked for, or `cycle` of the deliveries.
ALTER TABLE stock_settings ADD COLUMN promise TEXT COLLATE "C" NOT NULL DEFAULT 'fill' CHECK (promise IN ('fill', 'cycle'));
-- Tiyn of one order to a supplier, whatever is in it; with `holding_bp`, or null.
ALTER TABLE stock_settings ADD COLUMN order_cost BIGINT;
-- Ten-thousandths of a price that keeping a piece for a year costs; null when nobody said.
ALTER TABLE stock_settings ADD COLUMN holding_bp BIGINT;
-- Prices of a supplier by quantity.
CREATE TABLE product_price_breaks (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL,
    -- From so many pieces of an order on.
    from_pieces BIGINT NOT NULL CHECK (from_pieces > 0),
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Tiyn of a piece.
    price BIGINT NOT NULL CHECK (price > 0),
    PRIMARY KEY (product_id, from_pieces)
);
CREATE INDEX product_price_breaks_of ON product_price_breaks (merchant_id);
