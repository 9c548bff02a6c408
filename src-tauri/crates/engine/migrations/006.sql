-- What the person set of how much a site takes, and how fast, beside what was learned. The smaller counts.
ALTER TABLE sites ADD COLUMN own_max_size INTEGER;
ALTER TABLE paces ADD COLUMN own_limits_json TEXT NOT NULL DEFAULT '{}';
