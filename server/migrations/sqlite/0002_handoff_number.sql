-- The number that both screens compare, how often it was typed wrong, and whether a phone has opened the link.
ALTER TABLE handoffs ADD COLUMN number TEXT NOT NULL DEFAULT '';
ALTER TABLE handoffs ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0;
ALTER TABLE handoffs ADD COLUMN opened INTEGER NOT NULL DEFAULT 0;
