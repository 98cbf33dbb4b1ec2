# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whom the rules are about."""

from openfisca_core.entities import build_entity

Person = build_entity(
    key="person",
    plural="persons",
    label="Somebody who asks for a benefit",
    is_person=True,
)
Household = build_entity(
    key="household",
    plural="households",
    label="Those who live together with a child",
    roles=[
        {"key": "parent", "plural": "parents", "label": "Parents", "max": 2},
        {"key": "child", "plural": "children", "label": "Children"},
    ],
)
ENTITIES = [Household, Person]
