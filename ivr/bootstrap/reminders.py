"""Reminders on their way out: words of the prompts, the carrier's text messages."""

from __future__ import annotations

from collections.abc import Callable

from ivr.bootstrap.stores import Stores
from ivr.conversation.prompts import Prompts
from ivr.conversation.values import Wording
from ivr.jobs.reminders import NoTexts, ReminderSending
from ivr.store.reminders import Reminder
from ivr.telephony.carrier import NEVER_AGAIN, TwilioCarrier
from ivr.telephony.rest import Refused
from ivr.vocabulary import Language

PROMPT = "reminder_text"


def sending(stores: Stores, prompts: Prompts, currency: str, carrier: TwilioCarrier) -> ReminderSending:
    """The worker's duty."""

    def refuses(number: str) -> bool:
        return stores.rights.refuses_calls(stores.calls.calling_hash(number))

    return ReminderSending(stores.reminders, words_of(prompts, currency), by_text(carrier), refuses)


def words_of(prompts: Prompts, currency: str) -> Callable[[Reminder], str]:
    """The text in the language in which it was asked for."""
    wording = Wording(prompts, currency)

    def words(reminder: Reminder) -> str:
        language = Language(reminder.language)
        return prompts.words(PROMPT, language, "text", wording.finished(reminder.values, language))

    return words


def by_text(carrier: TwilioCarrier) -> Callable[[str, str], None]:
    """Number and text -> a text message. Raises CarrierFailed, and NoTexts where no later try will do."""

    def send(number: str, text: str) -> None:
        try:
            carrier.send_text(number, text)
        except Refused as error:
            if error.number in NEVER_AGAIN:
                raise NoTexts(str(error)) from None
            raise

    return send
