-- owner: orders. What is due is asked for shop by shop: ten thousand orders of a morning are not looked through to find out whose they are.
DROP INDEX order_commands_due;
CREATE INDEX order_commands_due ON order_commands (shop_id, next_at) WHERE next_at IS NOT NULL;
DROP INDEX orders_to_look_at;
CREATE INDEX orders_to_look_at ON orders (shop_id, look_at) WHERE look_at IS NOT NULL;
-- What people ask for goes first, then what was asked for first.
CREATE INDEX order_commands_to_send ON order_commands (shop_id, (CASE WHEN asked_by = '' THEN 1 ELSE 0 END), next_at, id) WHERE state = 'recorded';
