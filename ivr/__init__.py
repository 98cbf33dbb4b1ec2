"""Openline, the telephone assistant of a social-security agency. This page is the map: follow one call.

    caller ──► telephony ──► audio ──► recognition ──► understanding ──► conversation ──► services
    caller ◄── telephony ◄── audio ◄── synthesis   ◄──────────────────── conversation ◄──────┘
       calls runs this loop, once per phone call · store keeps · jobs follow up · console (not yet) shows

telephony hears, audio measures, recognition writes down, understanding explains, conversation decides, services know,
synthesis speaks. `calls` carries decisions out and decides nothing; `bootstrap` joins the parts.

1. **Ring.** `telephony/webhook.py` checks the signature and answers: connect a stream with a one-time token and, after
   it, ask `/voice/resume`.
2. **Stream.** `telephony/media_stream.py` redeems the token and hands the socket as a `Line` (`calls/line.py`) to
   `calls/call_runner.py`. One thread a call; it never waits longer than 20 ms.
3. **Frame.** 20 ms of sound go to `calls/listening.py`: detector, endpointer, and at each pause an early result. Time
   is counted in audio, never by a clock.
4. **Words.** A recognizer (`recognition/recognizer.py`) returns an utterance, its value where the question has one
   ("the third of May" -> 1958-05-03), and hypotheses.
5. **Meaning.** Universal wishes first (`understanding/shortcuts.py`), then closed answers, then Rasa: `parse` without
   effect, `turn` once. dialogues/README.md lists all that is said between the line and Rasa.
6. **Decision.** `conversation/conversation.py`: an event in, decisions out. Pure, stored after each event, so that any
   process can go on with the call.
7. **Work.** `calls/work.py` asks Rasa, the agency or the store on bounded pools (`calls/errands.py`) with deadlines.
8. **Facts.** What the record says reaches the conversation whole (`records.py`), Rasa as one word, the journal with its
   source, rule and reason.
9. **Sound.** `calls/playing.py` sends sentences at most 0.8 s ahead, one mark each; `synthesis` speaks, recordings and
   kept sentences first.
10. **Ending.** Good-bye, hand-over and death are one mechanism: the stream closes, the carrier asks `/voice/resume`,
    the store says what comes next. Nothing stored means that our side died: apologize, take the call up again.

How long do we wait for a silent caller? `conversation/answers.py`. What do we say then? `conversation/repair.py` and
dialogues/prompts/. Which part is chosen? `bootstrap/`.
"""
