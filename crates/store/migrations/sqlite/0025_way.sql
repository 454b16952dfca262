-- owner: orders. How goods reach the buyer, to look for orders by it.
-- kaspi, express, postomat, pickup or own: told by the document, and kept beside it.
ALTER TABLE orders ADD COLUMN way TEXT NOT NULL DEFAULT 'kaspi' CHECK (way IN ('kaspi', 'express', 'postomat', 'pickup', 'own'));

UPDATE orders SET way = CASE
    WHEN document LIKE '%"is_kaspi_delivery":true%' AND document LIKE '%"express":true%' THEN 'express'
    WHEN document LIKE '%"is_kaspi_delivery":true%' AND document LIKE '%"delivery_mode":"DELIVERY_PICKUP"%' THEN 'postomat'
    WHEN document LIKE '%"is_kaspi_delivery":true%' THEN 'kaspi'
    WHEN document LIKE '%"delivery_mode":"DELIVERY_PICKUP"%' THEN 'pickup'
    ELSE 'own'
END;
