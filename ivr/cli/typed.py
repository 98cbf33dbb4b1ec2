"""`openline try`: the same conversation by typing; prompts are printed, nothing is heard or spoken."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import click
import httpx

from ivr.bootstrap.call_side import stages
from ivr.bootstrap.hearing import wish_finder
from ivr.bootstrap.processes import line_on_free_ports
from ivr.bootstrap.settled import prompts_of, today_in
from ivr.bootstrap.stores import KeptCalls, open_stores
from ivr.bootstrap.web import services, understander
from ivr.bootstrap.work_table import work_table
from ivr.calls.keypad import Keypad
from ivr.calls.work import TableWorker
from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.conversation import Conversation
from ivr.conversation.matters import Bands
from ivr.conversation.states import ConversationState, Phase
from ivr.errors import IvrError
from ivr.recognition.spoken_forms import value_of
from ivr.settings import Settings, load_settings
from ivr.vocabulary import CallId, Hypothesis, Milliseconds, Utterance

CALLER = "+351910000042"
"""An invented number; drafts are found again under it."""


@click.command(name="try", epilog="Example: openline try, then: when is my next payment")
@click.option("--language", default=None, help="The language to begin in; without it the line's first.")
def command(language: str | None) -> None:
    """Type what a caller would say; digits, * and # are keys; an empty line is silence; Ctrl-D hangs up."""
    settings = load_settings()
    with _running(settings) as where:
        Typed(where, language or settings.languages[0]).run()


@contextmanager
def _running(settings: Settings) -> Iterator[Settings]:
    """The line that is open on this machine, else one for this conversation."""
    try:
        httpx.get(f"http://127.0.0.1:{settings.ports.private[0]}/healthz", timeout=1.0, trust_env=False)
        yield settings
    except httpx.HTTPError:
        click.echo("Opening a line for this conversation … (about half a minute)")
        with line_on_free_ports() as line:
            yield line.settings


class Typed:
    """One conversation; work is done at once, since nobody waits for sound."""

    def __init__(self, settings: Settings, language: str) -> None:
        stores = open_stores(settings)
        self._call_id = CallId(f"CA{secrets.token_hex(16)}")
        stores.calls.arrive(self._call_id, CALLER, "typed")
        self._kept = KeptCalls(stores)
        rasa = understander(settings)
        pools = stages(recognition_workers=1)
        table = work_table(services(settings, stores))
        self._worker = TableWorker(rasa, pools.understanding, pools.services, table)
        self._find_wish = wish_finder(settings)
        self._today: Callable[[], date] = today_in(settings)
        bands = Bands(settings.act_from, settings.ask_from, settings.answer_from)
        state = ConversationState(language=language)
        self._conversation = Conversation(prompts_of(settings), settings.agency_name, settings.currency, bands, state)
        self._keypad = Keypad()
        self._listen: decided.Listen | None = None

    def run(self) -> None:
        """Until good-bye or Ctrl-D."""
        self._take(happened.CallStarted(phone_number_known=True, today=self._today().isoformat()))
        while self._conversation.state.phase not in (Phase.LEAVING, Phase.ENDED):
            try:
                typed = input("> ").strip()
            except EOFError:
                self._take(happened.CallerHungUp())
                return
            for event in self._events(typed):
                self._take(event)

    def _events(self, typed: str) -> Iterator[happened.CallEvent]:
        if not typed:
            yield happened.NoInput(Milliseconds(8_000))
        elif all(key in "0123456789*#" for key in typed):
            yield from self._keys(typed)
        else:
            yield self._spoken(typed)

    def _keys(self, typed: str) -> Iterator[happened.CallEvent]:
        for key in typed:
            event = self._keypad.press(key)
            if event is not None:
                yield event
        ended = self._keypad.wait(Milliseconds(6_000))
        if ended is not None:
            yield ended

    def _spoken(self, typed: str) -> happened.CallEvent:
        listen = self._listen
        if listen is None:
            return happened.NoInput(Milliseconds(8_000))
        text = typed.lower()
        value = value_of(text, listen.expected, self._today())
        utterance = Utterance(text, 1.0, Milliseconds(1_000), "typed", value, (Hypothesis(text, 1.0),))
        return happened.CallerSpoke(utterance, self._find_wish(text, listen))

    def _take(self, event: happened.CallEvent) -> None:
        decisions = self._conversation.on(event)
        self._kept.keep(self._call_id, self._conversation.state.to_json(), [])
        for decision in decisions:
            self._carry_out(decision)

    def _carry_out(self, decision: decided.Decision) -> None:
        match decision:
            case decided.Say():
                click.echo(f"  {decision.spoken.text}")
            case decided.Listen():
                self._listen = decision
                self._keypad.expect(decision.expected)
            case decided.KeepDraft():
                self._kept.keep_draft(decision.reference, dict(decision.answers))
            case decided.Leave():
                click.echo(f"  [the line goes on with: {decision.next_step}]")
            case _ if isinstance(decision, decided.WORK):
                self._take(self._worked(decision))
            case _:
                pass

    def _worked(self, work: decided.Work) -> happened.CallEvent:
        try:
            return self._worker.perform(self._call_id, work)
        except IvrError as error:
            return happened.StageFailed(error.code)
