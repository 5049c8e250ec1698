create table office{g} (
  office            bigint primary key, -- permanent number
  name              text   not null,    -- as it was opened
  level             text   not null,    -- commune, district, mission, province or ministry
  unit              text,               -- administrative unit it serves, code@first day
  opened_on         text   not null,    -- first day, ISO
  opened_position   bigint not null,    -- event that opened it
  closed_on         text,               -- first day on which it is no longer, ISO
  successor         bigint,             -- office that took over its books on that day
  closed_position   bigint,             -- event that says so
  keeper            bigint not null     -- who keeps its books now: itself, or the last of its successors
)
