"""The port: parse() early and without effect, turn() exactly once for each ended turn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from ivr.vocabulary import Hypothesis, Reply, Understood


class Understander(Protocol):
    """Shared by all calls and threads of a process. Both methods raise UnderstandingFailed."""

    def parse(self, hypotheses: Sequence[Hypothesis]) -> Understood:
        """What the words mean; the dialogue does not move. Best hypothesis first, three are used."""
        ...

    def turn(self, dialogue_id: str, turn_id: str, understood: Understood) -> Reply:
        """Move the dialogue on with an utterance. A repeated turn_id gets the stored answer."""
        ...

    def tell(self, dialogue_id: str, turn_id: str, event: str, entities: Mapping[str, str]) -> Reply:
        """Move the dialogue on with a typed event (answer, facts_arrived, …), without understanding anything."""
        ...

    def forget(self, dialogue_id: str) -> None:
        """Delete what is kept of a dialogue. Unknown ids are fine."""
        ...

    def ready(self) -> bool:
        """True where the next turn will probably be answered. Never raises."""
        ...
