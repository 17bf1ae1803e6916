-- Finds parts of texts: an index of every run of three characters. It holds no text itself, only
-- in which entries a run stands, by their numbers; detail=none keeps it at about twice the text.
CREATE TABLE device_number (
  number  INTEGER PRIMARY KEY,
  tag_key TEXT NOT NULL UNIQUE
);

CREATE VIRTUAL TABLE device_trigram USING fts5(
  search_text, content='', columnsize=0, detail=none, tokenize='trigram'
);

INSERT INTO device_number (tag_key) SELECT tag_key FROM device;

INSERT INTO device_trigram (rowid, search_text)
  SELECT number, search_text FROM device JOIN device_number USING (tag_key);

CREATE TRIGGER device_entered AFTER INSERT ON device
BEGIN
  INSERT INTO device_number (tag_key) VALUES (NEW.tag_key);
  INSERT INTO device_trigram (rowid, search_text)
    SELECT number, NEW.search_text FROM device_number WHERE tag_key = NEW.tag_key;
END;

CREATE TRIGGER device_renamed AFTER UPDATE OF search_text ON device
WHEN OLD.search_text <> NEW.search_text
BEGIN
  INSERT INTO device_trigram (device_trigram, rowid, search_text)
    SELECT 'delete', number, OLD.search_text FROM device_number WHERE tag_key = OLD.tag_key;
  INSERT INTO device_trigram (rowid, search_text)
    SELECT number, NEW.search_text FROM device_number WHERE tag_key = NEW.tag_key;
END;
