create index notice_entry{g} on notice{g} (
  entry -- entry whose paper book must be written in
)
