"""Alembic migrations, inside the package so that an installed program can run them."""
