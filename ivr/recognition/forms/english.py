"""English."""

from __future__ import annotations

from ivr.recognition.forms.spoken_language import SpokenLanguage


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNITS = _words("zero one two three four five six seven eight nine")
_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_MONTHS = _words("january february march april may june july august september october november december")
_WEEKDAYS = _words("monday tuesday wednesday thursday friday saturday sunday")
_ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)


def _ordinals() -> dict[str, int]:
    """first to thirty first, spelled and as 1st."""
    words = {word: value for value, word in enumerate(_ORDINALS, start=1)} | {"thirtieth": 30}
    for tens, value in (("twenty", 20), ("thirty", 30)):
        words |= {f"{tens} {unit}": value + number for number, unit in enumerate(_ORDINALS[:9], start=1)}
    suffixes = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}
    return words | {f"{day}{suffixes.get(day, 'th')}": day for day in range(1, 32)}


ENGLISH = SpokenLanguage(
    code="en",
    yes=(
        "yes", "yeah", "yep", "yup", "yes please", "yes i do", "yes i have", "yes i am", "yes it is", "yes it does",
        "ja", "aye", "sure", "of course", "certainly", "absolutely", "definitely", "correct", "that's correct",
        "that is correct", "that's right", "that is right", "right", "that's it", "it is", "it does", "i do", "i have",
        "i am", "i did", "i think so", "i believe so", "ok", "okay", "all right", "alright", "please do", "go ahead",
        "fine", "exactly", "indeed", "uh huh", "mm hm", "mhm", "true", "both of them yes",
    ),
    no=(
        "no", "nope", "nah", "no thanks", "no thank you", "not really", "not yet", "not at all", "never", "no i don't",
        "no i haven't", "no i'm not", "i don't", "i do not", "i haven't", "i have not", "i'm not", "i am not",
        "i didn't", "i did not", "it isn't", "it is not", "it's not", "it doesn't", "incorrect", "wrong",
        "that's wrong", "that is wrong", "that's not right", "that is not right", "that's not correct",
        "that is not correct", "not right", "not correct", "not quite", "i don't think so", "uh uh", "false",
        "of course not", "certainly not", "absolutely not", "definitely not", "none", "neither",
    ),
    clear=frozenset(_words("yes yeah yep yup ja aye no nope nah")),
    unsure=("maybe", "perhaps", "not sure", "i don't know", "i do not know", "don't know", "yes and no", "it depends"),
    fillers=frozenset(
        _words(
            "uh um er ah oh well so hello hi please thanks thank you it's it is the a my that's that number are i "
            "think just okay ok yes and then sir madam dear now let me see hmm comma dash space"
        )
    ),
    beside_numbers=frozenset(
        _words("about around roughly nearly almost over worked work working had have for in all children child kids")
    ),
    corrections=("no sorry", "sorry", "no wait", "wait no", "i mean", "no i mean", "correction", "scratch that"),
    digits={"oh": "zero", "o": "zero", "nought": "zero", "naught": "zero", "nil": "zero", "aught": "zero"},
    sounds_like={
        "for": "four", "fore": "four", "to": "two", "too": "two", "ate": "eight", "won": "one", "tree": "three",
        "free": "three", "sex": "six", "sicks": "six", "nein": "nine", "fife": "five", "hate": "eight",
        "owe": "zero", "fort": "four", "fine": "nine", "heaven": "seven",
    },
    repeats={"double": 2, "triple": 3, "treble": 3},
    none_at_all=("none", "nothing", "never", "no", "no one", "none at all", "nought"),
    number_words=(*_UNITS, *_TEENS, *_TENS, "hundred", "thousand", "and", "oh", "nought", "double", "triple"),
    scales={"hundred": 100, "thousand": 1_000},
    months={month: number for number, month in enumerate(_MONTHS, start=1)}
    | {month[:3]: number for number, month in enumerate(_MONTHS, start=1)}
    | {"sept": 9},
    ordinals=_ordinals(),
    days={"today": 0, "yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2},
    weekdays={day: number for number, day in enumerate(_WEEKDAYS)},
    last_words=frozenset({"last", "past"}),
    next_words=frozenset({"next", "coming"}),
    units={
        "day": "day", "days": "day", "week": "week", "weeks": "week",
        "month": "month", "months": "month", "year": "year", "years": "year",
    },
    ago=frozenset({"ago"}),
    major=frozenset({"euro", "euros", "eur"}),
    minor=frozenset({"cent", "cents"}),
    point=frozenset({"point", "dot"}),
    option=frozenset({"option", "number", "choice", "answer", "press", "key", "button"}),
    negations=frozenset({"not", "don't", "isn't", "wasn't", "no", "without"}),
    counts_by_text2num=True,
)  # fmt: skip
