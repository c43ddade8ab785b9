"""How each rule of the catalogue is said to CP-SAT: one module per rule, named like its definition."""

from collections.abc import Callable
from typing import Any

from solver.rules.buffer import encode as buffer
from solver.rules.compactness import encode as compactness
from solver.rules.consecutive import encode as consecutive
from solver.rules.day_ends import encode as day_ends
from solver.rules.day_starts_early import encode as day_starts_early
from solver.rules.different_day import encode as different_day
from solver.rules.ends_day import encode as ends_day
from solver.rules.grouped import encode as grouped
from solver.rules.home_room import encode as home_room
from solver.rules.interval_max_days import encode as interval_max_days
from solver.rules.lunch_break import encode as lunch_break
from solver.rules.max_busy_in_times import encode as max_busy_in_times
from solver.rules.max_days import encode as max_days
from solver.rules.max_days_between import encode as max_days_between
from solver.rules.max_gaps_per_day import encode as max_gaps_per_day
from solver.rules.max_gaps_per_week import encode as max_gaps_per_week
from solver.rules.max_in_a_row import encode as max_in_a_row
from solver.rules.max_long_days import encode as max_long_days
from solver.rules.max_periods_per_day import encode as max_periods_per_day
from solver.rules.max_periods_per_week import encode as max_periods_per_week
from solver.rules.max_room_changes import encode as max_room_changes
from solver.rules.max_simultaneous import encode as max_simultaneous
from solver.rules.max_site_changes import encode as max_site_changes
from solver.rules.max_slots_used import encode as max_slots_used
from solver.rules.max_span_per_day import encode as max_span_per_day
from solver.rules.max_total_in_times import encode as max_total_in_times
from solver.rules.min_days import encode as min_days
from solver.rules.min_days_between import encode as min_days_between
from solver.rules.min_gap_after import encode as min_gap_after
from solver.rules.min_gap_between import encode as min_gap_between
from solver.rules.min_periods_per_day import encode as min_periods_per_day
from solver.rules.min_reserve import encode as min_reserve
from solver.rules.min_rest import encode as min_rest
from solver.rules.min_simultaneous import encode as min_simultaneous
from solver.rules.min_slots_used import encode as min_slots_used
from solver.rules.min_working_days import encode as min_working_days
from solver.rules.not_overlapping import encode as not_overlapping
from solver.rules.not_twice_a_day import encode as not_twice_a_day
from solver.rules.ordered import encode as ordered
from solver.rules.preferred_rooms import encode as preferred_rooms
from solver.rules.preferred_times import encode as preferred_times
from solver.rules.room_capacity import encode as room_capacity
from solver.rules.room_stability import encode as room_stability
from solver.rules.room_wanted import encode as room_wanted
from solver.rules.same_day import encode as same_day
from solver.rules.same_period import encode as same_period
from solver.rules.same_room_if_consecutive import encode as same_room_if_consecutive
from solver.rules.same_start import encode as same_start
from solver.rules.same_teacher import encode as same_teacher
from solver.rules.side_by_side import encode as side_by_side
from solver.rules.together_if_same_day import encode as together_if_same_day
from solver.rules.travel_time import encode as travel_time
from solver.rules.unavailable import encode as unavailable

ENCODERS: dict[str, Callable[[Any, Any], None]] = {
    "buffer": buffer,
    "compactness": compactness,
    "consecutive": consecutive,
    "day_ends": day_ends,
    "day_starts_early": day_starts_early,
    "different_day": different_day,
    "ends_day": ends_day,
    "grouped": grouped,
    "home_room": home_room,
    "interval_max_days": interval_max_days,
    "lunch_break": lunch_break,
    "max_busy_in_times": max_busy_in_times,
    "max_days": max_days,
    "max_days_between": max_days_between,
    "max_gaps_per_day": max_gaps_per_day,
    "max_gaps_per_week": max_gaps_per_week,
    "max_in_a_row": max_in_a_row,
    "max_long_days": max_long_days,
    "max_periods_per_day": max_periods_per_day,
    "max_periods_per_week": max_periods_per_week,
    "max_room_changes": max_room_changes,
    "max_simultaneous": max_simultaneous,
    "max_site_changes": max_site_changes,
    "max_slots_used": max_slots_used,
    "max_span_per_day": max_span_per_day,
    "max_total_in_times": max_total_in_times,
    "min_days": min_days,
    "min_days_between": min_days_between,
    "min_gap_after": min_gap_after,
    "min_gap_between": min_gap_between,
    "min_periods_per_day": min_periods_per_day,
    "min_reserve": min_reserve,
    "min_rest": min_rest,
    "min_simultaneous": min_simultaneous,
    "min_slots_used": min_slots_used,
    "min_working_days": min_working_days,
    "not_overlapping": not_overlapping,
    "not_twice_a_day": not_twice_a_day,
    "ordered": ordered,
    "preferred_rooms": preferred_rooms,
    "preferred_times": preferred_times,
    "room_capacity": room_capacity,
    "room_stability": room_stability,
    "room_wanted": room_wanted,
    "same_day": same_day,
    "same_period": same_period,
    "same_room_if_consecutive": same_room_if_consecutive,
    "same_start": same_start,
    "same_teacher": same_teacher,
    "side_by_side": side_by_side,
    "together_if_same_day": together_if_same_day,
    "travel_time": travel_time,
    "unavailable": unavailable,
}
"""Name of the rule -> its encoder, called with the rule and the `Variables`."""
