create table measure{g} (
  opened        bigint not null, -- position of the event that is counted
  since         bigint not null, -- position of the event from which on it is counted so: of itself, or of one that changed it
  sign          bigint not null, -- 1: counted so from there on; -1: no longer counted so
  office        bigint not null, -- office that registered
  kind          text   not null, -- birth, marriage, …, correction, …, divorce
  counted_on    bigint not null, -- day of registration as one number: 20260302
  tick          text,            -- how it came into the book: on_time, late, again, …; null where there is no tick
  late          bigint,          -- 1: after the time limit, 0: within; null where there is no limit or it cannot be told
  occurred_year bigint,          -- year in which the thing itself happened
  waited        bigint,          -- from there to the reception: 0 at most 15 days, 1 at most 60, 2 under a year, 3 under five, 4 longer
  sex           text,            -- of the child, the deceased, or the one whose status is confirmed
  kinh          bigint,          -- 1: the child is of the Kinh, 0: of another group
  age           bigint,          -- at death: 0 under one year, 1 from one to under five, 2 five and over
  both_first    bigint,          -- 1: the first marriage of both, 0: not
  age_wife      bigint,          -- full years, at a first marriage
  age_husband   bigint,          -- full years, at a first marriage
  purpose       text,            -- of a confirmation of marital status: marriage, other
  matter        text,            -- of a judgment or decision
  primary key (opened, since, sign)
)
