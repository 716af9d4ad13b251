-- What a hub forgets, central forgets: "side_erased" is an event that every copy obeys (DESIGN §9).

CREATE FUNCTION moi.obey_erased(p_site text, p_seq bigint, p_body bytea) RETURNS void
LANGUAGE plpgsql
AS $$
DECLARE
    v_refs text[] := '{}';
    v_event jsonb;
BEGIN
    BEGIN
        v_event := convert_from(p_body, 'UTF8')::jsonb;
        IF v_event ->> 'type' LIKE 'side\_erased/%' AND jsonb_typeof(v_event -> 'refs') = 'array' THEN
            v_refs := ARRAY(SELECT DISTINCT jsonb_array_elements_text(v_event -> 'refs'));
        END IF;
    EXCEPTION WHEN data_exception THEN
        NULL;  -- The journal is kept as it was sent: a row that cannot be read asks for nothing.
    END;
    -- A ref that is not here leaves its mark all the same: a hub that still has it must not bring it back.
    INSERT INTO moi.side AS held (site_id, ref, seq, kind, payload, expires_at, erased_at)
    SELECT p_site, ref, p_seq, 'erased', NULL, 0, now() FROM unnest(v_refs) AS r (ref) WHERE ref IS NOT NULL
    ON CONFLICT (site_id, ref) DO UPDATE SET payload = NULL, erased_at = excluded.erased_at
    WHERE held.erased_at IS NULL;
END;
$$;
COMMENT ON FUNCTION moi.obey_erased IS 'Forget for good what a journal row says was forgotten; other rows ask for nothing.';

CREATE FUNCTION moi.journal_grew() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
BEGIN
    -- Few rows are of this kind; the others are not parsed.
    PERFORM moi.obey_erased(site_id, seq, body) FROM new_rows WHERE position('side_erased/'::bytea IN body) > 0;
    RETURN NULL;
END;
$$;

-- Before push stores the side data of the same batch, which then finds the mark and stays away.
CREATE TRIGGER obey_erased AFTER INSERT ON moi.journal REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION moi.journal_grew();

-- What hubs have forgotten before central could obey.
SELECT moi.obey_erased(site_id, seq, body) FROM moi.journal WHERE position('side_erased/'::bytea IN body) > 0;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA moi FROM PUBLIC;
