# SPDX-License-Identifier: AGPL-3.0-or-later
"""Child benefit: a household's, for one child that lives in it."""

from openfisca_arland.entities import Household
from openfisca_core.periods import MONTH
from openfisca_core.variables import Variable


class child_age(Variable):
    value_type = int
    entity = Household
    definition_period = MONTH
    label = "Age of the child in question, in whole years"


class child_lives_here(Variable):
    value_type = bool
    entity = Household
    definition_period = MONTH
    label = "The child lives in the household"


class child_in_training(Variable):
    value_type = bool
    entity = Household
    definition_period = MONTH
    label = "The child is at school, in training or studies"


class paid_elsewhere(Variable):
    value_type = bool
    entity = Household
    definition_period = MONTH
    label = "Child benefit for this child is paid to another household"


class child(Variable):
    value_type = bool
    entity = Household
    definition_period = MONTH
    label = "Meets the conditions of child benefit"

    def formula_2016_01(household, period, parameters):
        """Longer for those who learn; never twice for one child."""
        rules, years = parameters(period).child, household("child_age", period)
        learning = household("child_in_training", period) * (years < rules.age_limit_in_training)
        young_enough = (years < rules.age_limit) + learning
        here = household("child_lives_here", period)
        return here * young_enough * (household("paid_elsewhere", period) == False)  # noqa: E712 - numpy arrays
