-- owner: stock. How long goods may lie: what sells rarely is not ordered for years ahead.
-- Days that a piece may lie on the average; 0 for as long as the promise of service asks.
ALTER TABLE stock_settings ADD COLUMN most_days BIGINT NOT NULL DEFAULT 90;
