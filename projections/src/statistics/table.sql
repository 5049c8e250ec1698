create table statistics{g} (
  office bigint not null, -- office that registered
  kind   text   not null, -- birth, marriage, …, correction, …, extract
  lane   bigint not null, -- 0 as it happened, 1 taken over from a paper book, 2 issued at the desk
  year   bigint not null, -- of the day of registration
  month  bigint not null, -- of the day of registration, 1 to 12
  count  bigint not null, -- acts
  primary key (office, kind, lane, year, month)
)
