-- Papers from before the batch; the rows of its own papers say it already. The first act counts.
update extract{g} set
  superseded_on = coalesce(extract{g}.superseded_on, r.superseded_on),
  superseded_position = coalesce(extract{g}.superseded_position, r.superseded_position),
  fell_on = coalesce(extract{g}.fell_on, r.fell_on),
  fell_position = coalesce(extract{g}.fell_position, r.fell_position)
from (
  select
    value ->> 0 as entry,
    value ->> 1 as superseded_on,
    cast(value ->> 2 as bigint) as superseded_position,
    value ->> 3 as fell_on,
    cast(value ->> 4 as bigint) as fell_position
  from jsonb_array_elements($1::jsonb)
) r
where extract{g}.entry = r.entry
  and extract{g}.basis_position < r.superseded_position
  and (extract{g}.superseded_position is null or (extract{g}.fell_position is null and r.fell_position is not null))
