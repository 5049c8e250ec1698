with counted as (
  select
    kind,
    counted_on / 10000 as counted_year,
    counted_as,
    count,
    wives,
    wives_years,
    husbands,
    husbands_years
  from tally{g}
  where counted_on between $1 and $2
    and block < $5
    and ($4 = 0 or as_registered = 1)
  union all
  -- What is not summed up.
  select
    kind,
    counted_on / 10000,
    counted_as,
    count,
    wives,
    wives_years,
    husbands,
    husbands_years
  from measure{g}
  where since between $5 and $3
    and counted_on between $1 and $2
    and ($4 = 0 or since = opened)
)
