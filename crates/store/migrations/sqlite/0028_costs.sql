-- owner: stock. What goods really cost: batch costs of purchases, cost of what came, value added tax inside of it, how cost is taken.
-- Where the cost of what was sold comes from.
ALTER TABLE stock_settings ADD COLUMN costing TEXT NOT NULL DEFAULT 'average' CHECK (costing IN ('catalogue', 'average', 'fifo'));

-- What all pieces of the movement cost, tiyn; null when only the piece is known, or nothing.
ALTER TABLE stock_movements ADD COLUMN cost INTEGER;
-- Value added tax inside of it that may be set off, tiyn.
ALTER TABLE stock_movements ADD COLUMN vat INTEGER;

-- Where orders are sent; empty when nobody said.
ALTER TABLE suppliers ADD COLUMN email TEXT NOT NULL DEFAULT '';
-- Rate of value added tax inside its prices, basis points; 0 without invoices of the tax.
ALTER TABLE suppliers ADD COLUMN vat_bp INTEGER NOT NULL DEFAULT 0;
-- When it was put away: no longer offered, its name stays with old purchases; null while it is used.
ALTER TABLE suppliers ADD COLUMN gone_at INTEGER;

-- Room that a piece takes when it is brought, cubic centimetres; null when nobody said.
ALTER TABLE product_supply ADD COLUMN volume_cm3 INTEGER;

-- Rate of value added tax inside the prices of its lines, basis points.
ALTER TABLE purchase_orders ADD COLUMN vat_bp INTEGER NOT NULL DEFAULT 0;

-- What all that came of it cost on the shelf, with its part of batch costs, tiyn; null before, and where no price is known.
ALTER TABLE purchase_lines ADD COLUMN landed INTEGER;

CREATE TABLE purchase_costs (
    -- Which order.
    purchase_id TEXT NOT NULL,
    -- What was paid for.
    kind TEXT NOT NULL CHECK (kind IN ('freight', 'insurance', 'customs', 'brokerage', 'local', 'import_vat', 'other')),
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- For the whole order, tiyn.
    sum INTEGER NOT NULL,
    -- By what it is spread over the lines.
    spread TEXT NOT NULL CHECK (spread IN ('value', 'weight', 'volume', 'quantity')),
    PRIMARY KEY (purchase_id, kind)
) STRICT;
