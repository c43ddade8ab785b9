"""Alembic's environment and one file per step in `versions`, shipped with the program."""
