-- Times are Unix milliseconds, hashes lower-case hex. A case is one JSON document; the columns beside it are for queries.
CREATE TABLE partners (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    origins TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE hooks (
    partner TEXT NOT NULL REFERENCES partners (id),
    mode TEXT NOT NULL,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    PRIMARY KEY (partner, mode)
) STRICT;

CREATE TABLE api_keys (
    hash TEXT PRIMARY KEY,
    partner TEXT NOT NULL REFERENCES partners (id),
    mode TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;

CREATE TABLE cases (
    id TEXT PRIMARY KEY,
    partner TEXT NOT NULL REFERENCES partners (id),
    mode TEXT NOT NULL,
    state TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    purged_at INTEGER,
    body TEXT NOT NULL
) STRICT;
CREATE INDEX cases_of_partner ON cases (partner, mode, created_at DESC, id DESC);
CREATE INDEX cases_by_state ON cases (state, expires_at);

CREATE TABLE idempotency (
    partner TEXT NOT NULL,
    mode TEXT NOT NULL,
    key TEXT NOT NULL,
    request TEXT NOT NULL,
    case_id TEXT NOT NULL,
    PRIMARY KEY (partner, mode, key)
) STRICT;

CREATE TABLE tombstones (
    case_id TEXT PRIMARY KEY,
    partner TEXT NOT NULL,
    erased_at INTEGER NOT NULL,
    objects_gone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE timeline (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL,
    item TEXT NOT NULL
) STRICT;
CREATE INDEX timeline_of_case ON timeline (case_id, id);

CREATE TABLE help (
    id INTEGER PRIMARY KEY,
    case_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    request TEXT NOT NULL
) STRICT;
CREATE INDEX help_of_case ON help (case_id);

CREATE TABLE tokens (
    hash TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    role TEXT NOT NULL,
    key TEXT,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX tokens_of_case ON tokens (case_id);

CREATE TABLE handoffs (
    hash TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    claimed_by TEXT
) STRICT;
CREATE INDEX handoffs_of_case ON handoffs (case_id);

CREATE TABLE uploads (
    artifact TEXT PRIMARY KEY,
    case_id TEXT NOT NULL,
    step TEXT NOT NULL,
    kind TEXT NOT NULL,
    media_type TEXT NOT NULL,
    attempt INTEGER NOT NULL,
    position INTEGER NOT NULL DEFAULT 0,
    length INTEGER,
    epoch INTEGER NOT NULL DEFAULT 1,
    gone INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX uploads_of_case ON uploads (case_id, created_at);

CREATE TABLE chunks (
    artifact TEXT NOT NULL REFERENCES uploads (artifact) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    length INTEGER NOT NULL,
    object TEXT NOT NULL UNIQUE,
    PRIMARY KEY (artifact, position)
) STRICT;

CREATE TABLE deliveries (
    id TEXT PRIMARY KEY,
    partner TEXT NOT NULL,
    mode TEXT NOT NULL,
    case_id TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    status INTEGER,
    created_at INTEGER NOT NULL,
    delivered_at INTEGER,
    next_at INTEGER
) STRICT;
CREATE INDEX deliveries_due ON deliveries (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_of_partner ON deliveries (partner, mode, created_at DESC);
