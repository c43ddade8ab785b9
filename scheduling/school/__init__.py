"""A school's bell schedule, master data and timetable entries: what a director keeps by hand."""
