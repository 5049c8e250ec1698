create table book{g} (
  office      bigint not null, -- office whose book it is
  book        text   not null, -- type: births, marriages, …, copies
  year        bigint not null, -- year of the run of numbers
  last_number bigint not null, -- highest number given in the office's own run; 0 before the first
  total       bigint not null, -- acts with a number in that run
  digitised   bigint not null, -- entries taken over from an old book; their numbers may repeat and skip
  primary key (office, book, year)
)
