-- $1: first position of a block, and of the next one, in twenty digits each.
insert into tally{g} (
  counted_on,
  block,
  as_registered,
  kind,
  counted_as,
  count,
  wives,
  wives_years,
  husbands,
  husbands_years
)
select
  counted_on,
  cast(substr($1, 1, 20) as bigint),
  case when since = opened then 1 else 0 end,
  kind,
  counted_as,
  cast(sum(count) as bigint),
  cast(sum(wives) as bigint),
  cast(sum(wives_years) as bigint),
  cast(sum(husbands) as bigint),
  cast(sum(husbands_years) as bigint)
from measure{g}
where since >= cast(substr($1, 1, 20) as bigint)
  and since < cast(substr($1, 21, 20) as bigint)
group by
  counted_on,
  case when since = opened then 1 else 0 end,
  kind,
  counted_as
