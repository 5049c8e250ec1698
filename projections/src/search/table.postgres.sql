create table search{g} (
  compact         text collate "C" not null, -- name folded, without blanks: nguyenthihoa
  entry           text collate "C" not null, -- entry that names the person
  person          text collate "C" not null, -- in which role: child, mother, guardian, guardian/1, …
  folded          text   not null, -- name without tone marks and apostrophes, lower case: nguyen thi hoa
  given           text collate "C" not null, -- last word of it: hoa
  name            text   not null, -- as it is written
  kind            text   not null, -- what was registered
  office          bigint not null, -- office that registered it
  birth_year      bigint,          -- year of birth, where stated
  born_on         text,            -- day of birth, where all of it is stated: 2019-03-08
  personal_number text,            -- where stated
  former_since    bigint,          -- position of the act after which the entry no longer says so; null while it does
  primary key (compact, entry, person)
)
