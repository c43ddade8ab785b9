"""XHSTT, the XML of high-school timetabling archives: an instance in as a problem."""

from formats.xhstt.read import XhsttImport, read_xhstt

__all__ = ["XhsttImport", "read_xhstt"]
