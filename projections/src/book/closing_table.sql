create table book_closing{g} (
  office         bigint not null, -- office whose book it is
  book           text   not null, -- type
  year           bigint not null, -- year
  position       bigint not null, -- event that closed it
  volume         text,            -- which volume; null for the year
  closed_on      text   not null, -- day, ISO
  closes_year    bigint not null, -- 1 when only notes are written from then on
  first_number   bigint,          -- as the officer counted: first number
  last_number    bigint,          -- last number
  events         bigint not null, -- acts
  pages          bigint,          -- pages written
  blank_pages    bigint,          -- pages blank
  errors         bigint,          -- entries struck out
  counted_first  bigint,          -- as the ledger counted: first number
  counted_last   bigint,          -- last number
  counted_events bigint not null, -- acts
  digitised      bigint not null, -- entries of the year that were taken over from paper
  primary key (office, book, year, position)
)
