"""Recognizers, the detector of speech, and the universal words."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from babel.dates import format_date

from ivr.audio.formats import FRAME_SAMPLES
from ivr.audio.levels import frame_levels
from ivr.audio.voice_activity import VoiceDetector, silero
from ivr.bootstrap.settled import today_in
from ivr.conversation.corrections import PREFIX
from ivr.conversation.decisions import Listen
from ivr.recognition.choosing import ChosenRecognizer, Engine, RecognitionPlan, open_recognizer
from ivr.recognition.models import cache_folder, ensure_whisper
from ivr.recognition.spoken_forms import value_of
from ivr.recognition.whisper_recognizer import WhisperRecognizer
from ivr.settings import Settings
from ivr.understanding.alarm_files import load_alarms
from ivr.understanding.alarms import Alarms
from ivr.understanding.shortcuts import Shortcuts, UniversalWords
from ivr.understanding.wishes_apart import wishes_apart
from ivr.understanding.word_files import load_words
from ivr.vocabulary import Expected, Kind, Language, Samples

PAUSE_BELOW = -50.0
"""dBov; our prompts stand at -26."""
PAUSE_FRAMES = 20
LONGEST_PIECE = 1_000


def recognizer(settings: Settings, today: Callable[[], date], workers: int = 1) -> ChosenRecognizer:
    """Open what each language needs (seconds). Raises RecognitionFailed."""
    words = _words(settings.root)
    universal = {language: _short_wishes(known) for language, known in words.items()}
    return open_recognizer(
        RecognitionPlan(
            engines={language: Engine(settings.recognizer) for language in settings.languages},
            cache=cache_folder(os.environ),
            today=today,
            commands={language: universal.get(Language(language), ()) for language in settings.languages},
            threads=settings.recognition_threads,
            workers=workers,
        )
    )


@cache
def _words(root: Path) -> Mapping[Language, UniversalWords]:
    """Read once a process: calls and texts, recognizers and wishes all need them."""
    return load_words(root / "dialogues" / "words")


@cache
def _alarms(root: Path) -> Alarms:
    """Made once a process; reading them takes most of a second."""
    return Alarms(load_alarms(root / "dialogues" / "words"))


def _short_wishes(words: UniversalWords) -> tuple[str, ...]:
    """Unmistakable wishes of one or two words, names of languages too; longer ones come from the free text."""
    always = [phrase for wish in words.wishes.values() for phrase in wish.always]
    named = [phrase for said in words.languages.values() for phrase in said]
    short = {" ".join(phrase) for phrase in (*always, *named) if len(phrase) <= 2}
    return tuple(sorted(short))


def detector() -> VoiceDetector:
    """A detector of speech for one call."""
    return VoiceDetector(silero())


def wish_finder(settings: Settings) -> Callable[[str, Listen], str]:
    """What cannot wait, else the universal wish in a text, or nothing."""
    today, alarms, shortcuts = today_in(settings), _alarms(settings.root), Shortcuts(_words(settings.root))

    def find(text: str, listen: Listen) -> str:
        wish = alarms.find(text, listen.expected.language) or shortcuts.find(text, listen.expected)
        return wish or _correction(shortcuts, text, listen, today()) or ""

    return find


PUT_RIGHT = (Kind.DATE, Kind.DIGITS, Kind.AMOUNT)
"""Kinds of answers that cannot be mistaken for an answer to the question behind them."""


def _correction(shortcuts: Shortcuts, text: str, listen: Listen, today: date) -> str:
    """ "no, the fifteenth" -> corrected:1958-05-15; a day or a month alone takes the rest from the answer before."""
    rest = shortcuts.correction(text, listen.expected.language) if listen.before is not None else ""
    if listen.before is None or not rest or listen.before[0].kind not in PUT_RIGHT:
        return ""
    expected, answer = listen.before
    said = [rest]
    if expected.kind is Kind.DATE and answer:
        month, year = format_date(date.fromisoformat(answer), "MMMM|yyyy", locale=expected.language).split("|")
        said = [f"{rest} {year}", rest, f"{rest} {month} {year}"]
    value = next((found for one in said if (found := value_of(one, expected, today))), None)
    return f"{PREFIX}{value}" if value is not None and value != answer else ""


def wish_splitter(settings: Settings) -> Callable[[str], tuple[str, ...]]:
    """Takes a sentence with several wishes apart, whichever language of the line it is in."""
    known = _words(settings.root)
    offered = (known[Language(one)].joins for one in settings.languages if Language(one) in known)
    joins = sorted({phrase for phrases in offered for phrase in phrases}, key=lambda phrase: (-len(phrase), phrase))
    return lambda text: wishes_apart(text, joins)


def transcriber() -> Callable[[Samples, Language], str]:
    """Writes down a recording of ours, for checks after a call: int16, 8 000 Hz, any length."""
    whisper = WhisperRecognizer(ensure_whisper(cache_folder(os.environ)), date.today)

    def write_down(samples: Samples, language: Language) -> str:
        return " ".join(_heard(whisper, piece, language) for piece in _spoken_pieces(samples))

    return write_down


def _heard(whisper: WhisperRecognizer, samples: Samples, language: Language) -> str:
    hearing = whisper.listen_for(Expected(Kind.OPEN, language))
    hearing.hear(samples)
    return hearing.finish().text


def _spoken_pieces(samples: Samples) -> Iterator[Samples]:
    """Cut at pauses of 400 ms or more; no piece is longer than 20 s, Whisper's window is 30."""
    loud = frame_levels(samples) > PAUSE_BELOW
    begin, last = None, 0
    for frame, sounds in enumerate(loud):
        if sounds:
            begin, last = (frame if begin is None else begin), frame
        if begin is not None and (frame - last >= PAUSE_FRAMES or frame - begin >= LONGEST_PIECE):
            yield samples[max(0, begin - 10) * FRAME_SAMPLES : (last + 10) * FRAME_SAMPLES]
            begin = None
    if begin is not None:
        yield samples[max(0, begin - 10) * FRAME_SAMPLES :]
