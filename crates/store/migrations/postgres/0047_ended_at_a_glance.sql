-- owner: orders. What money is counted from of orders that ended: beside the document, and held by one index.
-- What the marketplace took for bringing the order, tiyn; null when it did not say.
ALTER TABLE orders ADD COLUMN delivery_paid BIGINT;
UPDATE orders SET delivery_paid = (document::jsonb ->> 'delivery_cost_for_seller')::bigint
WHERE document::jsonb ->> 'delivery_cost_for_seller' IS NOT NULL;
DROP INDEX orders_by_end;
CREATE INDEX orders_by_end ON orders (shop_id, ended_at, id, stage, code, total, way, delivery_paid) WHERE stage IN ('done', 'returned');
