select
  m.kind,
  m.tick,
  m.counted_on / 10000 as counted_year,
  m.late,
  m.occurred_year,
  m.waited,
  m.sex,
  m.kinh,
  m.age,
  m.both_first,
  m.purpose,
  m.matter,
  cast(sum(m.sign) as bigint) as count,
  cast(coalesce(sum(m.sign * m.age_wife), 0) as bigint) as wives_years,
  cast(coalesce(sum(case when m.age_wife is null then 0 else m.sign end), 0) as bigint) as wives,
  cast(coalesce(sum(m.sign * m.age_husband), 0) as bigint) as husbands_years,
  cast(coalesce(sum(case when m.age_husband is null then 0 else m.sign end), 0) as bigint) as husbands
from measure{g} m
where m.counted_on between $1 and $2
  and m.since <= $3
  and ($4 = 0 or m.since = m.opened)
group by
  m.kind,
  m.tick,
  m.counted_on / 10000,
  m.late,
  m.occurred_year,
  m.waited,
  m.sex,
  m.kinh,
  m.age,
  m.both_first,
  m.purpose,
  m.matter
having sum(m.sign) <> 0
