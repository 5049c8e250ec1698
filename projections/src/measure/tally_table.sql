create table tally{g} (
  counted_on     bigint not null, -- day of registration as one number: 20260302
  block          bigint not null, -- first position of the block of the log that is summed up
  as_registered  bigint not null, -- 1: the registrations themselves, 0: what later acts changed
  kind           text   not null, -- as in measure
  counted_as     text   not null, -- as in measure
  count          bigint not null, -- sums over all offices, as in measure
  wives          bigint not null,
  wives_years    bigint not null,
  husbands       bigint not null,
  husbands_years bigint not null,
  primary key (counted_on, block, as_registered, kind, counted_as)
)
