# SPDX-License-Identifier: AGPL-3.0-or-later
"""Disability benefit: a long illness that a doctor confirms and that leaves few hours of work."""

from openfisca_arland.entities import Person
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable


class months_ill(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Months of illness, past and expected together"


class doctors_report(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "A doctor's report shows the illness"


class weekly_hours(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Hours of work a week, now"


class disability(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Meets the conditions of disability benefit"

    def formula_2016_01(person, period, parameters):
        """Until the age of the old-age pension, which then takes its place."""
        rules = parameters(period)
        ill = (person("months_ill", period) >= rules.disability.minimum_months) * person("doctors_report", period)
        few_hours = person("weekly_hours", period) <= rules.disability.maximum_hours
        return ill * few_hours * (person("age", period) < rules.old_age_pension.minimum_age)
