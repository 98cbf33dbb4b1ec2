"""The Social Security Office of Arland: an invented agency's system with about 40 invented people.

It serves docs/agency-api.yaml over HTTP, so that the line can be tried and tested without a real agency.
Every name and number in it is invented; `testers.json` holds the PINs for people who try the line and is read by
nothing here: the agency itself keeps hashes only.
"""
