-- What a hall of 0.2 tells of its queue. Sites of 0.1 go on sending what they know: what is new may be missing.

ALTER TABLE moi.tickets
    ADD COLUMN service_day date,
    ADD COLUMN outcome text,
    ADD COLUMN cancel_reason text,
    ADD COLUMN dossiers integer,
    ADD COLUMN competent text,
    ADD COLUMN journey text,
    ADD COLUMN priority_confirmed boolean,
    ADD COLUMN rank_at bigint,
    ADD COLUMN rank_seq bigint,
    ADD COLUMN rank_reason text,
    ADD COLUMN slot_at bigint,
    ADD COLUMN arrived_at bigint,
    ADD COLUMN waiting_at bigint,
    ADD COLUMN waiting_seq bigint,
    ADD COLUMN first_called_at bigint,
    ADD COLUMN until bigint,
    ADD COLUMN call_reason text,
    ADD COLUMN steps integer,
    ADD COLUMN papers_trips integer,
    ADD COLUMN wait_low integer,
    ADD COLUMN wait_high integer,
    ADD COLUMN waited_ms bigint,
    ADD COLUMN wait_error_minutes integer,
    ADD COLUMN paper_lost boolean;
COMMENT ON COLUMN moi.tickets.day IS 'The day the ticket was first meant for; part of the key, so it never changes.';
COMMENT ON COLUMN moi.tickets.service_day IS 'The day it is for now: another than day where it was put off or came back.';
COMMENT ON COLUMN moi.tickets.wait_error_minutes IS
    'How far the wait told (wait_low to wait_high, minutes) was missed: 0 within it, above 0 longer, below 0 shorter.';

ALTER TABLE moi.steps
    ADD COLUMN waiting_at bigint,
    ADD COLUMN waiting_seq bigint,
    ADD COLUMN rank_at bigint,
    ADD COLUMN rank_seq bigint,
    ADD COLUMN rank_reason text,
    ADD COLUMN call_reason text,
    ADD COLUMN call_seq bigint,
    ADD COLUMN calls integer,
    ADD COLUMN result text,
    ADD COLUMN dossiers integer,
    ADD COLUMN training boolean,
    ADD COLUMN undone boolean;
COMMENT ON COLUMN moi.steps.undone IS 'The clerk took the call back. Leave it out of every figure.';

ALTER TABLE moi.ratings ADD COLUMN training boolean;

CREATE TABLE moi.periods (
    site_id text NOT NULL,
    day date NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    counter integer NOT NULL,
    staff text NOT NULL,
    kind text NOT NULL,
    reason text NOT NULL,
    started_at bigint NOT NULL,
    ended_at bigint,
    undone boolean NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (site_id, day, id)
) PARTITION BY RANGE (day);
COMMENT ON TABLE moi.periods IS
    'Stretches in which a counter was open or paused, and who sat there. Times are UTC milliseconds.';

CREATE TABLE moi.days (
    site_id text NOT NULL,
    day date NOT NULL,
    id text NOT NULL CHECK (id <> ''),
    opened_at bigint,
    closed_at bigint,
    issued integer NOT NULL,
    done integer NOT NULL,
    no_shows integer NOT NULL,
    cancelled integer NOT NULL,
    expired text NOT NULL,
    not_come integer NOT NULL,
    deferred integer NOT NULL,
    away integer NOT NULL,
    booked integer NOT NULL,
    last_seq bigint NOT NULL,
    PRIMARY KEY (site_id, day, id)
) PARTITION BY RANGE (day);
COMMENT ON TABLE moi.days IS 'How each service day ended; expired holds the numbers that were still open.';

CREATE FUNCTION moi.query_kinds() RETURNS text[]
LANGUAGE sql IMMUTABLE
RETURN ARRAY['tickets', 'steps', 'ratings', 'periods', 'days'];
COMMENT ON FUNCTION moi.query_kinds IS 'The query tables there are, for whatever goes through all of them.';

CREATE OR REPLACE FUNCTION moi.store_rows(p_site text, p_to bigint, p_kind text, p_rows jsonb) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    v_month date;
    v_columns text;
BEGIN
    IF p_kind <> ALL (moi.query_kinds()) THEN
        RAISE EXCEPTION 'There is no query table "%".', p_kind USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (
        SELECT FROM jsonb_array_elements(p_rows) AS r
        WHERE coalesce((r ->> 'last_seq')::bigint NOT BETWEEN 1 AND p_to, true)
    ) THEN
        -- It would win over every later state of the row.
        RAISE EXCEPTION 'last_seq is not of a row that central holds.' USING ERRCODE = 'check_violation';
    END IF;
    FOR v_month IN
        SELECT DISTINCT date_trunc('month', (r ->> 'day')::date::timestamp)::date
        FROM jsonb_array_elements(p_rows) AS r WHERE r ->> 'day' IS NOT NULL
    LOOP
        PERFORM moi.ensure_month(p_kind, v_month);
    END LOOP;
    SELECT string_agg(format('%1$I = excluded.%1$I', attname), ', ') INTO v_columns
    FROM pg_attribute
    WHERE attrelid = format('moi.%I', p_kind)::regclass AND attnum > 0 AND NOT attisdropped
        AND attname NOT IN ('site_id', 'day', 'id');
    EXECUTE format(
        'INSERT INTO moi.%1$I AS held '
        'SELECT x.* FROM jsonb_array_elements($1) AS r, '
        'jsonb_populate_record(NULL::moi.%1$I, r || jsonb_build_object(''site_id'', $2)) AS x '
        'ON CONFLICT (site_id, day, id) DO UPDATE SET %2$s WHERE held.last_seq < excluded.last_seq',
        p_kind, v_columns
    ) USING p_rows, p_site;
END;
$$;

CREATE OR REPLACE FUNCTION moi.set_fork_aside(p_site text, p_from bigint, p_prev bytea, p_epoch bigint) RETURNS boolean
LANGUAGE plpgsql
AS $$
DECLARE
    v_kind text;
    v_oldest bigint;
    v_refresh bigint;
BEGIN
    -- Only a hub that was promoted since (a higher epoch) may continue from an older row, and only from a true one.
    PERFORM FROM moi.sites WHERE site_id = p_site AND seq > p_from AND epoch < p_epoch FOR UPDATE;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    IF p_from > 0 THEN
        PERFORM FROM moi.journal WHERE site_id = p_site AND seq = p_from AND hash = p_prev;
    ELSE
        PERFORM WHERE p_from = 0 AND p_prev = decode(repeat('00', 32), 'hex');
    END IF;
    IF NOT FOUND THEN
        RETURN false;
    END IF;
    WITH fork AS (
        DELETE FROM moi.journal WHERE site_id = p_site AND seq > p_from RETURNING *
    )
    INSERT INTO moi.journal_fork (site_id, replaced_by, seq, epoch, at_ms, command_id, body, hash)
    SELECT site_id, p_epoch, seq, epoch, at_ms, command_id, body, hash FROM fork;

    SELECT min(since) INTO v_oldest FROM (
        SELECT min(issued_at) FROM moi.tickets WHERE site_id = p_site AND last_seq > p_from
        UNION ALL SELECT min(started_at) FROM moi.periods WHERE site_id = p_site AND last_seq > p_from
        UNION ALL SELECT min(opened_at) FROM moi.days WHERE site_id = p_site AND last_seq > p_from
    ) AS changed (since);
    FOREACH v_kind IN ARRAY moi.query_kinds() LOOP
        EXECUTE format(
            'WITH fork AS (DELETE FROM moi.%1$I WHERE site_id = $1 AND last_seq > $2 RETURNING *) '
            'INSERT INTO moi.query_fork (site_id, replaced_by, kind, stored) SELECT $1, $3, %1$L, to_jsonb(fork) FROM fork',
            v_kind
        ) USING p_site, p_from, p_epoch;
    END LOOP;
    -- What was here before the fork and changed in it is now missing, although the new hub may have nothing new to say
    -- of it. Every state it had before is younger than its beginning, so the rows since then are asked for again.
    SELECT seq INTO v_refresh FROM moi.journal
    WHERE site_id = p_site AND seq <= p_from AND at_ms < v_oldest ORDER BY seq DESC LIMIT 1;
    UPDATE moi.sites SET seq = p_from, hash = p_prev,
        refresh_after = least(refresh_after, CASE WHEN v_oldest IS NOT NULL THEN coalesce(v_refresh, 0) END)
    WHERE site_id = p_site;
    RETURN true;
END;
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA moi FROM PUBLIC;
