create table book{g} (
  office        bigint not null,           -- office whose book it is
  book          text   not null,           -- type: births, marriages, …, copies
  year          bigint not null,           -- year of the run of numbers
  last_number   bigint not null,           -- last number of the run, in the ledger or in the paper book before it; 0 before the first
  total         bigint not null,           -- acts with a number in the office's own run
  digitised     bigint not null,           -- entries taken over from an old book; their numbers may repeat and skip
  volumes       bigint not null default 0, -- volumes opened by an event
  before_volume bigint not null default 0, -- last number before the present volume
  before_year   bigint not null default 0, -- last number before the first volume
  total_before  bigint not null default 0, -- acts in volumes before the present one
  closed_on     text,                      -- day on which the year was closed, ISO
  primary key (office, book, year)
)
