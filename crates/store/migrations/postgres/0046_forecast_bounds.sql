-- owner: stock. Bounds of a forecast lie apart: a list of thousands goes by the means alone.
CREATE TABLE stock_forecast_bounds (
    -- Which product.
    product_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT COLLATE "C" NOT NULL,
    -- Pieces that a day stays at or under in one case of ten; blanks between.
    low TEXT COLLATE "C" NOT NULL,
    -- The same in five cases of ten.
    middle TEXT COLLATE "C" NOT NULL,
    -- The same in nine cases of ten.
    high TEXT COLLATE "C" NOT NULL
);
CREATE INDEX stock_forecast_bounds_of ON stock_forecast_bounds (merchant_id);
INSERT INTO stock_forecast_bounds (product_id, merchant_id, low, middle, high)
    SELECT product_id, merchant_id, low, middle, high FROM stock_forecasts;
ALTER TABLE stock_forecasts DROP COLUMN low;
ALTER TABLE stock_forecasts DROP COLUMN middle;
ALTER TABLE stock_forecasts DROP COLUMN high;
