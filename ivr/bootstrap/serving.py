"""What work is done with: the agency, identity, follow-ups, hand-overs and the stores of one process."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from ivr.bootstrap.stores import Stores
from ivr.services.agency import Agency
from ivr.services.agency_client import AgencyClient
from ivr.services.follow_ups import FollowUps
from ivr.services.handovers import Handovers
from ivr.services.identity import Identity
from ivr.services.pre_check import PreCheck


@dataclass(frozen=True, slots=True)
class Services:
    """What the work is done with."""

    agency: Agency
    client: AgencyClient
    """For the adapters of single services."""
    identity: Identity
    follow_ups: FollowUps
    handovers: Handovers
    stores: Stores
    zone: ZoneInfo
    """The agency's."""
    texts_out: bool
    """The line can send text messages, so that reminders may be offered."""
    region: str
    """The line's country; numbers of no other are rung or written to by the line itself."""
    pre_check: PreCheck
