select
  $1 as keeper,
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
  and coalesce(o.keeper, t.office) = $1
group by
  t.kind,
  case when t.kind = 'flag' then t.code end
order by
  2,
  3
