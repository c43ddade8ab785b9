"""Wall-clock times and days as a school writes them."""

import re

from models.time import clock
from scheduling.school.states import BadDay, BadTime

TIME = re.compile(r"^([0-1]?[0-9]|2[0-3]):([0-5][0-9])$", re.ASCII)
DAYS = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
WEEKDAYS = DAYS[:5]

__all__ = ["DAYS", "WEEKDAYS", "clock", "day", "minutes"]


def minutes(text: str) -> int:
    """Minutes since midnight of H:mm or HH:mm. BadTime for anything else."""
    match = TIME.match(text)
    if match is None or text != match[0]:
        raise BadTime
    return int(match[1]) * 60 + int(match[2])


def day(text: str) -> str:
    """The name of a day in upper case as it is. BadDay for anything else."""
    if text not in DAYS:
        raise BadDay
    return text
