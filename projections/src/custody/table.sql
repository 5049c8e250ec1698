create table custody{g} (
  position    bigint primary key, -- event that says so
  event       text   not null,    -- its id, UUIDv7, hyphenated
  from_office bigint not null,    -- office that wrote the books
  to_office   bigint not null,    -- office to which they were given
  on_day      text   not null,    -- from when, ISO
  book        text,               -- type; null for all
  first_year  bigint,             -- first year of them; null when it is open
  last_year   bigint,             -- last year of them; null when it is open
  volumes     text   not null,    -- which volumes, a JSON array; empty for all
  decision    text   not null     -- by which decision
)
