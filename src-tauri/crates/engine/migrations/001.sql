-- Times are milliseconds since 1970-01-01 UTC. Columns named "…_json" hold the serde form of the type beside them.
-- Paths are the platform's own bytes (UTF-16 on Windows), since a path need not be text.

CREATE TABLE sites (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    base       TEXT    NOT NULL,
    name       TEXT    NOT NULL,
    old_api    INTEGER NOT NULL,
    demo       INTEGER NOT NULL,
    key_kept_json TEXT   NOT NULL,
    max_size   INTEGER,
    added_at   INTEGER NOT NULL,
    -- Removed sites stay as rows: receipts name them.
    removed_at INTEGER
) STRICT;

CREATE TABLE albums (
    site INTEGER NOT NULL REFERENCES sites (id),
    id   TEXT    NOT NULL,
    name TEXT    NOT NULL,
    PRIMARY KEY (site, id)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
    site    INTEGER NOT NULL REFERENCES sites (id),
    tag     TEXT    NOT NULL,
    uses    INTEGER NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (site, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    key        TEXT PRIMARY KEY,
    value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Ids are handed out from here and never used again.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    next INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counters (name, next) VALUES ('item', 1), ('batch', 1), ('receipt', 1);

CREATE TABLE items (
    id            INTEGER PRIMARY KEY,
    position      INTEGER NOT NULL,
    -- Taken out of the queue: can be restored until the next removal, and is purged at the next start.
    shelved       INTEGER NOT NULL DEFAULT 0,
    site          INTEGER NOT NULL REFERENCES sites (id),
    batch         INTEGER,
    path          BLOB    NOT NULL,
    owned         INTEGER NOT NULL,
    name          TEXT    NOT NULL,
    origin_json   TEXT    NOT NULL,
    facts_json    TEXT    NOT NULL,
    options_json  TEXT    NOT NULL,
    asked_json    TEXT,
    prepared_json TEXT,
    body          BLOB,
    phase_json    TEXT    NOT NULL,
    added_at      INTEGER NOT NULL
) STRICT;

CREATE TABLE queue (
    id            INTEGER PRIMARY KEY CHECK (id = 1),
    running_json  TEXT NOT NULL,
    batch         INTEGER,
    site          INTEGER REFERENCES sites (id),
    defaults_json TEXT NOT NULL
) STRICT;

CREATE TABLE site_pauses (
    site         INTEGER PRIMARY KEY REFERENCES sites (id),
    not_before   INTEGER,
    failures     INTEGER NOT NULL,
    problem_json TEXT    NOT NULL
) STRICT;

CREATE TABLE receipts (
    id           INTEGER PRIMARY KEY,
    item         INTEGER,
    site         INTEGER NOT NULL REFERENCES sites (id),
    batch        INTEGER,
    name         TEXT    NOT NULL,
    title        TEXT,
    mime         TEXT    NOT NULL,
    size         INTEGER NOT NULL,
    width        INTEGER,
    height       INTEGER,
    duration_ms  INTEGER,
    animated     INTEGER NOT NULL,
    blake3       TEXT    NOT NULL,
    sent_md5     TEXT    NOT NULL,
    uploaded_at  INTEGER NOT NULL,
    links_json   TEXT    NOT NULL,
    -- A secret.
    delete_link  TEXT,
    deleted_at   INTEGER,
    approved     INTEGER NOT NULL,
    expires_at   INTEGER,
    asked_json   TEXT    NOT NULL,
    given_json   TEXT    NOT NULL,
    notes_json   TEXT    NOT NULL,
    album_json   TEXT,
    preview_path BLOB,
    -- Name, title and tags in lower case, one a line.
    search       TEXT    NOT NULL
) STRICT;
CREATE INDEX receipts_by_time ON receipts (uploaded_at DESC, id DESC);
CREATE INDEX receipts_by_content ON receipts (site, blake3);

-- Delete links of receipts that were forgotten.
CREATE TABLE vault (
    id          INTEGER PRIMARY KEY,
    site        INTEGER NOT NULL REFERENCES sites (id),
    name        TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    viewer      TEXT,
    delete_link TEXT    NOT NULL
) STRICT;
