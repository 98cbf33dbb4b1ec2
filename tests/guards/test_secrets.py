"""Nothing of a machine, a network or a real person is written down in the repository."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path

import pytest

from tests.guards.tree import repository_files, text_of

LOCK = Path("uv.lock")
"""Names where each package comes from; that is what it is for."""
BINARY = frozenset({".wav", ".png", ".ico", ".woff2"})

HOST = re.compile(r"\b(?:https?|wss?)://(?:[^\s/@\"'`]*@)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*)")
KNOWN_HOSTS = frozenset(
    {
        "localhost",
        "host",
        "voice",
        "www.apache.org",
        "api.twilio.com",
        "www.w3.org",
        "json-schema.org",
        "www.gnu.org",
        "fsf.org",
    }
)
"""Beside names that no network has: licences, standards, the carrier's own address, host names of tests."""
INVENTED_ENDINGS = (".example", ".invalid", ".test", ".example.org", ".example.com", ".example.net")
INVENTED_HOSTS = frozenset({"example.org", "example.com", "example.net"})

ADDRESS = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w.])")
DOCUMENTED_NETS = [ipaddress.ip_network(net) for net in ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")]
A_PROXYS_INNER_NET = ipaddress.ip_network("10.0.0.0/24")
"""Tests of forwarded requests and of a call's owner need a private address; the smallest net of examples."""

MACHINE_PATH = re.compile(r"(?<![\w.~/<-])/(?:work|root|home|Users|mnt|farm)/")
PACKAGE_INDEX = re.compile(
    r"(?:extra-)?index-?url|\[\[tool\.uv\.index\]\]|trusted-host|PIP_INDEX|UV_INDEX", re.IGNORECASE
)
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_\w{30,}|\bSK[0-9a-f]{32}\b")

NUMBER = re.compile(r"(?<![\w+.])\+\d{8,15}(?!\d)")
INVENTED_NUMBERS = re.compile(
    r"""\+(?:
      1555\d{6,7}            # no area code
    | 1\d{3}55501\d\d        # kept for fiction in North America
    | 442079460\d{3}         # kept for drama (Ofcom)
    | 351(?:21|91|80)0000\d{2,3} # a block of zeros: invented for the demo's country
    | 351(?:760|808)000\d{3}  # the same among its costly numbers
    | 3491000\d{4}            # the same abroad
    | 3519{9}                # nines alone
    )""",
    re.VERBOSE,
)
PUBLISHED_NUMBERS = {
    "+14158675310": "the caller in Twilio's page on signatures",
    "+18005551212": "the number called there; directory assistance",
    "+266696687": "ANONYMOUS on the keypad",
    "+351912345678": "digits in a row, to hear how they are grouped",
}


def texts() -> list[Path]:
    """Everything that is text, without the lock file."""
    return [path for path in repository_files() if path.suffix not in BINARY and path not in (LOCK, _this())]


def _this() -> Path:
    """This page holds what it looks for."""
    return Path("tests/guards/test_secrets.py")


def found(pattern: re.Pattern[str]) -> set[tuple[str, str]]:
    """(path, match) of all texts."""
    return {(str(path), match.group()) for path in texts() for match in pattern.finditer(text_of(path))}


def is_invented_host(name: str) -> bool:
    """A name that no network has, or one that everybody may know."""
    if ADDRESS.fullmatch(name):
        return is_nobodys_address(name)
    return "." not in name or name in KNOWN_HOSTS | INVENTED_HOSTS or name.endswith(INVENTED_ENDINGS)


def is_nobodys_address(text: str) -> bool:
    """This machine itself, the nets of documentation, and the examples' inner net."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return True
    nets = [*DOCUMENTED_NETS, A_PROXYS_INNER_NET]
    return address.is_loopback or address.is_unspecified or any(address in net for net in nets)


def is_nobodys_number(number: str) -> bool:
    """Invented, or published as an example."""
    return bool(INVENTED_NUMBERS.fullmatch(number)) or number in PUBLISHED_NUMBERS


def test_no_address_of_a_network_is_named() -> None:
    named = {
        (str(path), match.group(1))
        for path in texts()
        for match in HOST.finditer(text_of(path))
        if not is_invented_host(match.group(1))
    }
    assert named == set()


def test_no_machine_is_named_by_its_number() -> None:
    pages = {
        (path, text) for path, text in found(ADDRESS) if not path.endswith((".html", ".svg"))
    }  # drawings hold numbers
    assert {(path, text) for path, text in pages if not is_nobodys_address(text)} == set()


def test_no_path_of_a_machine_is_written_down() -> None:
    assert found(MACHINE_PATH) == set()


def test_no_package_index_is_set() -> None:
    assert found(PACKAGE_INDEX) == set()


def test_no_key_lies_about() -> None:
    assert found(KEY) == set()


def test_no_number_is_anybodys() -> None:
    assert {(path, number) for path, number in found(NUMBER) if not is_nobodys_number(number)} == set()


@pytest.mark.parametrize("number", PUBLISHED_NUMBERS)
def test_an_example_number_that_nobody_uses_is_taken_out(number: str) -> None:
    assert any(used == number for _, used in found(NUMBER))


# --- the guards themselves see what they are for


@pytest.mark.parametrize(
    ("name", "invented"),
    [
        ("line.example.org", True),
        ("127.0.0.1", True),
        ("agency.invalid", True),
        ("mirror.our-company.net", False),
        ("8.8.8.8", False),
        ("example.org.our-company.net", False),
    ],
)
def test_a_real_host_is_told_from_an_invented_one(name: str, invented: bool) -> None:
    match = HOST.search(f"see https://{name}/simple/ there")
    assert match is not None
    assert is_invented_host(match.group(1)) is invented


@pytest.mark.parametrize(
    ("number", "invented"),
    [("+15551234567", True), ("+351910000042", True), ("+351213456789", False), ("+16135550142", True)],
)
def test_a_real_number_is_told_from_an_invented_one(number: str, invented: bool) -> None:
    assert NUMBER.fullmatch(number)
    assert is_nobodys_number(number) is invented


@pytest.mark.parametrize(("text", "seen"), [('open("/work/x")', True), ("`docs/work/x`", False), ("/srv/x", False)])
def test_a_machines_path_is_seen(text: str, seen: bool) -> None:
    assert bool(MACHINE_PATH.search(text)) is seen
