"""The sentence that every trained model knows; a model that does not know it was not trained or not loaded."""

KNOWN_SENTENCE = "when is my next payment"
"""The first example of nlu/en/payment_next.yml."""
KNOWN_INTENT = "payment_next"
LEAST_CONFIDENCE = 0.5
"""An untrained classifier gives each of 60 intents about 0.02."""
