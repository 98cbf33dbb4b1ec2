"""`openline number` as an operator types it."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from ivr.cli.number import command
from ivr.errors import CarrierFailed, SettingsError
from tests.telephony.line_under_test import ACCOUNT
from tests.telephony.scripted_api import ScriptedApi, scripted_api

NUMBER = "+15551234567"
URL = "https://ivr.example.org"
FALLBACK = "https://static.example.net/fallback.xml"


@pytest.fixture
def api() -> Iterator[ScriptedApi]:
    with scripted_api() as api:
        yield api


def run(*arguments: str, environment: dict[str, str | None] | None = None) -> Result:
    none = {"TWILIO_ACCOUNT_SID": None, "TWILIO_AUTH_TOKEN": None}
    return CliRunner().invoke(command, arguments, env=none | (environment or {}))


def connected(api: ScriptedApi, *arguments: str) -> Result:
    account = {"TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": "token", "OPENLINE_CARRIER_API": api.url}
    return run("connect", NUMBER, *arguments, environment=account)


def test_connect_points_a_number_at_the_line(api: ScriptedApi) -> None:
    numbers = f"/2010-04-01/Accounts/{ACCOUNT}/IncomingPhoneNumbers"
    sid = "PN" + "1" * 32
    api.answers.append((200, {"incoming_phone_numbers": [{"sid": sid}], "page": 0, "page_size": 1}))
    api.answers.append((200, {"sid": sid}))
    result = connected(api, "--url", URL, "--fallback-url", FALLBACK)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    asked, changed = api.asked
    assert (asked[0], asked[1], asked[2]["PhoneNumber"]) == ("GET", f"{numbers}.json", [NUMBER])
    assert changed == (
        "POST",
        f"{numbers}/{sid}.json",
        {
            "VoiceUrl": [f"{URL}/voice"],
            "VoiceMethod": ["POST"],
            "VoiceFallbackUrl": [FALLBACK],
            "VoiceFallbackMethod": ["GET"],
            "StatusCallback": [f"{URL}/voice/status"],
            "StatusCallbackMethod": ["POST"],
        },
    )


def test_a_number_that_the_account_lacks_is_said(api: ScriptedApi) -> None:
    api.answers.append((200, {"incoming_phone_numbers": [], "page": 0, "page_size": 1}))
    result = connected(api, "--url", URL, "--fallback-url", FALLBACK)
    assert isinstance(result.exception, CarrierFailed)
    assert "no number +15551234567" in str(result.exception)
    assert len(api.asked) == 1


def test_a_wrong_account_changes_nothing(api: ScriptedApi) -> None:
    api.refuse(401, 20003)
    assert isinstance(connected(api, "--url", URL, "--fallback-url", FALLBACK).exception, CarrierFailed)


def test_a_dry_run_needs_no_account_and_asks_nobody(api: ScriptedApi) -> None:
    result = run("connect", NUMBER, "--url", f"{URL}/voice/", "--fallback-url", FALLBACK, "--dry-run", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == {
        "number": NUMBER,
        "changed": False,
        "voice_url": f"{URL}/voice",
        "fallback_url": FALLBACK,
        "status_url": f"{URL}/voice/status",
    }
    assert api.asked == []


@pytest.mark.parametrize(
    ("fallback", "warning"),
    [(f"{URL}/other.xml", "own host"), (f"{URL}:8443/other.xml", "own host"), ("", "without --fallback-url")],
)
def test_a_fallback_that_is_none_is_warned_of(fallback: str, warning: str) -> None:
    result = run("connect", NUMBER, "--url", URL, "--fallback-url", fallback, "--dry-run")
    assert result.exit_code == 0
    assert warning in result.stderr


@pytest.mark.parametrize("number", ["15551234567", "+0555123", "+1 555 123 4567", "+1555123456789012", "+1555123456a"])
def test_a_number_must_be_one(number: str) -> None:
    result = run("connect", number, "--url", URL, "--dry-run")
    assert isinstance(result.exception, SettingsError)
    assert "+15551234567" in str(result.exception)


@pytest.mark.parametrize(
    "url",
    [
        "http://ivr.example.org",
        "ivr.example.org",
        "https://my_host.example.org",
        "https://localhost",
        "https://u:p@a.example",
        "https://a.example?x=1",
        "https://",
    ],
)
def test_an_address_must_be_one_that_the_carrier_can_ask(url: str) -> None:
    for options in (["--url", url], ["--url", URL, "--fallback-url", url]):
        assert isinstance(run("connect", NUMBER, *options, "--dry-run").exception, SettingsError)


def test_without_an_account_it_says_which_variables_are_missing() -> None:
    result = run(
        "connect", NUMBER, "--url", URL, "--fallback-url", FALLBACK, environment={"TWILIO_ACCOUNT_SID": ACCOUNT}
    )
    assert isinstance(result.exception, SettingsError)
    assert str(result.exception).startswith("TWILIO_AUTH_TOKEN:")


def test_the_fallback_dials_a_person_in_the_words_of_the_prompts() -> None:
    root = ET.fromstring(run("fallback", "--dial", "+15557654321").stdout)  # noqa: S314 - our own document
    assert [verb.tag for verb in root] == ["Say", "Say", "Dial", "Hangup"]
    assert root.findtext("Dial/Number") == "+15557654321"
    assert "our line is down" in (root.findtext("Say") or "")


def test_the_fallback_without_a_person_takes_a_message() -> None:
    root = ET.fromstring(run("fallback").stdout)  # noqa: S314 - our own document
    assert [verb.tag for verb in root] == ["Say", "Say", "Record", "Hangup"]


def test_the_fallback_refuses_a_number_that_is_none() -> None:
    assert isinstance(run("fallback", "--dial", "112").exception, SettingsError)
