CREATE TABLE profiles (
  handle VARCHAR PRIMARY KEY,
  display_name VARCHAR NOT NULL
);

CREATE TABLE activities (
  id INT PRIMARY KEY,
  handle VARCHAR NOT NULL REFERENCES profiles,
  message VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  notification BOOLEAN NOT NULL
);

INSERT INTO profiles VALUES
  ('andrewbrown', 'Andrew Brown'),
  ('bayko', 'Andrew Bayko'),
  ('worf', 'Worf, son of Mogh');

INSERT INTO activities VALUES
  (1, 'andrewbrown', 'Cloud is fun!', '2026-02-24T09:00:00Z', FALSE),
  (2, 'bayko', 'Traces or it did not happen', '2026-02-24T10:30:00Z', FALSE),
  (3, 'worf', 'Today is a good day to debug', '2026-02-25T08:15:00Z', FALSE),
  (4, 'bayko', 'bayko followed you', '2026-02-25T12:00:00Z', TRUE),
  (5, 'worf', 'worf replied: Qapla''', '2026-02-26T07:45:00Z', TRUE);
