"""What the tasks of the conversation ask for, carried out: one module a task, one table (all_requests.py)."""
