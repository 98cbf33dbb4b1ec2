"""Everything that can go wrong on purpose.

IvrError
  SettingsError         settings             printed at start, exit status 2
  RecognitionFailed     recognition-failed   keys only
  UnderstandingFailed   understanding-failed keypad menu of matters
  AgencyFailed          agency-failed        apology, person or call-back
  RulesFailed           rules-failed         "I cannot check that now", appointment or call-back
  SynthesisFailed       synthesis-failed     recorded apology, the carrier's own voice
  StoreFailed           store-failed         the call goes on, the journal says what is missing
  CarrierFailed         carrier-failed       the hand-over becomes a call-back
  LineClosed            line-closed          the caller hung up or the carrier went away
  BadMessage            bad-message          one message is dropped and counted
  ScenarioError         scenario             printed by `openline call`, exit status 2
"""

from __future__ import annotations


class IvrError(Exception):
    """The root. `code` names the stage for journal, logs and metrics."""

    code = "ivr"


class SettingsError(IvrError):
    """config.yml or the environment holds something that cannot be used; the text says what and where."""

    code = "settings"


class RecognitionFailed(IvrError):
    """The recognizer could not listen at all (not: it did not understand)."""

    code = "recognition-failed"


class UnderstandingFailed(IvrError):
    """The dialogue engine is away, late or answered nonsense."""

    code = "understanding-failed"


class AgencyFailed(IvrError):
    """The agency's system is away, late or answered nonsense."""

    code = "agency-failed"


class RulesFailed(IvrError):
    """The rules engine is away, late, answered nonsense, or would have answered from an input that nobody gave."""

    code = "rules-failed"


class SynthesisFailed(IvrError):
    """No voice could speak a sentence."""

    code = "synthesis-failed"


class StoreFailed(IvrError):
    """The store could not be read or written."""

    code = "store-failed"


class CarrierFailed(IvrError):
    """The carrier refused a request of ours."""

    code = "carrier-failed"


class LineClosed(IvrError):
    """The line is gone; nothing more can be said on it."""

    code = "line-closed"


class BadMessage(IvrError):
    """A message of the carrier's that cannot be read."""

    code = "bad-message"


class ScenarioError(IvrError):
    """A scenario file that cannot be played; the text names file, step and what was expected."""

    code = "scenario"
