"""Sends the reminders of appointments that are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import structlog

from ivr.errors import CarrierFailed
from ivr.store.reminders import Reminder, Reminders

log = structlog.get_logger()

LEASE = timedelta(minutes=10)
"""Until the next try where the carrier could not be reached."""
MOST_TRIES = 6
"""One hour; then the day of the appointment is too near to matter."""


class NoTexts(CarrierFailed):
    """This number takes no text messages; no later try will change that."""


class ReminderSending:
    """Shared by the worker's threads; each reminder is with one of them."""

    def __init__(
        self,
        reminders: Reminders,
        words: Callable[[Reminder], str],
        send: Callable[[str, str], None],
        refuses: Callable[[str], bool],
    ) -> None:
        """words: the text in the reminder's language. send: number and text; raises CarrierFailed, NoTexts for good.

        refuses: whether a number has asked not to be called any more; that counts for texts too.
        """
        self._reminders = reminders
        self._words = words
        self._send = send
        self._refuses = refuses

    def send_due(self) -> int:
        """Send all that is due; returns how many went. Of what was cancelled nobody is reminded."""
        sent = 0
        while due := self._reminders.take(LEASE):
            sent += sum(map(self._send_one, due))
        return sent

    def _send_one(self, reminder: Reminder) -> bool:
        if self._refuses(reminder.number):
            self._reminders.done(reminder.reference, "given_up")
            log.info("reminder_not_wanted")
            return False
        try:
            self._send(reminder.number, self._words(reminder))
        except CarrierFailed as error:
            hopeless = isinstance(error, NoTexts) or reminder.tries >= MOST_TRIES
            log.warning("reminder_given_up" if hopeless else "reminder_waits", tries=reminder.tries, problem=str(error))
            if hopeless:
                self._reminders.done(reminder.reference, "given_up")
            return False
        self._reminders.done(reminder.reference, "sent")
        log.info("reminder_sent", tries=reminder.tries)
        return True
