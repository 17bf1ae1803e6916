-- The register. One script for SQLite and PostgreSQL: ${text} is text that is compared byte by byte.
CREATE TABLE device (
  tag                         ${text} NOT NULL,
  model                       ${text} NOT NULL,
  serial                      ${text},
  descriptor_digest           ${text},
  capacity_bytes              BIGINT,
  container_fingerprint       ${text},
  secret_reference            ${text},
  ownership                   ${text} NOT NULL,
  owner                       ${text} NOT NULL,
  manager                     ${text} NOT NULL,
  organisation                ${text} NOT NULL,
  purpose                     ${text} NOT NULL,
  data_class                  ${text} NOT NULL,
  asset_reference             ${text},
  review_due                  ${text} NOT NULL,
  expires                     ${text},
  state                       ${text} NOT NULL CHECK (state IN ('requested', 'approved', 'issued',
                                'suspended', 'lost', 'found', 'returned', 'wiped', 'disposed')),
  state_since                 BIGINT NOT NULL,
  registered_at               BIGINT NOT NULL,
  requested_by                ${text} NOT NULL,
  approved_by                 ${text},
  approved_at                 BIGINT,
  risk_assessment             ${text},
  sign_off_name               ${text},
  sign_off_designation        ${text},
  sign_off_organisation       ${text},
  sign_off_date               ${text},
  sign_off_version            ${text},
  handover_by                 ${text},
  handover_at                 BIGINT,
  wipe_method                 ${text},
  wipe_certificate            ${text},
  wiped_by                    ${text},
  wiped_at                    BIGINT,
  byod_approver               ${text},
  byod_risk_assessment        ${text},
  byod_ends                   ${text},
  unencrypted_approver        ${text},
  unencrypted_risk_assessment ${text},
  unencrypted_board_reference ${text},
  unencrypted_ends            ${text},
  last_seen                   BIGINT,
  highest_seen                BIGINT,
  clock_set_back              INTEGER,
  -- What is looked up, in the form in which it is compared.
  tag_key                     ${text} NOT NULL PRIMARY KEY,
  identity_key                ${text} NOT NULL,
  serial_usable               INTEGER NOT NULL,
  owner_key                   ${text} NOT NULL,
  manager_key                 ${text} NOT NULL,
  organisation_key            ${text} NOT NULL,
  search_text                 ${text} NOT NULL,
  -- How often it was changed; the history has one line for each.
  version                     BIGINT NOT NULL
);

CREATE INDEX device_identity ON device (identity_key, serial_usable, state);
CREATE INDEX device_fingerprint ON device (container_fingerprint)
  WHERE container_fingerprint IS NOT NULL;
CREATE INDEX device_owner ON device (owner_key, tag_key);
CREATE INDEX device_manager ON device (manager_key, tag_key);
CREATE INDEX device_organisation ON device (organisation_key, tag_key);
CREATE INDEX device_state ON device (state, tag_key);

CREATE TABLE history (
  tag_key    ${text} NOT NULL,
  version    BIGINT NOT NULL,
  at         BIGINT NOT NULL,
  actor      ${text} NOT NULL,
  action     ${text} NOT NULL,
  from_state ${text},
  to_state   ${text} NOT NULL,
  reason     ${text} NOT NULL,
  detail     ${text} NOT NULL,
  -- One change has one: says after a lost connection whether it was saved.
  operation  ${text} NOT NULL,
  PRIMARY KEY (tag_key, version)
) ${clustered};

CREATE TABLE setting (
  name  ${text} NOT NULL PRIMARY KEY,
  value ${text} NOT NULL
);
