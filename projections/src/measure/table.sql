create table measure{g} (
  opened         bigint not null, -- position of the event that is counted
  since          bigint not null, -- position of the event from which on it is counted so: of itself, or of one that changed it
  count          bigint not null, -- 1: counted so from there on; -1: no longer counted so
  office         bigint not null, -- office that registered
  kind           text   not null, -- birth, marriage, …, correction, …, divorce
  counted_on     bigint not null, -- day of registration as one number: 20260302
  counted_as     text   not null, -- all else by which it is counted, as JSON: tick, late, occurred_year, …
  wives          bigint not null, -- of the wife, if her age at her first marriage is known: count, else 0
  wives_years    bigint not null, -- count times that age in full years
  husbands       bigint not null, -- of the husband
  husbands_years bigint not null, -- of the husband
  primary key (since, opened, count)
)
