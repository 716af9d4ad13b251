-- The hash rule of the journal (DESIGN §3): SHA-256 over the hash before (32 bytes, zeros for the first row), epoch, seq
-- and time (ms) as 8 bytes each with the highest first, the command's id in UTF-8, one zero byte, and the body.

CREATE FUNCTION moi.row_hash(p_prev bytea, p_epoch bigint, p_seq bigint, p_at_ms bigint, p_command_id text, p_body bytea)
RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(
    p_prev || int8send(p_epoch) || int8send(p_seq) || int8send(p_at_ms)
    || convert_to(p_command_id, 'UTF8') || '\x00'::bytea || p_body
);

CREATE FUNCTION moi.chain_holds(
    p_from bigint, p_prev bytea,
    p_epochs bigint[], p_ats bigint[], p_command_ids text[], p_bodies bytea[], p_hashes bytea[]
) RETURNS boolean
LANGUAGE sql STABLE
RETURN (
    SELECT coalesce(
        bool_and(
            -- coalesce, because a null anywhere is not a row and must not pass
            coalesce(c.hash = moi.row_hash(c.prev, c.epoch, p_from + c.n, c.at_ms, c.command_id, c.body), false)
            AND c.epoch >= c.epoch_before
        ),
        true
    )
    FROM (
        SELECT r.*, lag(r.hash, 1, p_prev) OVER w AS prev, lag(r.epoch, 1, 0::bigint) OVER w AS epoch_before
        FROM unnest(p_epochs, p_ats, p_command_ids, p_bodies, p_hashes)
            WITH ORDINALITY AS r (epoch, at_ms, command_id, body, hash, n)
        WINDOW w AS (ORDER BY r.n)
    ) AS c
);
COMMENT ON FUNCTION moi.chain_holds IS 'Whether rows continue row p_from, whose hash is p_prev, and no epoch falls.';

CREATE FUNCTION moi.verify_chain(p_site_id text, OUT row_count bigint, OUT head bytea, OUT broken_at bigint)
LANGUAGE sql STABLE
SET search_path = pg_catalog, moi, pg_temp
AS $$
    WITH checked AS (
        SELECT seq, hash, (
            seq = row_number() OVER w
            AND hash = moi.row_hash(
                lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER w, epoch, seq, at_ms, command_id, body
            )
            AND epoch >= lag(epoch, 1, 0::bigint) OVER w
        ) AS holds
        FROM moi.journal WHERE site_id = p_site_id
        WINDOW w AS (ORDER BY seq)
    ), site AS (
        SELECT seq, hash FROM moi.sites WHERE site_id = p_site_id
    ), tail AS (
        SELECT seq, hash FROM checked ORDER BY seq DESC LIMIT 1
    )
    SELECT
        (SELECT count(*) FROM checked),
        (SELECT hash FROM tail),
        coalesce(
            (SELECT min(seq) FROM checked WHERE NOT holds),
            -- the rows hold together; do they also end where the cursor says?
            (SELECT least(site.seq, coalesce(tail.seq, 0)) + 1 FROM site LEFT JOIN tail ON true
             WHERE site.seq <> coalesce(tail.seq, 0) OR (tail.seq IS NOT NULL AND site.hash <> tail.hash))
        )
$$;
COMMENT ON FUNCTION moi.verify_chain IS
    'Recompute every hash of a site over the stored bytes. broken_at is null when all rows are there and unchanged, '
    'else the first row that is not.';
