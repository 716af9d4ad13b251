-- push: the one way in. A site sends rows that continue the chain central holds, and the query rows they changed.

CREATE TYPE moi.push_answer AS (
    status text,            -- ok | cursor (asked only) | diverged (nothing changed) | broken (rows do not chain)
    seq bigint,             -- the cursor after this call
    hash bytea,
    epoch bigint,
    refresh_after bigint,   -- not null: send query rows last changed after this seq again, with no journal rows
    quarantined integer     -- query rows of this call that could not be stored
);

CREATE FUNCTION moi.ensure_month(p_kind text, p_month date) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    v_name text := format('%s_%s', p_kind, to_char(p_month, 'YYYY_MM'));
BEGIN
    IF to_regclass(format('moi.%I', v_name)) IS NOT NULL THEN
        RETURN;
    END IF;
    -- A site whose clock is wrong must not fill the database with empty months.
    IF p_month NOT BETWEEN date '2020-01-01' AND current_date + 366 THEN
        RAISE EXCEPTION 'The service day lies in %, which cannot be.', p_month USING ERRCODE = 'check_violation';
    END IF;
    -- One at a time; whoever waited looks again. It must be a lock on this very table: taking it is what lets this
    -- session see a month that another one has just attached (an advisory lock does not). Neither this lock nor
    -- attaching a ready table, unlike creating a partition in place, holds up the pushes of other sites.
    EXECUTE format('LOCK TABLE ONLY moi.%I IN SHARE UPDATE EXCLUSIVE MODE', p_kind);
    IF to_regclass(format('moi.%I', v_name)) IS NULL THEN
        EXECUTE format('CREATE TABLE moi.%I (LIKE moi.%I INCLUDING ALL)', v_name, p_kind);
        EXECUTE format(
            'ALTER TABLE moi.%I ATTACH PARTITION moi.%I FOR VALUES FROM (%L) TO (%L)',
            p_kind, v_name, p_month, (p_month + interval '1 month')::date
        );
    END IF;
END;
$$;

CREATE FUNCTION moi.store_rows(p_site text, p_to bigint, p_kind text, p_rows jsonb) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    v_month date;
    v_columns text;
BEGIN
    IF p_kind NOT IN ('tickets', 'steps', 'ratings') THEN
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
COMMENT ON FUNCTION moi.store_rows IS 'Upsert query rows of one table where they are newer; raises if any cannot be stored.';

CREATE FUNCTION moi.store_changed(p_site text, p_to bigint, p_kinds text[], p_rows text[]) RETURNS integer
LANGUAGE plpgsql
AS $$
DECLARE
    v_bad integer := 0;
    v_kind text;
    v_row text;
BEGIN
    -- In one order for all sites, so that two that both need new months cannot wait for each other.
    FOR v_kind IN SELECT DISTINCT k FROM unnest(p_kinds) AS k ORDER BY k LOOP
        BEGIN
            PERFORM moi.store_rows(p_site, p_to, v_kind, (
                SELECT jsonb_agg(r::jsonb) FROM unnest(p_kinds, p_rows) AS u (k, r) WHERE k = v_kind
            ));
        -- What lies in the rows themselves. Anything else (deadlock, full disk) must fail the push, to be sent again.
        EXCEPTION WHEN data_exception OR integrity_constraint_violation OR cardinality_violation
            OR datatype_mismatch OR program_limit_exceeded THEN
            FOR v_row IN SELECT r FROM unnest(p_kinds, p_rows) AS u (k, r) WHERE k = v_kind LOOP
                BEGIN
                    PERFORM moi.store_rows(p_site, p_to, v_kind, jsonb_build_array(v_row::jsonb));
                EXCEPTION WHEN data_exception OR integrity_constraint_violation
                    OR datatype_mismatch OR program_limit_exceeded THEN
                    INSERT INTO moi.quarantine (site_id, kind, sent, reason) VALUES (p_site, v_kind, v_row, SQLERRM);
                    v_bad := v_bad + 1;
                END;
            END LOOP;
        END;
    END LOOP;
    RETURN v_bad;
END;
$$;
COMMENT ON FUNCTION moi.store_changed IS
    'Store query rows, table by table; where one cannot be stored, row by row, each bad one into quarantine.';

CREATE FUNCTION moi.move_cursor(p_site text, p_from bigint, p_prev bytea, p_epochs bigint[], p_hashes bytea[])
RETURNS boolean
LANGUAGE plpgsql
AS $$
BEGIN
    UPDATE moi.sites SET
        seq = p_from + cardinality(p_hashes),
        hash = coalesce(p_hashes[cardinality(p_hashes)], hash),
        epoch = coalesce(p_epochs[cardinality(p_epochs)], epoch),
        refresh_after = CASE WHEN cardinality(p_hashes) > 0 THEN refresh_after END,
        last_push_at = now()
    WHERE site_id = p_site AND seq = p_from AND hash = p_prev AND epoch <= coalesce(p_epochs[1], epoch);
    RETURN FOUND;
END;
$$;

CREATE FUNCTION moi.set_fork_aside(p_site text, p_from bigint, p_prev bytea, p_epoch bigint) RETURNS boolean
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

    SELECT min(issued_at) INTO v_oldest FROM moi.tickets WHERE site_id = p_site AND last_seq > p_from;
    FOREACH v_kind IN ARRAY ARRAY['tickets', 'steps', 'ratings'] LOOP
        EXECUTE format(
            'WITH fork AS (DELETE FROM moi.%1$I WHERE site_id = $1 AND last_seq > $2 RETURNING *) '
            'INSERT INTO moi.query_fork (site_id, replaced_by, kind, stored) SELECT $1, $3, %1$L, to_jsonb(fork) FROM fork',
            v_kind
        ) USING p_site, p_from, p_epoch;
    END LOOP;
    -- A ticket that was here before the fork and changed in it is now missing, although the new hub may have nothing
    -- new to say of it. Every state it had before is younger than its issue, so the rows since then are asked for again.
    SELECT seq INTO v_refresh FROM moi.journal
    WHERE site_id = p_site AND seq <= p_from AND at_ms < v_oldest ORDER BY seq DESC LIMIT 1;
    UPDATE moi.sites SET seq = p_from, hash = p_prev,
        refresh_after = least(refresh_after, CASE WHEN v_oldest IS NOT NULL THEN coalesce(v_refresh, 0) END)
    WHERE site_id = p_site;
    RETURN true;
END;
$$;
COMMENT ON FUNCTION moi.set_fork_aside IS
    'Move what lies after p_from aside and the cursor back to it, if a higher epoch rightly continues from there.';

CREATE FUNCTION moi.answer(p_status text, p_site text, p_quarantined integer DEFAULT 0) RETURNS moi.push_answer
LANGUAGE sql
RETURN (
    SELECT ROW(p_status, seq, hash, epoch, refresh_after, p_quarantined)::moi.push_answer
    FROM moi.sites WHERE site_id = p_site
);

CREATE FUNCTION moi.push(
    p_from bigint, p_prev bytea,
    p_epochs bigint[], p_ats bigint[], p_command_ids text[], p_bodies bytea[], p_hashes bytea[],
    p_side_seqs bigint[], p_side_refs text[], p_side_kinds text[], p_side_payloads bytea[], p_side_expires bigint[],
    p_changed_kinds text[], p_changed_rows text[]
) RETURNS moi.push_answer
LANGUAGE plpgsql
SECURITY DEFINER
SET search_path = pg_catalog, moi, pg_temp
SET lock_timeout = '10s'
AS $$
DECLARE
    v_site text := moi.site_of_login();
BEGIN
    IF p_from IS NULL THEN
        RETURN moi.answer('cursor', v_site);
    END IF;
    IF NOT moi.chain_holds(p_from, p_prev, p_epochs, p_ats, p_command_ids, p_bodies, p_hashes) THEN
        RETURN moi.answer('broken', v_site);
    END IF;
    -- The update is what makes a batch count once: it waits for another push of the same site, then finds the cursor
    -- gone on, and moves nothing.
    IF NOT moi.move_cursor(v_site, p_from, p_prev, p_epochs, p_hashes) THEN
        IF NOT moi.set_fork_aside(v_site, p_from, p_prev, p_epochs[1]) THEN
            RETURN moi.answer('diverged', v_site);
        END IF;
        PERFORM moi.move_cursor(v_site, p_from, p_prev, p_epochs, p_hashes);
    END IF;
    INSERT INTO moi.journal (site_id, seq, epoch, at_ms, command_id, body, hash)
    SELECT v_site, p_from + n, epoch, at_ms, command_id, body, hash
    FROM unnest(p_epochs, p_ats, p_command_ids, p_bodies, p_hashes)
        WITH ORDINALITY AS r (epoch, at_ms, command_id, body, hash, n);
    -- Where a promoted hub enters a fact again, the same ref comes with a new seq; what was erased stays erased.
    INSERT INTO moi.side AS held (site_id, ref, seq, kind, payload, expires_at)
    SELECT DISTINCT ON (ref) v_site, ref, seq, kind, payload, expires_at
    FROM unnest(p_side_seqs, p_side_refs, p_side_kinds, p_side_payloads, p_side_expires)
        AS s (seq, ref, kind, payload, expires_at)
    ORDER BY ref, seq DESC
    ON CONFLICT (site_id, ref) DO UPDATE SET
        seq = excluded.seq, kind = excluded.kind, payload = excluded.payload, expires_at = excluded.expires_at
    WHERE held.erased_at IS NULL;
    RETURN moi.answer(
        'ok', v_site, moi.store_changed(v_site, p_from + cardinality(p_hashes), p_changed_kinds, p_changed_rows)
    );
END;
$$;
COMMENT ON FUNCTION moi.push IS
    'Append rows after p_from (whose hash is p_prev) to the journal of the caller''s site, once, in one transaction. '
    'With p_from null it only answers the cursor; with no rows at the cursor it only stores query rows.';

CREATE FUNCTION moi.retry_quarantine(p_site_id text) RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
DECLARE
    v_to bigint;
    v_kinds text[];
    v_rows text[];
BEGIN
    SELECT seq INTO v_to FROM moi.sites WHERE site_id = p_site_id FOR UPDATE;
    WITH taken AS (
        DELETE FROM moi.quarantine WHERE site_id = p_site_id RETURNING id, kind, sent
    )
    SELECT coalesce(array_agg(kind ORDER BY id), '{}'), coalesce(array_agg(sent ORDER BY id), '{}')
    INTO v_kinds, v_rows FROM taken;
    RETURN moi.store_changed(p_site_id, v_to, v_kinds, v_rows);
END;
$$;
COMMENT ON FUNCTION moi.retry_quarantine IS
    'Try to store a site''s quarantined rows again, say after a migration; returns how many remain there.';
