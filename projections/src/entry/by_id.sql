where e.entry = $1
