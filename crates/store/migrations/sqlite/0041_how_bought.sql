-- owner: stock. How goods are bought: what the promise is a share of, what an order and keeping cost, prices by quantity.
-- `fill` of the pieces asked for, or `cycle` of the deliveries.
ALTER TABLE stock_settings ADD COLUMN promise TEXT NOT NULL DEFAULT 'fill' CHECK (promise IN ('fill', 'cycle'));
-- Tiyn of one order to a supplier, whatever is in it; with `holding_bp`, or null.
ALTER TABLE stock_settings ADD COLUMN order_cost INTEGER;
-- Ten-thousandths of a price that keeping a piece for a year costs; null when nobody said.
ALTER TABLE stock_settings ADD COLUMN holding_bp INTEGER;
-- Prices of a supplier by quantity.
CREATE TABLE product_price_breaks (
    -- Which product.
    product_id TEXT NOT NULL,
    -- From so many pieces of an order on.
    from_pieces INTEGER NOT NULL CHECK (from_pieces > 0),
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- Tiyn of a piece.
    price INTEGER NOT NULL CHECK (price > 0),
    PRIMARY KEY (product_id, from_pieces)
) STRICT;
CREATE INDEX product_price_breaks_of ON product_price_breaks (merchant_id);
