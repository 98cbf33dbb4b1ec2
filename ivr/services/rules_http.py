"""The rules over HTTP: OpenFisca's web API (`/variable`, `/parameter`, `/trace`), in a process of its own.

OpenFisca fills what is missing with defaults and says nothing of it. `/trace` lists every variable that a result was
computed from; a result whose leaves were not all given, in every situation, is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import httpx
import structlog

from ivr.errors import RulesFailed
from ivr.services.rules import Inputs, Number, RuleInForce, Said

log = structlog.get_logger()

REACH_S = 0.5
ANSWER_S = 2.0
"""128 situations take 20 ms; two seconds are a process that is no longer well."""
GROUPS = {"household": ("households", "parents")}
"""Entity of several persons -> its plural, and the role of the one who asks."""


class HttpRules:
    """See Rules (ivr/services/rules.py). Shared by all threads; close() when the process ends."""

    def __init__(self, url: str, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(REACH_S, read=ANSWER_S),
            transport=transport,
            trust_env=False,  # a proxy of the environment has no business here
        )

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def is_well(self) -> bool:
        """Does it answer at all? Looked at every two seconds, so nothing is logged."""
        try:
            return self._client.get("/entities").is_success
        except httpx.HTTPError:
            return False

    def in_force(self, benefit: str, day: date) -> RuleInForce:
        """See Rules."""
        answer = self._ask("GET", f"/variable/{benefit}")
        formulas = _mapping(_json(answer), "formulas")
        since, formula = _latest(formulas, day, benefit)
        package = f"{answer.headers.get('Country-Package', '')}/{answer.headers.get('Country-Package-Version', '')}"
        return RuleInForce(benefit, since if formula is not None else "", package)

    def number(self, name: str, day: date) -> Number:
        """See Rules."""
        answer = self._ask("GET", f"/parameter/{name.replace('.', '/')}")
        since, value = _latest(_mapping(_json(answer), "values"), day, name)
        if isinstance(value, bool) or not isinstance(value, int):
            raise _nonsense(name)
        return Number(name, value, since)

    def decide(self, benefit: str, situations: Sequence[Inputs], day: date) -> Said:
        """See Rules."""
        month = f"{day:%Y-%m}"
        names = sorted(set().union(*situations))
        entity_of = {name: self._entity(name) for name in [*names, benefit]}
        asked = _request(benefit, situations, entity_of, month)
        answer = _json(self._ask("POST", "/trace", asked))
        trace = _mapping(answer, "trace")
        wanted = f"{benefit}<{month}>"
        given = {f"{name}<{month}>" for name in names if all(name in one for one in situations)}
        _refuse_defaults(trace, wanted, given)
        plural = GROUPS.get(entity_of[benefit], ("persons", ""))[0]
        order = _mapping(answer, "entitiesDescription").get(plural)
        outcomes = _outcomes(_mapping(trace, wanted).get("value"), order, len(situations))
        numbers = {key.partition("<")[0] for node in trace.values() for key in _mapping(node, "parameters")}
        return Said(outcomes, tuple(sorted(numbers)))

    def _entity(self, variable: str) -> str:
        entity = _json(self._ask("GET", f"/variable/{variable}")).get("entity")
        if entity not in ("person", *GROUPS):
            raise _nonsense(f"entity of {variable}")
        return str(entity)

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            log.warning("rules_away", path=path, kind=type(error).__name__)
            raise RulesFailed(f"the rules did not answer ({path}: {type(error).__name__})") from None
        if not answer.is_success:
            raise RulesFailed(f"the rules refused ({path}: status {answer.status_code})")
        return answer


def _request(benefit: str, situations: Sequence[Inputs], entity_of: Mapping[str, str], month: str) -> dict[str, Any]:
    """One person and one household a situation; the benefit is asked for once, which computes it for all."""
    entities: dict[str, dict[str, dict[str, Any]]] = {"persons": {}, **{plural: {} for plural, _ in GROUPS.values()}}
    for at, inputs in enumerate(situations):
        entities["persons"][f"s{at}"] = {}
        for plural, role in GROUPS.values():
            entities[plural][f"s{at}"] = {role: [f"s{at}"]}
        for name, value in inputs.items():
            entities[_plural(entity_of[name])][f"s{at}"][name] = {month: value}
    entities[_plural(entity_of[benefit])]["s0"][benefit] = {month: None}
    return entities


def _plural(entity: str) -> str:
    return GROUPS[entity][0] if entity in GROUPS else "persons"


def _refuse_defaults(trace: Mapping[str, Any], wanted: str, given: set[str]) -> None:
    """Raises RulesFailed unless everything that was computed goes back to what was given.

    A variable without formula in force (also that of a benefit that has ended) depends on nothing: such a leaf counts
    only where every situation gave it.
    """
    if wanted not in trace:
        raise _nonsense("trace")
    leaves = {key for key, node in trace.items() if not node.get("dependencies") and not node.get("parameters")}
    if defaulted := sorted(leaves - given):
        raise RulesFailed(f"the rules would have guessed {defaulted[0].partition('<')[0]}; no answer is taken")


def _outcomes(values: Any, order: Any, count: int) -> tuple[bool, ...]:
    """In the order of the situations; OpenFisca has an order of its own."""
    if not isinstance(values, list) or not isinstance(order, list) or not len(values) == len(order) == count:
        raise _nonsense("outcomes")
    by_name = dict(zip(order, values, strict=True))
    found = tuple(by_name.get(f"s{at}") for at in range(count))
    if not all(isinstance(one, bool) for one in found):
        raise _nonsense("outcomes")
    return tuple(one is True for one in found)


def _latest(by_day: Mapping[str, Any], day: date, name: str) -> tuple[str, Any]:
    """The day from which the entry for this month holds, and the entry."""
    first = day.replace(day=1).isoformat()
    known = [since for since in by_day if since <= first]
    if not known:
        raise RulesFailed(f"the rules know no {name} for {first}")
    return max(known), by_day[max(known)]


def _json(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        content = answer.json()
    except ValueError:
        raise RulesFailed("the rules' answer is no JSON") from None
    if not isinstance(content, dict):
        raise _nonsense("object")
    return content


def _mapping(content: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = content.get(name)
    if not isinstance(found, dict):
        raise _nonsense(name)
    return found


def _nonsense(name: str) -> RulesFailed:
    return RulesFailed(f"the rules' answer is not as agreed: {name}")
