create index notice_entry{g} on notice{g} (
  entry -- entry that it is about
)
