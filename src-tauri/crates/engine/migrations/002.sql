-- The history in the order of its uploads and, within one, of the queue; searched and filtered without reading rows
-- that are not shown.

-- Where the item stood in the queue; moved with it while it is there.
ALTER TABLE receipts ADD COLUMN place INTEGER NOT NULL DEFAULT 0;
UPDATE receipts SET place = coalesce(item, id);

-- Every receipt belongs to an upload.
UPDATE receipts SET batch = coalesce(
    (SELECT max(earlier.batch) FROM receipts AS earlier WHERE earlier.uploaded_at <= receipts.uploaded_at), 0)
WHERE batch IS NULL;

ALTER TABLE receipts ADD COLUMN kind TEXT AS (
    CASE WHEN mime LIKE 'video/%' THEN 'video' WHEN animated THEN 'animation' ELSE 'picture' END);
ALTER TABLE receipts ADD COLUMN album TEXT AS (json_extract(album_json, '$.id'));
ALTER TABLE receipts ADD COLUMN deletable INTEGER AS (delete_link IS NOT NULL);
ALTER TABLE receipts ADD COLUMN expiring INTEGER AS (expires_at IS NOT NULL);

DROP INDEX receipts_by_time;
CREATE INDEX receipts_in_order ON receipts (batch DESC, place, id, site, kind, album, deletable, expiring);
CREATE INDEX receipts_by_item ON receipts (item);

-- Name, title and tags in lower case, one a line; and the index by which they are found from any three letters on,
-- with or without accents.
CREATE TABLE receipt_texts (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL
) STRICT;
INSERT INTO receipt_texts SELECT id, search FROM receipts;
ALTER TABLE receipts DROP COLUMN search;
CREATE VIRTUAL TABLE receipt_words USING fts5 (
    text, content = 'receipt_texts', content_rowid = 'id', tokenize = 'trigram remove_diacritics 1');
-- What is forgotten is gone from the file at once.
INSERT INTO receipt_words (receipt_words, rank) VALUES ('secure-delete', 1);
INSERT INTO receipt_words (receipt_words) VALUES ('rebuild');
