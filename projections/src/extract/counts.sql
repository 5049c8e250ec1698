select
  x.office,
  coalesce(x.paper, '') as paper,
  coalesce(x.form, '') as form,
  x.standing,
  count(*) as issued,
  count(x.revoked_position) as revoked
from extract{g} x
where x.issued_on >= $1
  and x.issued_on <= $2
  and (x.office = $3 or $3 < 0)
group by
  x.office,
  x.paper,
  x.form,
  x.standing
order by
  x.office,
  coalesce(x.paper, ''),
  coalesce(x.form, ''),
  x.standing
