"""How the prompts sound: every form that is the same for all callers, spoken or taken from what was spoken before."""

from __future__ import annotations

from ivr.audio.formats import TELEPHONE_RATE
from ivr.bootstrap.voices import engines
from ivr.conversation.prompts import CONSTANTS, Prompts
from ivr.conversation.said_ahead import GAP, all_words
from ivr.conversation.said_pieces import BETWEEN_GROUPS, pieces
from ivr.evaluation.audio_lint import Sounding
from ivr.settings import Settings
from ivr.synthesis.ahead import whole_prompt
from ivr.synthesis.synthesizer import Synthesizer
from ivr.vocabulary import Language


def soundings(settings: Settings, prompts: Prompts, language: Language) -> list[Sounding]:
    """Of one language, forms with a caller's own values left out. Raises SynthesisFailed."""
    labels = prompts.groups(language).get(CONSTANTS, {})
    constants = {**{name: label.say for name, label in labels.items()}, "agency": settings.agency_name}
    with engines(settings, keeps=True) as voices:
        return [
            _sounding(prompts, language, prompt, form, words, voices.voice)
            for prompt, form, words in all_words(prompts, language, constants)
            if GAP not in words
        ]


def _sounding(
    prompts: Prompts, language: Language, prompt_id: str, form: str, words: str, voice: Synthesizer
) -> Sounding:
    prompt, spoken = prompts.prompt(prompt_id, language), pieces(words, language)
    between = [sentence.pause_after for sentence in spoken[:-1]]
    return Sounding(
        file=prompt.file,
        prompt=prompt_id,
        form=form,
        asks=bool(prompt.asks) and form in prompt.options_in,
        words=sum(len(sentence.text.split()) for sentence in spoken),
        seconds=len(whole_prompt(spoken, voice)) / TELEPHONE_RATE,
        pauses_s=tuple(pause / 1_000 for pause in between if pause != BETWEEN_GROUPS),
    )
