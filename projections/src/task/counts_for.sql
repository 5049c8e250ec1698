select
  t.office,
  coalesce(o.keeper, t.office) as keeper,
  t.book,
  t.year,
  t.volume,
  t.kind,
  case when t.kind = 'flag' then t.code end as code,
  count(*) as open,
  min(t.opened_on) as oldest
from (
  select office from office{g} where keeper = $1
  union
  select $1
) kept
join task{g} t on t.office = kept.office
left join office{g} o on o.office = t.office
where t.state = 'open'
  and (coalesce(o.keeper, t.office) = $1 or t.office = $1)
group by
  t.office,
  coalesce(o.keeper, t.office),
  t.book,
  t.year,
  t.volume,
  t.kind,
  case when t.kind = 'flag' then t.code end
