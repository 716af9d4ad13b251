-- What central keeps of every centre (DESIGN §7). Sites never touch these tables: they may only call push and pull.
-- Schema moi itself and moi.migrations are made by migrate.py, which runs this file in one transaction.

CREATE TABLE moi.sites (
    site_id text PRIMARY KEY CHECK (site_id <> ''),
    login text NOT NULL UNIQUE,
    -- The cursor: the newest journal row held here. Genesis is seq 0 with a hash of 32 zero bytes.
    seq bigint NOT NULL DEFAULT 0,
    hash bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex'),
    epoch bigint NOT NULL DEFAULT 0,
    -- After a fork: query rows last changed after this seq must be sent once more (0004_push.sql); usually null.
    refresh_after bigint,
    -- The newest row of the site's inbox; counted under this row's lock, so that ids become visible in order.
    inbox_head bigint NOT NULL DEFAULT 0,
    registered_at timestamptz NOT NULL DEFAULT now(),
    last_push_at timestamptz,
    revoked_at timestamptz
);
COMMENT ON TABLE moi.sites IS 'One row per centre. Ids are opaque, because communes merge and names change.';

CREATE TABLE moi.journal (
    site_id text NOT NULL,
    seq bigint NOT NULL,
    epoch bigint NOT NULL,
    at_ms bigint NOT NULL,
    command_id text NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    PRIMARY KEY (site_id, seq)
) PARTITION BY HASH (site_id);
COMMENT ON TABLE moi.journal IS 'Every event of every centre, the very bytes its hash covers. Never updated.';

DO $$
BEGIN
    FOR n IN 0..7 LOOP
        EXECUTE format(
            'CREATE TABLE moi.journal_%s PARTITION OF moi.journal FOR VALUES WITH (MODULUS 8, REMAINDER %s)', n, n
        );
    END LOOP;
END;
$$;

CREATE TABLE moi.journal_fork (
    site_id text NOT NULL,
    -- The epoch whose tail took the place of these rows; epochs only rise, so it names the fork.
    replaced_by bigint NOT NULL,
    seq bigint NOT NULL,
    epoch bigint NOT NULL,
    at_ms bigint NOT NULL,
    command_id text NOT NULL,
    body bytea NOT NULL,
    hash bytea NOT NULL,
    set_aside_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, replaced_by, seq)
);
COMMENT ON TABLE moi.journal_fork IS 'Rows of a hub that was replaced before the new one had seen them. Kept, not counted.';

CREATE TABLE moi.query_fork (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id text NOT NULL,
    replaced_by bigint NOT NULL,
    kind text NOT NULL,
    stored jsonb NOT NULL
);
COMMENT ON TABLE moi.query_fork IS 'Query rows as a set-aside fork left them.';

CREATE TABLE moi.side (
    site_id text NOT NULL,
    ref text NOT NULL,
    seq bigint NOT NULL,
    kind text NOT NULL,
    payload bytea,
    expires_at bigint NOT NULL,
    erased_at timestamptz,
    PRIMARY KEY (site_id, ref)
);
CREATE INDEX side_expires ON moi.side (expires_at) WHERE payload IS NOT NULL;
COMMENT ON TABLE moi.side IS
    'What must be forgettable, outside the hashed journal (DESIGN §9). An erased row stays without its payload, '
    'so that nothing sent again can bring it back.';

-- Query tables. The service day is in the key, because months are partitions; push makes a month when it first needs it.
CREATE TABLE moi.tickets (
    site_id text NOT NULL,
    day date NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    number text NOT NULL,
    queue text NOT NULL,
    procedure text,
    state text NOT NULL,
    kiosk integer NOT NULL,
    language text NOT NULL,
    priority_minutes integer NOT NULL,
    issued_at bigint NOT NULL,
    called_at bigint,
    started_at bigint,
    finished_at bigint,
    counter integer,
    staff text,
    calls integer NOT NULL,
    training boolean NOT NULL,
    printed boolean NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (site_id, day, id)
) PARTITION BY RANGE (day);
COMMENT ON TABLE moi.tickets IS 'One row per ticket. Times are UTC milliseconds. Leave training out of every figure.';

CREATE TABLE moi.steps (
    site_id text NOT NULL,
    day date NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    ticket_id text NOT NULL,
    step integer NOT NULL,
    queue text NOT NULL,
    counter integer,
    staff text,
    called_at bigint,
    started_at bigint,
    ended_at bigint,
    outcome text,
    last_seq bigint NOT NULL,
    PRIMARY KEY (site_id, day, id)
) PARTITION BY RANGE (day);
COMMENT ON TABLE moi.steps IS 'One row per desk a ticket was called to. Times are UTC milliseconds.';

CREATE TABLE moi.ratings (
    site_id text NOT NULL,
    day date NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    counter integer,
    staff text,
    label_set text NOT NULL,
    channel text NOT NULL,
    scope text NOT NULL,
    ballot_ref text NOT NULL,
    ballot_hash text NOT NULL,
    rated_at bigint NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (site_id, day, id)
) PARTITION BY RANGE (day);
COMMENT ON TABLE moi.ratings IS 'That a ballot was put in. What it says is sealed side data under ballot_ref.';

CREATE TABLE moi.quarantine (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id text NOT NULL,
    kind text NOT NULL,
    sent text NOT NULL,
    reason text NOT NULL,
    sent_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX quarantine_site ON moi.quarantine (site_id);
COMMENT ON TABLE moi.quarantine IS
    'Query rows that could not be stored, as they were sent. Their journal rows are held; see moi.retry_quarantine.';

CREATE TABLE moi.inbox (
    site_id text NOT NULL,
    id bigint NOT NULL,
    kind text NOT NULL,
    body bytea NOT NULL,
    posted_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (site_id, id)
);
COMMENT ON TABLE moi.inbox IS 'What central has for a centre: catalogue, appointments, phone ballots, dossier states.';
