-- The vault can be looked through: in order, by ids that are never used again, each link once.
ALTER TABLE vault RENAME TO vault_before;
CREATE TABLE vault (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    site        INTEGER NOT NULL REFERENCES sites (id),
    name        TEXT    NOT NULL,
    uploaded_at INTEGER NOT NULL,
    viewer      TEXT,
    -- A secret.
    delete_link TEXT    NOT NULL UNIQUE
) STRICT;
INSERT OR IGNORE INTO vault SELECT id, site, name, uploaded_at, viewer, delete_link FROM vault_before ORDER BY id;
DROP TABLE vault_before;
CREATE INDEX vault_in_order ON vault (uploaded_at DESC, id DESC);

-- When an upload's first file arrived: by that the history is in order, so that imported uploads lie among the others.
ALTER TABLE receipts ADD COLUMN began_at INTEGER NOT NULL DEFAULT 0;
UPDATE receipts SET began_at = began.at
FROM (SELECT batch, min(uploaded_at) AS at FROM receipts GROUP BY batch) AS began WHERE began.batch = receipts.batch;
DROP INDEX receipts_in_order;
CREATE INDEX receipts_in_order
    ON receipts (began_at DESC, batch DESC, place, id, site, kind, album, deletable, expiring);
CREATE INDEX receipts_by_batch ON receipts (batch);
-- By this an imported receipt is known again.
CREATE INDEX receipts_by_moment ON receipts (site, uploaded_at);
