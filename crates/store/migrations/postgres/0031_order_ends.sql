-- owner: orders. When an order ended, so that a month of sales is read without the orders around it.
-- Since when it stands as it does; the planned delivery, or when it was placed, where it was first read long after that.
ALTER TABLE orders ADD COLUMN ended_at BIGINT NOT NULL DEFAULT 0;

UPDATE orders SET ended_at = CASE
    WHEN document::jsonb ->> 'planned_delivery_at' IS NULL
        THEN CASE WHEN stage_since > created_at + 1814400000000 THEN created_at ELSE stage_since END
    WHEN stage_since > (document::jsonb ->> 'planned_delivery_at')::BIGINT + 259200000000
        THEN GREATEST((document::jsonb ->> 'planned_delivery_at')::BIGINT, created_at)
    ELSE stage_since
END;

CREATE INDEX orders_by_end ON orders (shop_id, ended_at) WHERE stage IN ('done', 'returned');
