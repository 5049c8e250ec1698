select
  t.entry,
  t.kind,
  t.code,
  t.cause,
  t.office,
  t.book,
  t.year,
  t.volume,
  t.opened_on,
  t.position,
  t.verdict,
  t.closed_by,
  t.closed_position,
  coalesce(o.keeper, t.office) as keeper
from (
  select office from office{g} where keeper = $1
  union
  select $1
) kept
join task{g} t on t.office = kept.office
left join office{g} o on o.office = t.office
where t.state = 'open'
  and (coalesce(o.keeper, t.office) = $1 or t.office = $1)
  and ($2 is null or t.kind = $2)
order by
  t.position,
  t.entry,
  t.kind,
  t.code
limit $3
offset $4
