where x.event = $1
