"""The .fet files of the free timetabling program FET, official mode: in as a problem, out with the timetable fixed."""

from formats.fet.read import FetImport, read_fet
from formats.fet.write import write_fet

__all__ = ["FetImport", "read_fet", "write_fet"]
