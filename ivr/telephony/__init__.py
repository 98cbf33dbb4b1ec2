"""The carrier in and out: webhooks, the media stream, TwiML, signatures, REST. Alone in knowing Twilio's words.

A call's way through this folder: `webhook` checks the signature and lets `arrival` answer with a document of `twiml`;
its <Stream> opens `media_stream`, which hands a `twilio_line` to the call; when that stream closes, `webhook` is asked
again at /voice/resume. `keypad_menu`, `person`, `message` and `call_back` are the line by keys alone.
`ports` says what all of it needs from the rest.
"""
