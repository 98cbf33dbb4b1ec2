"""The language of a call: offered, chosen, changed by its name, remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ivr.conversation import decisions as decided
from ivr.conversation import events as happened
from ivr.conversation.events import CallStarted, Hint
from ivr.conversation.prompt_files import load_language
from ivr.conversation.prompts import LanguageTexts, Prompts
from ivr.conversation.states import Phase, Question, state_from_json
from ivr.vocabulary import Language, Milliseconds, PersonRef, Secret, Utterance
from tests.conversation.conftest import Driven

ENGLISH = load_language(Path(__file__).parents[2] / "dialogues" / "prompts" / "en")
EN, ES = Language("en"), Language("es")
MARKED = {"language_offer": "Para español, diga español o pulse {key}.", "ask_matter": "¿Qué necesita?"}
"""Sentences that are Spanish; the rest does not matter here."""


def spanish() -> LanguageTexts:
    marked = {one: replace(ENGLISH.prompts[one], text=text) for one, text in MARKED.items()}
    labels = {**ENGLISH.labels, "key": {**ENGLISH.labels["key"], "2": replace(ENGLISH.labels["key"]["2"], say="dos")}}
    return LanguageTexts({**ENGLISH.prompts, **marked}, labels)


PROMPTS = Prompts({EN: ENGLISH, ES: spanish()}, {"agency": "the Office"})
Begin = Callable[..., Driven]


@pytest.fixture
def begin() -> Begin:
    def begun(hint: Hint | None = None, **started: object) -> Driven:
        driven = Driven(PROMPTS)
        languages = {"languages": ("en", "es"), "today": "2026-11-24", **started}
        driven.on(CallStarted(hint=hint, **languages))  # type: ignore[arg-type]
        return driven

    return begun


def spoke(text: str, value: str | None = None, **more: object) -> happened.CallerSpoke:
    return happened.CallerSpoke(Utterance(text, 0.9, Milliseconds(900), "test", value), **more)  # type: ignore[arg-type]


def hints(driven: Driven) -> list[Hint]:
    return [decision.hint for decision in driven.decisions if isinstance(decision, decided.KeepHint)]


def test_each_language_is_offered_in_its_own_words_and_voice_and_by_key(begin: Begin) -> None:
    driven = begin()
    offers = [one.spoken for one in driven.decisions if isinstance(one, decided.Say)][1:]
    assert [offer.text for offer in offers] == [
        "For English, say English or press one.",
        "Para español, diga español o pulse dos.",
    ]
    assert [offer.sentences[0].language for offer in offers] == ["en", "es"]


def test_the_second_key_chooses_the_second_language_and_it_is_kept(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("2"))
    assert driven.text().startswith("¿Qué necesita?")
    assert driven.listens().expected.language == "es"
    assert hints(driven) == [Hint("es")]


def test_a_language_is_chosen_by_its_name_in_any_language(begin: Begin) -> None:
    choices = begin().listens().expected.choices
    assert [choice.value for choice in choices] == ["en", "es"]
    assert "spanish" in choices[1].words
    driven = begin()
    driven.on(spoke("spanish", "es"))
    assert driven.state.language == "es"


def test_whoever_says_nothing_goes_on_in_the_first_language_and_is_asked_the_next_time(begin: Begin) -> None:
    driven = begin()
    assert driven.listens().no_input == 3_000
    driven.on(happened.NoInput(Milliseconds(3_000)))
    assert driven.said() == ["ask_matter"]
    assert driven.state.question is not None
    assert driven.state.question.silences == 0
    assert hints(driven) == []


def test_a_matter_said_at_once_is_understood_as_one(begin: Begin) -> None:
    driven = begin()
    driven.on(spoke("when is my next payment"))
    assert driven.work() == decided.Understand((("when is my next payment", 1.0),))
    assert driven.state.question is not None
    assert driven.state.question.prompt == "ask_matter"


def test_a_known_caller_is_not_asked_and_hears_the_own_language_and_pace(begin: Begin) -> None:
    driven = begin(hint=Hint("es", slow=True, louder_db=6.0))
    assert driven.said() == ["greeting", "ask_matter"]
    assert driven.listens().expected.language == "es"
    says = [one for one in driven.decisions if isinstance(one, decided.Say)]
    assert {say.gain_db for say in says} == {6.0}
    assert {sentence.words_per_minute for say in says for sentence in say.spoken.sentences} == {125}


def test_a_language_that_is_no_longer_offered_is_forgotten(begin: Begin) -> None:
    assert begin(hint=Hint("fr")).said() == ["greeting", "language_offer", "language_offer"]


def test_one_language_alone_is_not_offered(begin: Begin) -> None:
    assert begin(languages=("en",)).said() == ["greeting", "ask_matter"]


def test_an_open_draft_is_asked_about_after_the_language(begin: Begin) -> None:
    driven = begin(draft_waiting=True)
    driven.on(happened.KeyPressed("1"))
    assert driven.said() == ["resume_offer"]


def test_a_language_named_inside_a_form_changes_it_and_the_question_comes_again(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"), happened.KeyPressed("4"))
    asked = driven.state.question
    driven.on(spoke("español por favor", wish="language:es"))
    assert driven.said()[0] == "language_changed"
    assert driven.state.question == asked
    assert driven.listens().expected.language == "es"
    assert driven.state.misses == 0
    assert hints(driven) == [Hint("es")]


def test_digits_keyed_before_the_change_stand(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"), happened.DigitsSoFar("46"), spoke("español", wish="language:es"))
    assert driven.state.keyed == "46"


def test_a_change_while_something_is_fetched_is_told_and_the_work_goes_on(begin: Begin) -> None:
    driven = begin()
    driven.on(spoke("when is my next payment"), spoke("español", wish="language:es"))
    assert driven.said() == ["language_changed"]
    assert driven.state.phase is Phase.WORKING
    assert driven.state.work is not None


def test_a_change_in_hold_mode_keeps_holding(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"), spoke("wait", wish="wait"), spoke("español", wish="language:es"))
    assert driven.state.phase is Phase.HOLDING
    assert driven.listens().expected.language == "es"


def test_good_bye_is_said_again_in_the_language_asked_for(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"), spoke("goodbye", wish="goodbye"), spoke("español", wish="language:es"))
    assert driven.said() == ["goodbye"]
    assert driven.decisions[-1] == decided.Leave("bye")


def test_a_language_that_nobody_here_speaks_leads_to_a_person(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"), spoke("french please", wish="language:fr"))
    assert driven.said() == ["language_only", "ask_matter"]
    assert driven.text().startswith("I speak English and Spanish.")
    assert driven.state.language == "en"


def test_language_and_pace_survive_the_death_of_a_process(begin: Begin) -> None:
    driven = begin(hint=Hint("es"))
    driven.on(spoke("uh i would like to know when my money comes this month please", longest_pause=1_900))
    again = state_from_json(driven.state.to_json())
    assert (again.language, again.language_known, again.offered) == ("es", True, ["en", "es"])
    assert again.pace == driven.state.pace
    assert again.pace.longest_pause == 1_900


def test_the_state_of_an_older_version_without_pace_is_read(begin: Begin) -> None:
    stored = begin().state.to_json().replace('"pace":{"words":0,"spoken":0,"longest_pause":0,"late":0},', "")
    assert state_from_json(stored).pace.words == 0


def test_two_late_answers_start_slow_mode_once_and_offer_simpler_words(begin: Begin) -> None:
    driven = begin(hint=Hint("en"))
    driven.on(spoke("money", answered_after=Milliseconds(6_000)))
    assert not driven.state.slow
    driven.conversation.state.move(Phase.LISTENING)
    driven.on(spoke("my money", answered_after=Milliseconds(6_000)))
    assert driven.said() == ["slow_mode_on", "simpler_offer"]
    assert hints(driven) == [Hint("en", slow=True)]


def test_one_silence_starts_slow_mode_for_this_call_alone(begin: Begin) -> None:
    driven = begin(hint=Hint("en"))
    driven.on(happened.NoInput(Milliseconds(8_000)))
    assert driven.said() == ["take_your_time", "slow_mode_on", "ask_matter"]
    assert hints(driven) == []
    driven.on(happened.NoInput(Milliseconds(15_000)))
    assert "slow_mode_on" not in driven.said()


def test_a_caller_who_pauses_long_is_waited_for(begin: Begin) -> None:
    driven = begin(hint=Hint("en"))
    driven.on(
        spoke("", longest_pause=0), spoke("my money uh please", longest_pause=2_400), spoke("again", wish="again")
    )
    driven.conversation.state.move(Phase.LISTENING)
    driven.on(spoke("again", wish="again"))
    assert driven.listens().patience == 3_600


def identified(driven: Driven, hint: Hint | None) -> None:
    """The caller's number and PIN belong together."""
    driven.state.question = Question("ask_pin", "pin", "identity.pin")
    driven.state.customer_number = "46858160"
    driven.on(happened.PinEntered(Secret("434835")))
    driven.on(happened.Verified("verified", PersonRef("p-1"), hint))


def test_a_person_is_known_by_language_and_pace_from_another_telephone(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.NoInput(Milliseconds(3_000)))
    identified(driven, Hint("es", slow=True))
    assert driven.said() == ["language_changed", "ask_privacy"]
    assert driven.listens().expected.language == "es"
    assert driven.state.slow


def test_the_language_chosen_in_this_call_wins_and_is_kept_with_the_person(begin: Begin) -> None:
    driven = begin()
    driven.on(happened.KeyPressed("1"))
    identified(driven, Hint("es"))
    assert driven.said() == ["ask_privacy"]
    kept = [one for one in driven.decisions if isinstance(one, decided.KeepHint)]
    assert kept == [decided.KeepHint(Hint("en"), "p-1")]
