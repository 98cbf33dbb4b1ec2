"""One web process: webhooks, streams, internal routes, health. Models are loaded in the background."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from typing import Any

import httpx
from flask import Flask

from ivr import logs
from ivr.app import Metrics, WebParts, create_app
from ivr.bootstrap import hearing, voices
from ivr.bootstrap.call_side import Stages, StreamServer, stages
from ivr.bootstrap.calls_out import calls_out
from ivr.bootstrap.carrier_side import Desk, KeptCallBacks, KeptNotes, KeptRegister, KeptRingBacks, language_of
from ivr.bootstrap.loading import Loading
from ivr.bootstrap.public_port import EXTENSION, PublicPort
from ivr.bootstrap.readiness import Standing
from ivr.bootstrap.rules import http_rules, pre_check
from ivr.bootstrap.serving import Services
from ivr.bootstrap.settled import agency_url, prompts_of, today_in, utc
from ivr.bootstrap.stores import KeptCalls, Stores, open_stores
from ivr.bootstrap.texts import SORRY, Guarded, KeptTexts
from ivr.bootstrap.work_table import work_table
from ivr.calls.call_runner import CallParts
from ivr.calls.live_calls import LiveCalls
from ivr.calls.text_session import TextParts
from ivr.calls.work import TableWorker
from ivr.conversation.decisions import Listen
from ivr.conversation.prompts import Prompts
from ivr.recognition.recognizer import Recognizer
from ivr.recognition.spoken_forms import value_of
from ivr.services.agency_client import AgencyAddress
from ivr.services.agency_http import HttpAgency
from ivr.services.follow_ups import KeptFollowUps
from ivr.services.handovers import Handovers
from ivr.services.identity import Identity
from ivr.services.opening_hours import OpeningHours
from ivr.settings import Settings, load_settings
from ivr.telephony.media_stream import StreamPorts
from ivr.telephony.ports import WebhookPorts
from ivr.telephony.signature import SignatureCheck
from ivr.telephony.sms import TextPorts
from ivr.telephony.wording import PromptWording
from ivr.understanding.rasa_understander import RasaUnderstander
from ivr.vocabulary import CallId, Language, Milliseconds

NOW = Milliseconds(0)
"""What is typed has no patience to be measured."""


def services(settings: Settings, stores: Stores) -> Services:
    """Agency, identity, follow-ups, hand-overs, rules."""
    agency = HttpAgency(AgencyAddress(agency_url(settings), settings.secrets.agency))
    follow_ups = KeptFollowUps(agency, stores.outbox, stores.drafts, stores.call_backs, utc)
    hours = OpeningHours(settings.zone, settings.week, settings.exceptions)
    return Services(
        agency=agency,
        client=agency.client,
        identity=Identity(agency, stores.counters, follow_ups, utc),
        follow_ups=follow_ups,
        handovers=Handovers(hours, settings.staff_number, utc),
        stores=stores,
        zone=settings.zone,
        texts_out=calls_out(settings) is not None,
        region=settings.region,
        pre_check=pre_check(settings),
    )


def understander(settings: Settings) -> RasaUnderstander:
    """The way to the dialogue process."""
    return RasaUnderstander(f"http://127.0.0.1:{settings.ports.rasa}", settings.secrets.rasa)


def _worker(settings: Settings, rasa: RasaUnderstander, pools: Stages, serving: Services) -> TableWorker:
    """What a conversation asks for, done."""
    table, apart = work_table(serving), hearing.wish_splitter(settings)
    return TableWorker(rasa, pools.understanding, pools.services, table, apart)


def call_parts(
    settings: Settings, stores: Stores, serving: Services, rasa: RasaUnderstander, recognizer: Recognizer
) -> CallParts:
    """All that calls share, over bounded pools."""
    pools: Stages = stages(recognition_workers=1)
    voice, sounds = voices.way_to_voices(settings), voices.recordings(settings)
    return CallParts(
        recognizer=recognizer,
        detector=hearing.detector,
        find_wish=hearing.wish_finder(settings),
        worker=_worker(settings, rasa, pools, serving),
        speak=voice.speak,
        recording=sounds.sound,
        store=KeptCalls(stores),
        recognition=pools.recognition,
        synthesis=pools.synthesis,
    )


def app() -> Flask:
    """What gunicorn serves; OPENLINE_PROCESS_NUMBER says which web process it is."""
    number = int(os.environ.get("OPENLINE_PROCESS_NUMBER", "0"))
    logs.set_up(f"web-{number}")
    return create_web(load_settings(), number)


def create_web(settings: Settings, number: int) -> Flask:
    """The application of web process `number` (from 0)."""
    stores, metrics = open_stores(settings), Metrics()
    rasa = understander(settings)
    serving, live = services(settings, stores), LiveCalls(settings.most_calls)
    loading = Loading(
        lambda: call_parts(settings, stores, serving, rasa, hearing.recognizer(settings, today_in(settings)))
    )
    standing = Standing(
        live,
        {
            "recognizer": loading.is_done,
            "voice": _answers(settings.ports.voice),
            "dialogue": rasa.ready,
            "rules": http_rules(settings).is_well,
        },
    )
    prompts = prompts_of(settings)
    address = f"http://127.0.0.1:{settings.ports.private[number]}"
    server = StreamServer(settings, stores, prompts, live, address, loading.parts, utc)
    ports = _webhook_ports(settings, stores, serving, rasa, standing, prompts, metrics)
    made = create_app(
        WebParts(
            webhooks=ports,
            streams=StreamPorts(ports.signatures, stores.tokens, ports.account_sid, ports.journal, server.serve),
            timeline=_timeline(stores),
            parts_standing=standing.all,
            is_ready=standing.is_ready,
            live_calls=live.__len__,
            operator_token=settings.secrets.operator,
            phone_url=f"http://127.0.0.1:{settings.ports.phone}/phone" if settings.carrier == "simulator" else "",
            metrics=metrics,
            texts=_text_ports(settings, stores, serving, rasa, prompts, ports),
            recording=_recording(settings),
        )
    )
    made.extensions[EXTENSION] = PublicPort(settings.ports.web, loading.settled)
    loading.begin()
    standing.begin()
    return made


def _webhook_ports(
    settings: Settings,
    stores: Stores,
    serving: Services,
    understander: RasaUnderstander,
    standing: Standing,
    prompts: Prompts,
    metrics: Metrics,
) -> WebhookPorts:
    def count(event: str) -> None:
        metrics.events.labels(event).inc()

    tokens = [token for token in (settings.secrets.carrier_token, settings.secrets.carrier_token_next) if token]
    register, kept = KeptRegister(stores, understander), KeptCallBacks(stores)
    return WebhookPorts(
        signatures=SignatureCheck(tokens, settings.public_url, lambda reason: count(f"refused_{reason}")),
        public_url=settings.public_url,
        account_sid=settings.secrets.carrier_account,
        region=settings.region,
        register=register,
        documents=register,
        tokens=stores.tokens,
        readiness=standing,
        staff=Desk(serving.handovers),
        call_backs=kept,
        voice_messages=kept,
        wording=PromptWording(prompts, language_of(stores, settings.languages), _recording_url(settings)),
        journal=KeptNotes(stores, count),
        ring_backs=KeptRingBacks(stores),
        missed_call_numbers=frozenset(filter(None, [settings.missed_call_number])),
    )


def _text_ports(
    settings: Settings,
    stores: Stores,
    serving: Services,
    rasa: RasaUnderstander,
    prompts: Prompts,
    webhooks: WebhookPorts,
) -> TextPorts:
    """Texts have pools of their own, so that no flood of them holds up a call."""
    pools, today, find_wish = stages(recognition_workers=1), today_in(settings), hearing.wish_finder(settings)
    parts = TextParts(
        _worker(settings, rasa, pools, serving),
        lambda text, expected: find_wish(text, Listen(expected, NOW, NOW, NOW)),
        lambda text, expected: value_of(text, expected, today()),
        KeptCalls(stores),
    )
    desk = KeptTexts(settings, stores, prompts, parts, KeptRegister(stores, rasa), today)
    sorry = partial(prompts.words, SORRY, Language(settings.languages[0]))
    return TextPorts(
        webhooks.signatures,
        webhooks.account_sid,
        Guarded(desk, sorry),
        webhooks.journal,
        with_chat=settings.carrier == "simulator",
    )


def _timeline(stores: Stores) -> Callable[[CallId, int], list[dict[str, Any]]]:
    def entries(call_id: CallId, after: int) -> list[dict[str, Any]]:
        kept = stores.journal.timeline(call_id, after)
        return [{"n": entry.sequence, "kind": entry.kind, **(entry.contents or {})} for entry in kept]

    return entries


def _recording_url(settings: Settings) -> Callable[[str, str], str]:
    sounds = voices.recordings(settings)

    def url(prompt: str, language: str) -> str:
        known = prompt in sounds.stems(Language(language))
        return f"{settings.public_url}/recordings/{language}/{prompt}.wav" if known else ""

    return url


def _recording(settings: Settings) -> Callable[[str, str], bytes]:
    sounds, folder = voices.recordings(settings), voices.samples_folder(settings)

    def wav(language: str, prompt: str) -> bytes:
        if language not in settings.languages or prompt not in sounds.stems(Language(language)):
            raise KeyError(prompt)
        return (folder / language / "prompts" / f"{prompt}.wav").read_bytes()

    return wav


def _answers(port: int) -> Callable[[], bool]:
    """Whether the process on this loopback port says that it is well."""
    client = httpx.Client(trust_env=False, timeout=1.0)
    return lambda: client.get(f"http://127.0.0.1:{port}/healthz").status_code == httpx.codes.OK
