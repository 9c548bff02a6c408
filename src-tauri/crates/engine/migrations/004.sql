-- What is known of how much a site takes, and how fast.

-- Learned from its messages, for everybody who sends to the address from here: the site counts by internet address.
CREATE TABLE paces (
    base        TEXT PRIMARY KEY,
    limits_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Uploads side by side, where the user wants another number here than elsewhere.
ALTER TABLE sites ADD COLUMN parallel INTEGER;
-- The smallest file that was refused as too big without a limit being named.
ALTER TABLE sites ADD COLUMN refused_size INTEGER;
-- Types that were refused.
ALTER TABLE sites ADD COLUMN refused_types_json TEXT NOT NULL DEFAULT '[]';
