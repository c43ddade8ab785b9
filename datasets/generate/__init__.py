"""Seeded schools that look real and certainly have a timetable."""

from datasets.generate.school import Generated, generate

__all__ = ["Generated", "generate"]
