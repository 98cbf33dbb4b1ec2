"""Korean: short words and digits, as far as the line serves it (design: partial)."""

from __future__ import annotations

from ivr.recognition.forms.spoken_language import SpokenLanguage

KOREAN = SpokenLanguage(
    code="ko",
    yes=("네", "예", "응", "그래요", "맞아요", "맞습니다", "좋아요"),
    no=("아니요", "아니오", "아뇨", "아니", "아닙니다", "틀려요"),
    clear=frozenset({"네", "예", "아니요", "아니오"}),
    fillers=frozenset({"어", "음", "저", "그", "요"}),
    digits={
        "공": "0", "영": "0", "일": "1", "이": "2", "삼": "3", "사": "4", "오": "5", "육": "6", "륙": "6", "칠": "7",
        "팔": "8", "구": "9",
    },
    number_words=("공", "영", "일", "이", "삼", "사", "오", "육", "칠", "팔", "구"),
    option=frozenset({"번"}),
)  # fmt: skip
