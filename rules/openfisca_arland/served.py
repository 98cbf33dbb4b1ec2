# SPDX-License-Identifier: AGPL-3.0-or-later
"""What gunicorn serves: OpenFisca's own web API over our rules."""

from openfisca_web_api.app import create_app

from openfisca_arland import CountryTaxBenefitSystem

application = create_app(CountryTaxBenefitSystem())
