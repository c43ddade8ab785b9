"""School directors: time slots and timetables."""

from api.dialects.director.door import DIRECTOR

__all__ = ["DIRECTOR"]
