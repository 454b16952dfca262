-- owner: stock. What demand is expected of each product, how good that was, and how far the night's counting is.
-- What a piece was sold for, tiyn; null where nobody said.
ALTER TABLE stock_order_lines ADD COLUMN unit_price INTEGER;

-- Lines that were kept before: the price stands beside them where orders are read.
UPDATE stock_order_lines SET unit_price = (
    SELECT read.price FROM order_lines read WHERE read.order_id = stock_order_lines.order_id AND read.line = stock_order_lines.line
);

CREATE TABLE stock_forecasts (
    -- Which product.
    product_id TEXT NOT NULL PRIMARY KEY,
    -- Whose.
    merchant_id TEXT NOT NULL,
    -- When it was counted.
    made_at INTEGER NOT NULL,
    -- The first day ahead, days since 1970 in Almaty.
    first_day INTEGER NOT NULL,
    -- Mean demand of each day ahead, thousandths of a piece, blanks between.
    mean TEXT NOT NULL,
    -- Pieces that a day stays at or under in one case of ten; blanks between.
    low TEXT NOT NULL,
    -- The same in five cases of ten.
    middle TEXT NOT NULL,
    -- The same in nine cases of ten.
    high TEXT NOT NULL,
    -- Models with their part in thousandths, heaviest first, such as theta:412.
    models TEXT NOT NULL,
    -- How unsteady a day is beside chance: share of the square of its mean, thousandths.
    unsteady INTEGER NOT NULL,
    -- Special days ahead that the past shows, with what they do in thousandths, such as ramadan:1240.
    special TEXT NOT NULL,
    -- Past days that were counted.
    counted INTEGER NOT NULL,
    -- Past days on which nothing was left to sell.
    sold_out INTEGER NOT NULL,
    -- Products of the same kind it learned from; null where its own days were enough.
    neighbours INTEGER,
    -- Days of the trial on the newest past; null where the history is too short to try.
    tested_days INTEGER,
    -- On how many of them the band held.
    tested_inside INTEGER,
    -- Pieces sold on them.
    tested_sold INTEGER,
    -- Thousandths of a piece that the forecast had told for them.
    tested_told INTEGER,
    -- Thousandths of a piece that a plain mean had told for them.
    tested_plain INTEGER,
    -- Percent of demand for a percent of price, thousandths; null where nothing can be said.
    elasticity INTEGER,
    -- One standard deviation of it, thousandths.
    elasticity_doubt INTEGER,
    -- The price that the forecast goes by, tiyn; null where none is known.
    price INTEGER,
    -- The lowest price that was seen, tiyn.
    price_low INTEGER,
    -- The highest price that was seen, tiyn.
    price_high INTEGER,
    -- Why nothing can be said of the price: too-few-steps, price-stood, unclear; null where something can.
    price_why TEXT
) STRICT;
CREATE INDEX stock_forecasts_of ON stock_forecasts (merchant_id, product_id);

CREATE TABLE stock_forecast_runs (
    -- Whose forecasts are counted.
    merchant_id TEXT NOT NULL PRIMARY KEY,
    -- When somebody asked for it.
    started_at INTEGER NOT NULL,
    -- Who, by name; empty for the night.
    asked_by TEXT NOT NULL,
    -- The last product that was counted; empty before the first.
    last_product TEXT NOT NULL,
    -- Products counted.
    done INTEGER NOT NULL,
    -- All products there are.
    total INTEGER NOT NULL,
    -- When the last one was; null before.
    finished_at INTEGER
) STRICT;
