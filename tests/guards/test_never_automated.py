"""What no machine may do (service reference, row 32) has no code path: no port, no route, no request, no table.

Bank account, payee, a PIN on the spot, refusing or suspending a benefit. Wherever the line can write, the names are
looked through; the test of the words themselves makes sure that it could find one.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from ivr.bootstrap.requests.all_requests import REQUESTS
from ivr.conversation import decisions
from ivr.conversation.safety import NEVER_AUTOMATED
from ivr.conversation.tasks.all_tasks import TASKS
from ivr.services.agency import Agency
from ivr.services.deliveries import Kind
from ivr.store.tables import metadata

ROOT = Path(__file__).parents[2]
FORBIDDEN = re.compile(
    r"bank|iban|account_?number|payee|recipient|representative|guardian|set_?pin|change_?pin|reset_?pin|new_?pin|"
    r"pin_?reset|unlock|suspend|refuse|reject|cancel_?benefit|stop_?benefit|withdraw_?benefit|grant|proof_?of_?life",
    re.IGNORECASE,
)
"""A name of something that writes must hold none of these."""
HARMLESS = frozenset({"rights.stop_calling"})
API = yaml.safe_load((ROOT / "docs" / "agency-api.yaml").read_text("utf-8"))
WRITING = frozenset({"post", "put", "patch", "delete"})


def writing_operations() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every operation of the agency's API that could change something, by path and method."""
    for path, methods in API["paths"].items():
        for method, operation in methods.items():
            if method in WRITING:
                yield f"{method} {path}", operation


def fields_of(schema: Any) -> Iterator[str]:
    """Every field name a request's body may hold, through references."""
    if isinstance(schema, dict):
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            yield from fields_of(API["components"]["schemas"][name])
        yield from schema.get("properties", {})
        for below in schema.values():
            yield from fields_of(below)
    elif isinstance(schema, list):
        for below in schema:
            yield from fields_of(below)


def names_in_requests() -> set[str]:
    """Every request name that a task puts into `request(talk, "…")`."""
    found = set()
    for path in sorted((ROOT / "ivr" / "conversation").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "request" and len(node.args) > 1:
                named = node.args[1]
                found |= {named.value} if isinstance(named, ast.Constant) else set()
    return found


@pytest.mark.parametrize(
    ("operation", "content"), list(writing_operations()), ids=lambda one: one if isinstance(one, str) else ""
)
def test_no_route_of_the_agency_writes_it(operation: str, content: dict[str, Any]) -> None:
    names = [operation, str(content.get("operationId", "")), *fields_of(content.get("requestBody", {}))]
    assert [name for name in names if FORBIDDEN.search(name)] == []


def test_no_method_of_the_agency_port_writes_it() -> None:
    methods = [name for name, _ in inspect.getmembers(Agency, inspect.isfunction) if not name.startswith("_")]
    assert len(methods) > 5
    assert [name for name in methods if FORBIDDEN.search(name)] == []


def test_no_request_of_a_task_and_no_parcel_of_the_outbox_names_it() -> None:
    names = {*REQUESTS, *names_in_requests(), *(task.name for task in TASKS), *(str(kind) for kind in Kind)} - HARMLESS
    assert len(names) > 10
    assert [name for name in sorted(names) if FORBIDDEN.search(name)] == []


def test_no_work_of_the_conversation_and_no_column_of_the_store_holds_it() -> None:
    work = [kind.__name__ for kind in decisions.WORK]
    columns = [column.name for table in metadata.tables.values() for column in table.columns]
    assert [name for name in (*work, *columns) if FORBIDDEN.search(name)] == []


def test_no_task_is_named_like_what_only_a_person_may_do() -> None:
    assert {task.name for task in TASKS} & NEVER_AUTOMATED == set()


@pytest.mark.parametrize("name", ["post /people/{person}/bank-account", "setPin", "suspend_payment", "payee", "refuse"])
def test_such_a_name_would_be_found(name: str) -> None:
    assert FORBIDDEN.search(name)
