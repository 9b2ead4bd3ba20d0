"""search: one query interface over two engines, SQLite FTS5 and Elasticsearch.

The index is a copy of the register that can be thrown away and built again.
"""
