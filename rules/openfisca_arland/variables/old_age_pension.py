# SPDX-License-Identifier: AGPL-3.0-or-later
"""Old-age pension: an age, and years of work with payments."""

from openfisca_arland.entities import Person
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable


class age(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Age, in whole years"


class contribution_years(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Years of work with payments to the agency"


class enough_years_with_more(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Years with a small child or of work abroad make up what is missing"


class old_age_pension(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Meets the conditions of the old-age pension"

    def formula_2016_01(person, period, parameters):
        """Years with a small child and years abroad count like years of work since 2016."""
        rules = parameters(period).old_age_pension
        old_enough = person("age", period) >= rules.minimum_age
        paid_enough = person("contribution_years", period) >= rules.minimum_years
        return old_enough * (paid_enough + person("enough_years_with_more", period))
