-- owner: catalog. Cards of a merchant, looked through in parts in their order.
CREATE INDEX offers_by_own_card ON offers (merchant_id, card) WHERE card IS NOT NULL;
