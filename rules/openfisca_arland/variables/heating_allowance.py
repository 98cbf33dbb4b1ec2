# SPDX-License-Identifier: AGPL-3.0-or-later
"""Heating allowance: has ended. OpenFisca answers "no" for it today, the line says that it no longer exists."""

from openfisca_arland.entities import Person
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable


class heating_allowance(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    end = "2024-12-31"
    label = "Met the conditions of the heating allowance"

    def formula_2022_10(person, period, parameters):
        """For everybody of an age, whatever they earned."""
        return person("age", period) >= parameters(period).heating_allowance.minimum_age
