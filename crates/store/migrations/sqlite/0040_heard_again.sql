-- owner: messages. What a later answer takes off the list of people, and up to when a line surely heard everything.
-- A person has to look only because an answer about a size is not clear: a clear one takes it off.
ALTER TABLE message_talks ADD COLUMN needs_answer INTEGER NOT NULL DEFAULT 0 CHECK (needs_answer IN (0, 1));
-- Nothing that came before was missed; null before the line worked for the first time.
ALTER TABLE message_lines ADD COLUMN heard_until INTEGER;
-- When to read what may have been missed; null when nothing was.
ALTER TABLE message_lines ADD COLUMN catch_up_at INTEGER;
CREATE INDEX message_lines_to_catch_up ON message_lines (catch_up_at) WHERE catch_up_at IS NOT NULL;
