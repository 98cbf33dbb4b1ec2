"""`python -m ivr` is the command `openline`."""

from ivr.cli import main

main()
