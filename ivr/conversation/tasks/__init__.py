"""The services beyond payments and applications, one module each: letters, appointments, contributions …

Their questions depend on what the record and the store say (which letters there are, which hours are free), so the
conversation leads them; Rasa names the matter with `{do: <task>}` and nothing more. See `task.py` for what a task is,
`all_tasks.py` for the list, and docs/decisions/0009 for the reason.
"""
