"""The invented country's streets by postcode."""

from __future__ import annotations

from collections.abc import Mapping

STREETS: Mapping[str, tuple[str, ...]] = {
    "10010": ("Alder Lane", "Bridge Street", "Church Road", "Harbor Street", "Mill Lane", "Station Road"),
    "10020": ("Castle Street", "Garden Road", "Market Street", "Orchard Lane"),
    "20010": ("Forest Road", "River Street"),
    "20020": ("Chapel Lane", "High Street", "Meadow Road"),
    "30010": ("Elm Street", "Quarry Road", "School Lane", "Windmill Street", "Workshop Street"),
}
