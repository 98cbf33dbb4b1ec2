"""How the prompts sound: every form that is the same for all callers and was spoken ahead (set-up does it)."""

from __future__ import annotations

from ivr.audio.formats import TELEPHONE_RATE
from ivr.bootstrap.voices import engines, sounds_folder
from ivr.conversation.prompts import Prompt, Prompts
from ivr.conversation.said_ahead import GAP, all_words
from ivr.conversation.said_pieces import BETWEEN_GROUPS, pieces
from ivr.evaluation.audio_lint import Sounding
from ivr.settings import Settings
from ivr.synthesis.ahead import whole_prompt
from ivr.synthesis.synthesizer import Synthesizer
from ivr.synthesis.voices import not_kept
from ivr.vocabulary import Language, Sentence


def soundings(settings: Settings, prompts: Prompts, language: Language) -> list[Sounding]:
    """Of one language; forms with a caller's own values, or that nobody has spoken yet, are left out."""
    constants = prompts.constants(language)
    forms = [
        (prompts.prompt(prompt, language), form, pieces(words, language))
        for prompt, form, words in all_words(prompts, language, constants)
        if GAP not in words
    ]
    unspoken = {
        one.text for one in not_kept([one for _, _, spoken in forms for one in spoken], sounds_folder(settings))
    }
    spoken_ahead = [form for form in forms if unspoken.isdisjoint(one.text for one in form[2])]
    if not spoken_ahead:
        return []
    with engines(settings) as voices:
        return [_sounding(prompt, form, spoken, voices.voice) for prompt, form, spoken in spoken_ahead]


def _sounding(prompt: Prompt, form: str, spoken: tuple[Sentence, ...], voice: Synthesizer) -> Sounding:
    between = [sentence.pause_after for sentence in spoken[:-1]]
    return Sounding(
        file=prompt.file,
        prompt=prompt.id,
        form=form,
        asks=bool(prompt.asks) and form in prompt.options_in,
        words=sum(len(sentence.text.split()) for sentence in spoken),
        seconds=len(whole_prompt(spoken, voice)) / TELEPHONE_RATE,
        pauses_s=tuple(pause / 1_000 for pause in between if pause != BETWEEN_GROUPS),
    )
