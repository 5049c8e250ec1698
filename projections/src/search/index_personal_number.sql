create index search_personal_number{g} on search{g} (
  personal_number -- where stated
)
where personal_number is not null
