create index task_open{g} on task{g} (
  office,  -- office that registered the entry
  kind,    -- kind of task
  position -- of the event that opened it
)
where state = 'open'
