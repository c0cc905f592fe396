-- Readings of documents, the audit log, whose key a key is, what a partner has agreed, and when a case is to be erased.
ALTER TABLE cases ADD COLUMN erase_at INTEGER;
CREATE INDEX cases_to_erase ON cases (erase_at) WHERE erase_at IS NOT NULL;

ALTER TABLE api_keys ADD COLUMN clerk TEXT;
ALTER TABLE partners ADD COLUMN policy TEXT NOT NULL DEFAULT '{}';

CREATE TABLE readings (
    id TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    origin TEXT NOT NULL,
    artifact TEXT,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX readings_of_case ON readings (case_id, attempt);
-- The server reads a still once.
CREATE UNIQUE INDEX readings_of_server ON readings (artifact) WHERE origin = 'server';

-- What happened, without anything about a person: it stays when the case is erased.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    case_id TEXT NOT NULL,
    partner TEXT NOT NULL,
    mode TEXT NOT NULL,
    at TEXT NOT NULL,
    action TEXT NOT NULL,
    key TEXT,
    about TEXT NOT NULL,
    outcome TEXT
) STRICT;
CREATE INDEX audit_of_case ON audit (case_id, id);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

-- Who, and why in their words: goes with the case, and not before.
CREATE TABLE audit_notes (
    audit INTEGER PRIMARY KEY REFERENCES audit (id),
    case_id TEXT NOT NULL,
    clerk TEXT,
    note TEXT
) STRICT;
CREATE INDEX audit_notes_of_case ON audit_notes (case_id);
CREATE TRIGGER audit_notes_are_not_changed BEFORE UPDATE ON audit_notes BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_notes_stay_with_their_case BEFORE DELETE ON audit_notes
WHEN EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_notes_are_not_replaced BEFORE INSERT ON audit_notes
WHEN EXISTS (SELECT 1 FROM audit_notes WHERE audit = NEW.audit)
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
