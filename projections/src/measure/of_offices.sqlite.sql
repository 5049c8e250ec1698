with counted as (
  select
    m.kind,
    m.counted_on / 10000 as counted_year,
    m.counted_as,
    m.count,
    m.wives,
    m.wives_years,
    m.husbands,
    m.husbands_years
  from json_each($5) asked
  cross join measure{g} m on m.office = asked.value
  where m.counted_on between $1 and $2
    and m.since <= $3
    and ($4 = 0 or m.since = m.opened)
)
