"""Tests of the demo agency: its answers against docs/agency-api.yaml, its people, its memory."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from ivr.services.demo_agency import record
from ivr.services.demo_agency.app import PREFIX, create_demo_agency
from ivr.services.demo_agency.people import invented_people
from ivr.services.demo_agency.stories import STORIES
from tests.services.agencies import TODAY, TOKEN, invented_callers

ROOT = Path(__file__).parents[2]
API: dict[str, Any] = yaml.safe_load((ROOT / "docs/agency-api.yaml").read_text("utf-8"))
RUTH = invented_callers()["ruth"]
PERSON = invented_people()[0].ref
BEARER = {"Authorization": f"Bearer {TOKEN}"}
KEYED = {**BEARER, "Idempotency-Key": "k"}
LETTER = {"customer_number": RUTH.customer_number, "birth_date": RUTH.birth_date.isoformat()}
POSTS: dict[str, dict[str, Any]] = {
    "/verify": {"customer_number": RUTH.customer_number, "pin": RUTH.pin},
    "/claim-status": {**LETTER, "case_number": "0005724"},
    "/pin-letters": LETTER,
    "/applications": {"reference": "0005724", "benefit": "child", "answers": {"number_of_children": "2"}},
    "/call-backs": {"reference": "0005724", "phone_number": "+351210000001", "window": "morning", "reason": "keys"},
    "/people/{person}/letters": {"kind": "tax_certificate"},
    "/people/{person}/contact-changes": {"new": {"phone": "912345678"}},
    "/people/{person}/reports": {"reference": "0005724", "kind": "income", "when": "2026-10", "amount": 25_000},
    "/streets": {"postcode": "10010"},
    "/contact-changes/stop": {"reference": "0005724"},
    "/complaints": {
        "reference": "0005724", "about": "decision", "words": "it is too little", "day": "2026-11-20",
        "person": None, "phone_number": "+351210000001",
    },
}  # fmt: skip


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    return create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY).test_client()


def check(path: str, method: str, answer: TestResponse) -> Any:
    """The answer is one that the document describes; gives its body."""
    response = API["paths"][path][method]["responses"][str(answer.status_code)]
    if "$ref" in response:
        response = API["components"]["responses"][response["$ref"].rpartition("/")[2]]
    schema = {**response["content"]["application/json"]["schema"], "components": API["components"]}
    body = answer.get_json()
    jsonschema.validate(body, schema, format_checker=jsonschema.FormatChecker())
    return body


def test_the_document_is_valid_openapi() -> None:
    validate(API)


@pytest.mark.parametrize("path", POSTS)
def test_what_is_posted_and_answered_is_as_the_document_says(client: FlaskClient, path: str) -> None:
    schema = API["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    jsonschema.validate(POSTS[path], {**schema, "components": API["components"]})
    answer = client.post(PREFIX + path.format(person=PERSON), json=POSTS[path], headers=KEYED)
    assert answer.status_code in (200, 201, 202)
    check(path, "post", answer)


@pytest.mark.parametrize("person", invented_people(), ids=lambda person: person.key)
def test_every_record_is_as_the_document_says(client: FlaskClient, person: Any) -> None:
    for path in ("/people/{person}/payments", "/people/{person}/claims", "/people/{person}/contact"):
        answer = client.get(PREFIX + path.format(person=person.ref), headers=BEARER)
        assert answer.status_code == 200
        check(path, "get", answer)


def test_every_path_of_the_document_is_served_and_no_other(client: FlaskClient) -> None:
    served = {
        (rule.rule.removeprefix(PREFIX).replace("<", "{").replace(">", "}"), method.lower())
        for rule in client.application.url_map.iter_rules()
        if rule.endpoint != "static"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == {(path, method) for path, methods in API["paths"].items() for method in methods}


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer "}, {"Authorization": f"bearer{TOKEN}"}, {"Authorization": "Bearer é"}]
)
def test_nobody_gets_in_without_the_token(client: FlaskClient, headers: dict[str, str]) -> None:
    for path, body in POSTS.items():
        answer = client.post(
            PREFIX + path.format(person=PERSON), json=body, headers={**headers, "Idempotency-Key": "k"}
        )
        assert answer.status_code == 401
        check(path, "post", answer)
    assert client.get(f"{PREFIX}/people/{invented_people()[0].ref}/claims", headers=headers).status_code == 401
    assert client.get(f"{PREFIX}/health").get_json() == {"status": "ok"}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(path=st.sampled_from(sorted(POSTS)), changes=st.dictionaries(st.sampled_from(
    sorted({name for body in POSTS.values() for name in body} | {"more"})
), JSON, min_size=1, max_size=2))  # fmt: skip
def test_what_is_not_as_described_is_refused_without_repeating_it(
    client: FlaskClient, path: str, changes: dict[str, Any]
) -> None:
    schema = API["paths"][path]["post"]["requestBody"]["content"]["application/json"]["schema"]
    body = {**POSTS[path], **changes}
    is_described = jsonschema.Draft202012Validator(
        {**schema, "components": API["components"]}, format_checker=jsonschema.FormatChecker()
    ).is_valid(body)
    answer = client.post(
        PREFIX + path.format(person=PERSON), data=json.dumps(body), headers=KEYED, content_type="application/json"
    )
    if not is_described:
        assert answer.status_code == 400
        check(path, "post", answer)
        assert RUTH.pin not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b"{" + b" " * 70_000])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post(f"{PREFIX}/verify", data=body, headers=BEARER, content_type="application/json")
    assert answer.status_code in (400, 413)
    assert set(answer.get_json()) == {"problem"}


@pytest.mark.parametrize("key", [None, "", "k" * 129])
def test_what_must_not_happen_twice_needs_a_key(client: FlaskClient, key: str | None) -> None:
    headers = BEARER if key is None else {**BEARER, "Idempotency-Key": key}
    for path in ("/applications", "/call-backs", "/pin-letters"):
        assert client.post(PREFIX + path.format(person=PERSON), json=POSTS[path], headers=headers).status_code == 400


def test_a_restart_loses_nothing(tmp_path: Path) -> None:
    first = create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY).test_client()
    receipt = first.post(f"{PREFIX}/applications", json=POSTS["/applications"], headers=KEYED).get_json()
    later = create_demo_agency(TOKEN, tmp_path / "agency.db", lambda: TODAY + timedelta(days=1)).test_client()
    again = later.post(f"{PREFIX}/applications", json=POSTS["/applications"], headers=KEYED)
    assert (again.status_code, again.get_json()) == (201, receipt)


def test_there_are_forty_people_with_their_own_numbers_and_every_story_is_told() -> None:
    people = invented_people()
    assert len(people) == len({p.key for p in people}) == len({p.customer_number for p in people}) == 40
    assert len({person.ref for person in people}) == 40
    assert {person.story for person in people} == set(STORIES)
    assert {person.language for person in people} == {"en", "es", "ko"}


def test_the_agency_keeps_hashes_and_the_testers_file_is_about_the_same_people() -> None:
    known = {person.key: person for person in invented_people()}
    for key, tester in invented_callers().items():
        person = known[key]
        assert (person.customer_number, person.birth_date, person.story) == (
            tester.customer_number, tester.birth_date, tester.story,
        )  # fmt: skip
        assert person.pin_hash.startswith("$argon2id$")
        assert tester.case_numbers == tuple(record.case_number(person, n) for n in range(len(tester.case_numbers)))


def test_the_page_for_testers_names_everybody() -> None:
    page = (ROOT / "docs/demo-people.md").read_text("utf-8")
    assert "invented" in page
    for tester in invented_callers().values():
        assert f"| {tester.name} | `{tester.customer_number}` | `{tester.pin}` |" in page


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
@settings(max_examples=40, deadline=None)
def test_on_any_day_the_next_payment_lies_ahead_and_the_last_behind(today: date) -> None:
    for person in invented_people():
        payments = record.payments(person, today)
        assert all(payment.due > today for payment in payments.upcoming)
        assert all(today - record.ONE_YEAR < payment.due <= today for payment in payments.past)
        assert all(payment.due.weekday() < 5 for payment in (*payments.upcoming, *payments.past, *payments.problems))
        assert all(payment.expected > today for payment in payments.problems if payment.expected)
        dues = [(p.benefit, p.due) for p in (*payments.upcoming, *payments.past, *payments.problems)]
        assert len(dues) == len(set(dues))
        assert payments == record.payments(person, today)


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)))
@settings(max_examples=40, deadline=None)
def test_on_any_day_each_story_is_the_one_that_was_written(today: date) -> None:
    by_story = {person.story: person for person in invented_people()}
    for story, person in by_story.items():
        payments = record.payments(person, today)
        troubles = [plan.trouble for plan in STORIES[story].plans if plan.trouble]
        assert sorted(payment.state for payment in payments.problems) == sorted(trouble.state for trouble in troubles)
        planned = sum(
            plan.months_planned
            for plan in STORIES[story].plans
            if plan.trouble is None or plan.trouble.state != "suspended"
        )
        assert len(payments.upcoming) == planned
