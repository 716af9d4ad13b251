import sqlite3

import psycopg
import pytest
from psycopg import errors

from kiosk.central.connecting import parameters
from kiosk.central.failures import DivergedError, NextStep, failure_of


@pytest.mark.parametrize(
    ("error", "next_step"),
    [
        (psycopg.OperationalError("connection refused"), NextStep.RETRY),
        (psycopg.OperationalError("server closed the connection unexpectedly"), NextStep.RETRY),
        (psycopg.OperationalError('FATAL: password authentication failed for user "s"'), NextStep.REVOKED),
        (psycopg.OperationalError('FATAL: role "s" is not permitted to log in'), NextStep.REVOKED),
        (errors.ConnectionTimeout("connection timeout expired"), NextStep.RETRY),
        (errors.AdminShutdown("terminating connection"), NextStep.RETRY),
        (errors.CrashShutdown("terminating connection"), NextStep.RETRY),
        (errors.CannotConnectNow("starting up"), NextStep.RETRY),
        (errors.TooManyConnections("sorry"), NextStep.RETRY),
        (errors.DeadlockDetected("deadlock"), NextStep.RETRY),
        (errors.LockNotAvailable("lock timeout"), NextStep.RETRY),
        (errors.DiskFull("no space"), NextStep.RETRY),
        (errors.ReadOnlySqlTransaction("a replica"), NextStep.RETRY),
        (errors.InvalidSchemaName("no schema moi"), NextStep.RETRY),
        (errors.UndefinedFunction("no push"), NextStep.RETRY),
        (errors.InsufficientPrivilege("denied"), NextStep.REVOKED),
        (errors.InvalidAuthorizationSpecification("who?"), NextStep.REVOKED),
        (errors.NotNullViolation("null"), NextStep.REJECTED),
        (errors.CharacterNotInRepertoire("bytes"), NextStep.REJECTED),
        (psycopg.DataError("text fields cannot contain NUL (0x00) bytes"), NextStep.REJECTED),
        (DivergedError("another history"), NextStep.REJECTED),
        (sqlite3.OperationalError("disk I/O error"), NextStep.RETRY),
        (OSError("gone"), NextStep.RETRY),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_a_failure_says_what_to_do_next(error: Exception, next_step: NextStep) -> None:
    failure = failure_of(error)
    assert failure.next_step is next_step
    assert failure.sentence


def test_only_the_first_line_of_the_servers_words_is_passed_on() -> None:
    failure = failure_of(errors.DeadlockDetected("deadlock detected\nDETAIL: Process 1 waits for 2"))
    assert failure.sentence == "Central cannot take rows right now: deadlock detected"


@pytest.mark.parametrize("dsn", ["postgresql://central.example/moi", "host=10.0.0.5", "host=localhost,central.example"])
def test_a_line_that_leaves_the_machine_is_encrypted_and_verified_by_default(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGSSLMODE", raising=False)
    assert parameters(dsn)["sslmode"] == "verify-full"


@pytest.mark.parametrize("dsn", ["dbname=moi", "host=127.0.0.1", "postgresql://localhost/moi", "host=/run/postgresql"])
def test_a_line_within_the_machine_is_left_to_libpq(dsn: str) -> None:
    assert "sslmode" not in parameters(dsn)


def test_what_the_dsn_says_goes_before_what_we_think() -> None:
    said = parameters("host=central.example sslmode=require connect_timeout=9 application_name=hub-7")
    assert (said["sslmode"], said["connect_timeout"], said["application_name"]) == ("require", "9", "hub-7")
