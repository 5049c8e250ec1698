create table book_volume{g} (
  office         bigint not null, -- office whose book it is
  book           text   not null, -- type
  year           bigint not null, -- year
  ordinal        bigint not null, -- 1 for the first volume of the year
  volume         text   not null, -- what is written on it
  opened_on      text   not null, -- day, ISO
  continues_from bigint,          -- last number of the paper book or volume before it, as the opening says
  given_before   bigint not null, -- last number that the ledger knew of before it
  position       bigint not null, -- event that opened it
  primary key (office, book, year, ordinal)
)
