"""register: the system of record.

Originals, letters, tasks, obligations, events, references, corrections, users,
jobs, audit and outbox. Functions take a `sqlalchemy.orm.Session` first and
plain values as keywords; they flush but never commit:
`register.database.Database.transaction` is the unit of work, one request or
one job is one transaction.
"""
