select coalesce(max(since) + 1, 0) as reached
from measure{g}
