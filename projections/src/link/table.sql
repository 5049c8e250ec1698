create table link{g} (
  from_entry     text   not null, -- entry that names the person
  from_person    text   not null, -- in which part: child, mother, guardian, guardian.1, …
  to_entry       text   not null, -- entry that names the same person, or another
  to_person      text   not null, -- in which part
  position       bigint not null, -- of the event that says so
  event          text   not null, -- that event, UUIDv7, hyphenated
  recorded_at_ms bigint not null, -- when the log recorded it, milliseconds since 1970
  registered_on  text   not null, -- day by which it is counted, ISO
  verdict        text   not null, -- same, again (registered once more), or not_same
  primary key (from_entry, from_person, to_entry, to_person, position)
)
