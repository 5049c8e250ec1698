create table office_key{g} (
  key              text   primary key, -- thumbprint of the public key (RFC 9679), hexadecimal
  office           bigint not null,    -- office for which it signs
  role             text   not null,    -- officer, head, desk or administrator
  holder           text,               -- who holds it
  public_key       text   not null,    -- the COSE_Key, hexadecimal
  valid_from       text   not null,    -- first day, ISO
  valid_until      text,               -- last day, ISO
  granted_position bigint not null,    -- event that granted it
  revoked_on       text,               -- day of the revocation, ISO
  revoked_position bigint              -- event that revoked it; it signs nothing after that position
)
