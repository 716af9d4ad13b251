-- pull: the one way out to a site; and what the administrator posts, and lets be forgotten.

CREATE FUNCTION moi.post(p_site_id text, p_kind text, p_body bytea) RETURNS bigint
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
DECLARE
    v_id bigint;
BEGIN
    -- Not a sequence: two posts would then commit in any order, and a reader by cursor would miss the slower one.
    UPDATE moi.sites SET inbox_head = inbox_head + 1 WHERE site_id = p_site_id RETURNING inbox_head INTO v_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no site %.', p_site_id USING ERRCODE = 'no_data_found';
    END IF;
    INSERT INTO moi.inbox (site_id, id, kind, body) VALUES (p_site_id, v_id, p_kind, p_body);
    RETURN v_id;
END;
$$;
COMMENT ON FUNCTION moi.post IS 'Put something into a site''s inbox; returns its place there.';

CREATE FUNCTION moi.pull(p_after bigint, p_limit integer DEFAULT 100)
RETURNS TABLE (id bigint, kind text, body bytea, posted_at timestamptz)
LANGUAGE sql STABLE
SECURITY DEFINER
SET search_path = pg_catalog, moi, pg_temp
AS $$
    SELECT i.id, i.kind, i.body, i.posted_at FROM moi.inbox AS i
    WHERE i.site_id = moi.site_of_login() AND i.id > p_after
    ORDER BY i.id LIMIT least(p_limit, 1000)
$$;
COMMENT ON FUNCTION moi.pull IS 'What central has for the caller''s site after a place it has already seen, in order.';

CREATE FUNCTION moi.erase(p_site_id text, p_ref text) RETURNS boolean
LANGUAGE sql
SET search_path = pg_catalog, moi, pg_temp
AS $$
    WITH gone AS (
        UPDATE moi.side SET payload = NULL, erased_at = now()
        WHERE site_id = p_site_id AND ref = p_ref AND erased_at IS NULL RETURNING 1
    )
    SELECT EXISTS (SELECT FROM gone)
$$;
COMMENT ON FUNCTION moi.erase IS 'Forget one piece of side data for good; returns whether there was anything to forget.';

CREATE FUNCTION moi.erase_expired() RETURNS bigint
LANGUAGE sql
SET search_path = pg_catalog, moi, pg_temp
AS $$
    WITH gone AS (
        UPDATE moi.side SET payload = NULL, erased_at = now()
        WHERE payload IS NOT NULL AND expires_at <= extract(epoch FROM now()) * 1000 RETURNING 1
    )
    SELECT count(*) FROM gone
$$;
COMMENT ON FUNCTION moi.erase_expired IS 'Forget all side data whose time is over; run it daily. Returns how many.';

-- Functions are executable by everyone until this is said. Every later migration that adds one ends the same way.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA moi FROM PUBLIC;
