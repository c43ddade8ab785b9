"""Where things lie in the flat memory of the local search.

All state is one int64 array `m`. Its head holds numbers and the offsets of the tables; `m[m[OCC] + i]` is entry i of
the table OCC. One flat array is about ten times faster in compiled code than a tuple of many arrays.
"""

from typing import Protocol


class Memory(Protocol):
    """What the kernel needs of an int64 array: whole numbers by position."""

    def __getitem__(self, place: int, /) -> int: ...
    def __setitem__(self, place: int, value: int, /) -> None: ...


# ---- numbers --------------------
CELLS, WEEKS, DAYS, BLOCKS, ROWS, TERMS, SETS, PICKS = range(8)
HARD = 8  # summed amount of hard violations, equal rows counted once
HARD_WEIGHTED = 9  # the same, each row and set times its learnt weight
SOFT = 10  # weighted sum of soft violations
HARD_EVERY = 11  # summed amount of hard violations, equal rows counted each
BAD_COUNT = 12  # rows and sets with hard violations
SUMS = 5  # so many numbers from HARD on follow from the state; SAVED keeps them for `undo`
RANDOM = 13  # state of the generator
BEST_HARD, BEST_SOFT = 14, 15
JOURNAL_LENGTH = 16
ACCEPTED = 17
SOFT_OFF = 18  # 1: soft terms and sets are not judged
STAMP = 19  # number of the last use of SEEN

# ---- offsets of tables --------------------
CELL_DAY, CELL_POS, DAY_FIRST, JOINED = 20, 21, 22, 23
# per block; START is the current cell, -1 when out of the timetable
START, BEST_START, MOVABLE = 24, 25, 26
STARTS_PTR, STARTS, ALLOWED = 27, 28, 30  # ALLOWED[block, cell]: cost + 1, or 0
USES_PTR, USES_ROW, USES_LENGTH = 31, 32, 33
BLOCK_PICKS_PTR, BLOCK_PICKS = 34, 35
BLOCK_SETS_PTR, BLOCK_SETS = 36, 37
# per row
OCC, OCC_SUM, MASK = 38, 39, 40  # OCC[row, cell], OCC_SUM[row, cell]: sum of block + 1, MASK[row, day]
CAPACITY, CLASH_WEIGHT = 41, 42  # CLASH_WEIGHT: -1 hard, 0 not judged, else price
CAPACITY_PTR, CELL_CAPACITY = 43, 44  # CAPACITY_PTR[row]: -1 or offset into CELL_CAPACITY
ROW_TERMS_PTR, ROW_BLOCKS_PTR, ROW_BLOCKS = 45, 46, 47
ROW_HARD, ROW_WEIGHT = 48, 49
# per term
T_KIND, T_LIMIT, T_EXTRA, T_PRICE, T_MASKS, MASKS = (
    50,
    51,
    52,
    53,
    54,
    55,
)  # T_PRICE: 0 hard; MASKS[offset + day], or see `SITES`
T_FEATURE, T_SUM, T_AMOUNT = 56, 57, 58  # T_FEATURE[term, day]
# per set
S_KIND, S_LIMIT, S_PRICE, S_PTR = 59, 60, 61, 62  # S_PRICE: 0 hard
MEMBER_BLOCK, MEMBER_LENGTH, MEMBER_WEEKS, MEMBER_PICK = 63, 64, 65, 66
S_AMOUNT, SET_WEIGHT = 67, 68
# per pick (a room or teacher to choose)
P_PTR, P_ID, P_COST = 69, 70, 71  # candidates: which resource (-1: none), price of choosing it
P_NOW, P_BEST = 72, 73  # position of the chosen candidate
P_MEMBERS_PTR, P_BLOCK, P_LENGTH, P_WEEKS = 74, 75, 76, 77
P_SETS_PTR, P_SETS = 78, 79
# bookkeeping
JOURNAL, BAD, BAD_POS = 80, 81, 82  # BAD: items (row, or ROWS + set); BAD_POS: place in BAD + 1, or 0
QUEUE = 83
S_MASKS, MOVABLE_COUNT = 84, 85  # S_MASKS: offset into MASKS; MOVABLE lists the blocks with a choice
USES_OFFSET = 86  # first cell of the use, counted from the start of the block
P_ROWS_PTR, P_ROWS, P_ROW_WEEKS = 87, 88, 89  # per candidate: rows it keeps busy, with the weeks of each as bits
ROW_FACTOR, ROW_COPIES = 90, 95  # weeks a row stands for, and equal rows
ROW_PARENT = 92  # the row judged anew after a change of this one; -1: none
CELL_START, CELL_END = 93, 94  # minutes since midnight
ROW_MOVABLE_END = 91  # those of ROW_BLOCKS that can move come first and end here
ROW_HARD_END, BLOCK_HARD_END, P_HARD_END = 96, 97, 98  # where the hard ones of ROW_TERMS, BLOCK_SETS, P_SETS end
T_TABLE, TABLES = 99, 100  # T_TABLE[term, day]: place of the features by mask, or -1
SEEN = 101  # per row: the last use in which it was seen
LOG, LOG_LENGTH = 102, 103  # LOG: place and what it held before, for each write since `begin`
SAVED = 104
TWIN = 109  # per block: the same number for those that look alike to every rule, so that changing places is idle
PLAIN = 110  # per block: periods of all its uses, where nothing but clashes in them can be hard about it, else 0
BY_SHARES, SHARE = 111, 112  # per set: whether it is judged by pairs; what those of the block being moved added before
BLOCK_MEMBER = 113  # beside BLOCK_SETS: the block's first member of the set
HEAD = 114

# ---- kinds of terms: what a row's day masks are judged for --------------------
(
    DAY_MAX,
    DAY_MIN,
    WEEK_MAX,
    GAPS_DAY,
    GAPS_WEEK,
    RUN_MAX,
    DAYS_MAX,
    DAYS_MIN,
    EARLY,
    DAYS_TOUCHING,
    FREE_RUN,
    ISOLATED,
    SPAN_MAX,
    TOUCHED,
    TOUCHED_MAX,
    REST_MIN,
    LAST_OF_DAY,
    SITES_DAY,
    SITES_WEEK,
    WAYS,
    LONG_DAYS,
) = range(21)
NOT_BY_MASK = (SITES_DAY, SITES_WEEK, WAYS, REST_MIN, LAST_OF_DAY)
"""Kinds that need more than the mask of one day."""

# ---- kinds of sets: what the starts of some lessons are judged for --------------------
(
    MIN_DAYS_BETWEEN,
    MAX_DAYS_BETWEEN,
    SAME_DAY,
    SAME_PERIOD,
    SAME_START,
    CONSECUTIVE,
    GROUPED,
    ORDERED,
    ORDERED_SAME_DAY,
    MIN_GAP,
    DAY_LIMIT,
    TOGETHER,
    WORKING_DAYS,
    DISTINCT_PICKS,
    TIMES_TOTAL,
    SAME_PICK_IF_CONSECUTIVE,
    GAP_AFTER,
    SLOTS_MIN,
) = range(18)
BY_PAIRS = (
    MIN_DAYS_BETWEEN,
    MAX_DAYS_BETWEEN,
    SAME_DAY,
    SAME_PERIOD,
    SAME_START,
    MIN_GAP,
    GAP_AFTER,
    SAME_PICK_IF_CONSECUTIVE,
)
"""Kinds whose amount is a sum over pairs of members."""

JOURNAL_SIZE = 256
LOG_SIZE = 4096
QUEUE_SIZE = 64
LONGEST_TABLE = 10
"""Days of at most so many periods have a table of features for each mask."""
SITES = 2
"""A term on sites has in MASKS: number of sites, periods needed between two, from here a row for each site, then the
minutes needed from each to each."""
EARLY_SHIFT = 1024  # an EARLY feature is lateness beyond one period x this, + 1 if late
