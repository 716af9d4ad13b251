-- Who may push and pull. All of it is the administrator's; nothing here is executable by a site.

CREATE FUNCTION moi.register_site(p_site_id text, p_login text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
BEGIN
    INSERT INTO moi.sites (site_id, login) VALUES (p_site_id, p_login);
    PERFORM moi.grant_site(p_login);
END;
$$;
COMMENT ON FUNCTION moi.register_site IS 'Let an existing login push and pull for a new site. Creates nothing secret.';

CREATE FUNCTION moi.grant_site(p_login text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
DECLARE
    v_function text;
BEGIN
    EXECUTE format('GRANT USAGE ON SCHEMA moi TO %I', p_login);
    FOR v_function IN SELECT oid::regprocedure FROM pg_proc
        WHERE pronamespace = 'moi'::regnamespace AND proname IN ('push', 'pull')
    LOOP
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', v_function, p_login);
    END LOOP;
END;
$$;
COMMENT ON FUNCTION moi.grant_site IS
    'The only rights a site ever gets. A migration that gives push or pull new arguments calls this for every site.';

CREATE FUNCTION moi.revoke_site(p_site_id text) RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, moi, pg_temp
AS $$
DECLARE
    v_login text;
BEGIN
    UPDATE moi.sites SET revoked_at = coalesce(revoked_at, now()) WHERE site_id = p_site_id RETURNING login INTO v_login;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no site %.', p_site_id USING ERRCODE = 'no_data_found';
    END IF;
    EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA moi FROM %I', v_login);
    EXECUTE format('REVOKE ALL ON SCHEMA moi FROM %I', v_login);
END;
$$;
COMMENT ON FUNCTION moi.revoke_site IS 'End a site''s access at once, in open sessions too. What it sent stays.';

CREATE FUNCTION moi.site_of_login() RETURNS text
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, moi, pg_temp
AS $$
DECLARE
    v_site text;
BEGIN
    -- session_user is who logged in; current_user would be the owner of the definer's function that asks.
    SELECT site_id INTO v_site FROM moi.sites WHERE login = session_user AND revoked_at IS NULL;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'The login % belongs to no site.', session_user USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN v_site;
END;
$$;
