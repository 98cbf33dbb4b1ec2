# SPDX-License-Identifier: AGPL-3.0-or-later
"""The benefit rules of Arland, the invented country of the demonstration, for OpenFisca.

Runs in an environment and a process of its own (it imports OpenFisca-core, AGPL); the line asks it over HTTP alone.
"""

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from openfisca_arland.entities import ENTITIES

FOLDER = Path(__file__).parent
VERSION = "1.0.0"
"""Of formulas and parameters together; raised with each change of either."""


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """Variables, formulas and dated parameters of four benefits, and of one that has ended."""

    def __init__(self) -> None:
        super().__init__(ENTITIES)
        self.add_variables_from_directory(str(FOLDER / "variables"))
        self.load_parameters(str(FOLDER / "parameters"))

    def get_package_metadata(self) -> dict[str, str]:
        """Said here: the package lies in the repository and is installed nowhere."""
        return {"name": "openfisca_arland", "version": VERSION, "repository_url": "", "location": str(FOLDER)}
