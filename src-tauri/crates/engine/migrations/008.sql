-- Uploads whose words are not in the index yet: putting many in at a stroke costs far less than one by one.
CREATE TABLE words_to_come (
    id INTEGER PRIMARY KEY
) STRICT;
