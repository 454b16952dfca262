-- owner: orders. In what condition goods came back.
-- As a person found them; null before somebody looked.
ALTER TABLE returns ADD COLUMN goods TEXT COLLATE "C" CHECK (goods IN ('intact', 'opened', 'worn', 'damaged'));
