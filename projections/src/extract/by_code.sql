where x.code = $1
