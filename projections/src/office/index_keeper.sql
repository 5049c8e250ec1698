create index office_keeper{g} on office{g} (
  keeper -- who keeps its books now
)
