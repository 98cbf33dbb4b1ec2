# SPDX-License-Identifier: AGPL-3.0-or-later
"""Unemployment benefit: the job has ended, new work is looked for, enough months were worked."""

from openfisca_arland.entities import Person
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable


class job_ended(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "The job has ended"


class looks_for_work(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Looks for new work"


class months_worked(Variable):
    value_type = int
    entity = Person
    definition_period = MONTH
    label = "Months of work with payments in the last two years"


class unemployment(Variable):
    value_type = bool
    entity = Person
    definition_period = MONTH
    label = "Meets the conditions of unemployment benefit"

    def formula_2016_01(person, period, parameters):
        """Not beside an old-age pension, hence below its age."""
        rules = parameters(period)
        without_work = person("job_ended", period) * person("looks_for_work", period)
        worked_enough = person("months_worked", period) >= rules.unemployment.minimum_months
        return without_work * worked_enough * (person("age", period) < rules.old_age_pension.minimum_age)
