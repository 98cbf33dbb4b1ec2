"""Spanish of Spain and America: both genders, with accents and without."""

from __future__ import annotations

from ivr.recognition.forms.spoken_language import SpokenLanguage


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_UNITS = _words("cero uno una un dos tres cuatro cinco seis siete ocho nueve")
_TEENS = _words(
    "diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós "
    "veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve"
)
_TENS = _words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
_HUNDREDS = _words(
    "cien ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
_MONTHS = _words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_WEEKDAYS = {
    "lunes": 0, "martes": 1, "miércoles": 2, "miercoles": 2, "jueves": 3, "viernes": 4, "sábado": 5, "sabado": 5,
    "domingo": 6,
}  # fmt: skip
_ORDINALS = {
    "primero": 1, "primera": 1, "primer": 1, "1º": 1, "1ª": 1, "1o": 1, "1ro": 1, "segundo": 2, "segunda": 2,
    "tercero": 3, "tercera": 3, "tercer": 3, "cuarto": 4, "cuarta": 4, "quinto": 5, "quinta": 5,
}  # fmt: skip

SPANISH = SpokenLanguage(
    code="es",
    yes=(
        "sí", "si", "sip", "sí por favor", "sí señor", "sí señora", "claro", "claro que sí", "por supuesto",
        "por supuesto que sí", "correcto", "es correcto", "está bien", "así es", "eso es", "exacto", "exactamente",
        "vale", "de acuerdo", "ok", "okay", "okey", "ajá", "aja", "cómo no", "desde luego", "efectivamente", "cierto",
        "es cierto", "es verdad", "afirmativo", "simón", "dale", "sale", "ándele", "creo que sí", "yo creo que sí",
        "perfecto", "lo tengo", "la tengo", "los tengo", "sí lo tengo", "sí tengo", "sí estoy", "sí quiero",
        "todo bien", "seguro", "me parece bien", "eso mero",
    ),
    no=(
        "no", "nop", "no gracias", "no señor", "no señora", "claro que no", "por supuesto que no", "para nada",
        "todavía no", "aún no", "nunca", "jamás", "no es correcto", "no está bien", "no es así", "eso no", "está mal",
        "eso está mal", "incorrecto", "no lo tengo", "no la tengo", "no los tengo", "no tengo", "no lo creo",
        "creo que no", "yo creo que no", "no creo", "de ninguna manera", "en absoluto", "ni hablar", "qué va", "nel",
        "negativo", "falso", "tampoco", "ninguno", "ninguna", "no es cierto", "no es verdad",
    ),
    clear=frozenset(_words("sí si sip no nop")),
    contrary=frozenset({"sí", "no"}),
    unsure=(
        "no sé", "no se", "no estoy seguro", "no estoy segura", "quizás", "quizá", "tal vez", "a lo mejor", "depende",
        "no me acuerdo", "no recuerdo", "puede ser", "sí y no", "más o menos", "ni idea",
    ),
    fillers=frozenset(
        _words(
            "eh em um uh mm ah oh ay este pues bueno hola mire mira oiga oye a ver por favor gracias perdón es el la "
            "los las lo mi su son creo que yo solo nomás ok vale sí y luego entonces señor señora señorita joven mija "
            "mijo ahora déjeme ahorita coma guion espacio del de en al"
        )
    ),
    beside_numbers=frozenset(
        _words(
            "como unos unas alrededor casi más menos o aproximadamente tengo tenía trabajé trabajado trabajando he "
            "llevo estuve total hijo hija hijos hijas niño niña niños niñas nenes chicos criaturas durante cotizados"
        )
    ),
    corrections=(
        "no perdón", "perdón", "no digo", "digo", "mejor dicho", "quiero decir", "me equivoqué", "no espere", "corrijo",
        "no no", "no mejor", "miento",
    ),
    digits={
        "veintiún": "veintiuno", "veintiun": "veintiuno", "veintiuna": "veintiuno", "veintidos": "veintidós",
        "unos": "como", "unas": "como",
        "veintitres": "veintitrés", "veintiseis": "veintiséis", "dieciseis": "dieciséis",
    },
    sounds_like={
        "sero": "cero", "sinco": "cinco", "seys": "seis", "siette": "siete", "hocho": "ocho", "nuebe": "nueve",
        "quatro": "cuatro", "vos": "dos", "tras": "tres", "ceis": "seis", "oche": "ocho",
    },
    repeats={"doble": 2, "triple": 3},
    plurals={
        "ceros": "0", "doses": "2", "treses": "3", "cuatros": "4", "cincos": "5", "seises": "6", "sietes": "7",
        "ochos": "8", "nueves": "9",
    },
    plural_counts={"dos": 2, "2": 2, "tres": 3, "3": 3, "cuatro": 4, "4": 4},
    articles=frozenset({"un", "una"}),
    tens_joiner="y",
    none_at_all=("ninguno", "ninguna", "nada", "nunca", "cero", "no", "no tengo", "ningún hijo", "no tengo hijos"),
    number_words=(*_UNITS, *_TEENS, *_TENS, *_HUNDREDS, "mil", "y", "doble", "triple"),
    scales={"mil": 1_000, "cientos": 100},
    months={month: number for number, month in enumerate(_MONTHS, start=1)} | {"setiembre": 9},
    ordinals=_ORDINALS,
    days={
        "hoy": 0, "ayer": -1, "mañana": 1, "anteayer": -2, "antes de ayer": -2, "antier": -2, "antiayer": -2,
        "pasado mañana": 2,
    },
    not_days=("por la mañana", "de la mañana", "en la mañana", "a la mañana", "esta mañana"),
    weekdays=_WEEKDAYS,
    last_words=frozenset({"pasado", "último"}),
    next_words=frozenset({"próximo", "proximo", "viene", "siguiente", "entrante"}),
    units={
        "día": "day", "días": "day", "dia": "day", "dias": "day", "semana": "week", "semanas": "week", "mes": "month",
        "meses": "month", "año": "year", "años": "year", "ano": "year", "anos": "year",
    },
    ago=frozenset({"hace", "ace"}),
    ago_leads=True,
    major=frozenset({"euro", "euros", "eur"}),
    minor=frozenset({"céntimo", "céntimos", "centimo", "centimos", "centavo", "centavos", "cent", "cents"}),
    point=frozenset({"coma", "punto"}),
    and_cents=frozenset({"con"}),
    option=frozenset({"opción", "opcion", "número", "numero", "tecla", "botón", "respuesta", "marco", "marque"}),
    negations=frozenset({"no", "ni", "sin", "tampoco"}),
    counts_by_text2num=True,
)  # fmt: skip
