-- owner: stock. Orders to suppliers in another currency; value added tax inside of what was paid for a batch.
-- What it is paid in, such as CNY; null for tenge.
ALTER TABLE purchase_orders ADD COLUMN currency TEXT COLLATE "C";
-- Tenge for one of it, millionths; null for tenge.
ALTER TABLE purchase_orders ADD COLUMN rate BIGINT;
-- What a piece costs in that currency, hundredths; null for tenge and when nobody said.
ALTER TABLE purchase_lines ADD COLUMN price BIGINT;
-- Rate of value added tax inside the sum, basis points; 0 without an invoice of the tax.
ALTER TABLE purchase_costs ADD COLUMN vat_bp BIGINT NOT NULL DEFAULT 0;
