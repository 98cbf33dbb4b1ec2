"""The web phone: a caller who talks to the line from a browser. `ivr.simulator.softphone` serves it."""
