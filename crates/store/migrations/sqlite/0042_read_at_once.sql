-- owner: stock. Advices read what all products sold and what came: indexes that hold it spare looking every row up.
DROP INDEX stock_order_lines_of;
CREATE INDEX stock_order_lines_of ON stock_order_lines (merchant_id, product_id, day, state, quantity);
-- What came or went other than by sales: few of all movements.
CREATE INDEX stock_movements_unsold ON stock_movements (merchant_id, product_id, at, quantity) WHERE kind <> 'sale';
