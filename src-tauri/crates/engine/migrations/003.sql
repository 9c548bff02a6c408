-- Several processes share the store; each works off a queue of its own, its lane. The window's is 0.

ALTER TABLE items ADD COLUMN lane INTEGER NOT NULL DEFAULT 0;
CREATE INDEX items_by_lane ON items (lane, position);

CREATE TABLE lanes (
    lane          INTEGER PRIMARY KEY,
    running_json  TEXT NOT NULL,
    batch         INTEGER,
    site          INTEGER REFERENCES sites (id),
    defaults_json TEXT NOT NULL
) STRICT;
INSERT INTO lanes SELECT 0, running_json, batch, site, defaults_json FROM queue;
DROP TABLE queue;

CREATE TABLE pauses (
    lane         INTEGER NOT NULL,
    site         INTEGER NOT NULL REFERENCES sites (id),
    not_before   INTEGER,
    failures     INTEGER NOT NULL,
    problem_json TEXT    NOT NULL,
    PRIMARY KEY (lane, site)
) STRICT, WITHOUT ROWID;
INSERT INTO pauses SELECT 0, site, not_before, failures, problem_json FROM site_pauses;
DROP TABLE site_pauses;
