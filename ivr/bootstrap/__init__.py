"""Chooses the concrete parts from the settings and joins them: the one place that names products.

stores.py       the database and what is kept in it
hearing.py      recognizers and the words they may hear
voices.py       the voice process's voices, and the way to them from a call
work_table.py   the conversation's work -> understanding, agency, store
carrier_side.py what the carrier's webhooks need, on the store
call_side.py    what a call needs; serves a stream
web.py          one web process
loading.py      its models, loaded in the background
public_port.py  its part in the public port, once they are
agency.py, voice.py, phone.py, worker.py: the other processes
settled.py      what follows from the settings at once
processes.py    all processes under one supervisor; a line on free ports
"""
