-- What is on its way, by content: two programs with the same file find each other.
CREATE INDEX items_on_their_way ON items (site, json_extract(prepared_json, '$.blake3'))
    WHERE json_extract(phase_json, '$.phase') IN ('sending', 'unknown');
