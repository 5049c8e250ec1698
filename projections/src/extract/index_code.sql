create index extract_code{g} on extract{g} (
  code -- status id
) where code is not null
