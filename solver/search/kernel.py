"""The compiled heart of the local search: moves on day masks and their exact change of cost.

Every function works on the flat memory `m` of `layout`. With numba they run as machine code and without the
interpreter lock; without it the same source runs as plain Python (slow, same answers).

State: every block (lessons that start together) has a start cell or is out; each row (a teacher, student set or room
in one week, or the lessons a rule counts) holds lessons per cell and a bit mask per day. Rules on somebody's days and
weeks are *terms* of a row, read from its masks; rules on a few lessons are *sets*, read from their starts.
"""

from math import exp

from solver.search import layout as L  # noqa: N812  constants of one short-named table
from solver.search.jit import jit
from solver.search.layout import Memory

REPICKS = 0.15
"""Share of the changes of a block with rooms or teachers to choose that are another choice."""

DRAWS = 6
"""Lessons looked at for one that has part in what is broken."""


@jit
def rand(m: Memory) -> int:
    """Next number of a 62-bit xorshift generator."""
    x = m[L.RANDOM]
    x ^= (x << 13) & 0x3FFFFFFFFFFFFFFF
    x ^= x >> 7
    x ^= (x << 17) & 0x3FFFFFFFFFFFFFFF
    m[L.RANDOM] = x
    return x


@jit
def below(m: Memory, n: int) -> int:
    """Random whole number from 0 to n - 1."""
    return (rand(m) >> 8) % n


@jit
def uniform(m: Memory) -> float:
    return ((rand(m) >> 8) & 0xFFFFFFFF) / 4294967296.0


@jit
def count_bits(x: int) -> int:
    n = 0
    while x:
        x &= x - 1
        n += 1
    return n


@jit
def lowest(x: int) -> int:
    """Position of the lowest bit of x > 0."""
    n = 0
    while not (x >> n) & 1:
        n += 1
    return n


@jit
def highest(x: int) -> int:
    """Position of the highest bit; -1 for 0."""
    n = -1
    while x:
        x >>= 1
        n += 1
    return n


# ---- changes that can be taken back ----------------------------------------------------------------


@jit
def begin(m: Memory) -> None:
    """From here on changes can be taken back by `undo`."""
    m[L.JOURNAL_LENGTH] = 0
    m[L.LOG_LENGTH] = 0
    for i in range(L.SUMS):
        m[L.SAVED + i] = m[L.HARD + i]


@jit
def put(m: Memory, place: int, value: int) -> None:
    """Write, and remember what was there; what does not fit into the log is not remembered."""
    n = m[L.LOG_LENGTH]
    if n < L.LOG_SIZE:
        log = m[L.LOG] + 2 * n
        m[log], m[log + 1] = place, m[place]
    m[L.LOG_LENGTH] = n + 1
    m[place] = value


# ---- accounts of cost ----------------------------------------------------------------


@jit
def account(m: Memory, item: int, old: int, new: int, weight: int) -> None:
    """The hard amount of an item (row, or ROWS + set) goes from old to new; weight: its learnt weight."""
    m[L.HARD] += new - old
    m[L.HARD_WEIGHTED] += (new - old) * weight
    if old == 0 and new > 0:
        put(m, m[L.BAD] + m[L.BAD_COUNT], item)
        m[L.BAD_COUNT] += 1
        put(m, m[L.BAD_POS] + item, m[L.BAD_COUNT])
    elif old > 0 and new == 0:
        place = m[m[L.BAD_POS] + item] - 1
        m[L.BAD_COUNT] -= 1
        last = m[m[L.BAD] + m[L.BAD_COUNT]]
        put(m, m[L.BAD] + place, last)
        put(m, m[L.BAD_POS] + last, place + 1)
        put(m, m[L.BAD_POS] + item, 0)


@jit
def charge_row(m: Memory, row: int, diff: int, price: int) -> None:
    """The amount of something in a row changes by diff in each week it stands for; price 0: hard. The search counts
    equal rows once, the sums count each of them."""
    diff *= m[m[L.ROW_FACTOR] + row]
    every = diff * m[m[L.ROW_COPIES] + row]
    if price > 0:
        m[L.SOFT] += every * price
        return
    m[L.HARD_EVERY] += every
    old = m[m[L.ROW_HARD] + row]
    put(m, m[L.ROW_HARD] + row, old + diff)
    account(m, row, old, old + diff, m[m[L.ROW_WEIGHT] + row])


# ---- rows ----------------------------------------------------------------


@jit
def longest_run_excess(mask: int, joined: int, limit: int) -> int:
    """Busy periods beyond the limit in runs of joined periods."""
    run, excess, p = 0, 0, 0
    while mask >> p:
        if (mask >> p) & 1:
            run = run + 1 if (joined >> p) & 1 else 1
            if run > limit:
                excess += 1
        else:
            run = 0
        p += 1
    return excess


@jit
def feature(m: Memory, term: int, day: int, mask: int) -> int:
    """What a term sees of one day: the amount itself for daily kinds, a summand for weekly ones."""
    kind = m[m[L.T_KIND] + term]
    limit = m[m[L.T_LIMIT] + term]
    if kind == L.SITES_DAY or kind == L.SITES_WEEK or kind == L.WAYS:
        found = moves_between_sites(m, m[L.MASKS] + m[m[L.T_MASKS] + term], day, kind == L.WAYS)
        return max(0, found - limit) if kind == L.SITES_DAY else found
    if kind == L.GAPS_DAY or kind == L.GAPS_WEEK:
        if mask == 0:
            return 0
        inside = ((1 << highest(mask)) - 1) & ~((2 << lowest(mask)) - 1)
        gaps = count_bits(inside & ~mask & m[m[L.MASKS] + m[m[L.T_MASKS] + term] + day])
        return max(0, gaps - limit) if kind == L.GAPS_DAY else gaps
    if kind == L.DAY_MAX:
        return max(0, count_bits(mask) - limit)
    if kind == L.DAY_MIN:
        if mask == 0 and m[m[L.T_EXTRA] + term]:
            return 0
        return max(0, limit - count_bits(mask))
    if kind == L.WEEK_MAX:
        return count_bits(mask)
    if kind == L.RUN_MAX:
        return longest_run_excess(mask, m[m[L.JOINED] + day], limit)
    if kind == L.DAYS_MAX or kind == L.DAYS_MIN:
        return 1 if mask else 0
    if kind == L.SPAN_MAX:
        return max(0, highest(mask) - lowest(mask) + 1 - limit) if mask else 0
    if kind == L.LONG_DAYS:
        return 1 if mask and highest(mask) - lowest(mask) >= m[m[L.T_EXTRA] + term] else 0
    if kind == L.ISOLATED:
        return count_bits(mask & ~(mask << 1) & ~(mask >> 1))
    watched = m[m[L.MASKS] + m[m[L.T_MASKS] + term] + day]
    if kind == L.EARLY:
        if mask == 0:
            return 0
        late = count_bits(watched & ((1 << lowest(mask)) - 1))
        return (late - 1) * L.EARLY_SHIFT + 1 if late else 0
    if kind == L.DAYS_TOUCHING:
        return 1 if mask & watched else 0
    if kind == L.FREE_RUN:
        if mask == 0 or count_bits(watched) < limit:
            return 0
        free = watched & ~mask
        for _ in range(limit - 1):
            free &= free >> 1
        return 0 if free else 1
    if kind == L.LAST_OF_DAY:
        ends = m[m[L.MASK] + m[m[L.T_EXTRA] + term] * m[L.DAYS] + day]
        return count_bits(ends & ((1 << max(0, highest(mask))) - 1))
    return count_bits(mask & watched)  # TOUCHED, TOUCHED_MAX


@jit
def moves_between_sites(m: Memory, about: int, day: int, short_only: bool) -> int:
    """Successive lessons of a day at different sites; with short_only, those without time for the way."""
    sites, first = m[about], m[m[L.DAY_FIRST] + day]
    length = m[m[L.DAY_FIRST] + day + 1] - first
    moves, site, end = 0, -1, 0
    for position in range(length):
        here = -1
        for s in range(sites):
            if (m[m[L.MASK] + m[about + L.SITES + s] * m[L.DAYS] + day] >> position) & 1:
                here = s
        if here < 0:
            continue
        if site >= 0 and here != site:
            pause = m[m[L.CELL_START] + first + position] - m[m[L.CELL_END] + first + end]
            short = pause < m[about + L.SITES + sites + site * sites + here] or position - end - 1 < m[about + 1]
            moves += 1 if short or not short_only else 0
        site, end = here, position
    return moves


@jit
def rest_amount(m: Memory, term: int, row: int) -> int:
    """Free periods missing between busy days that follow each other."""
    days, limit, amount = m[L.DAYS], m[m[L.T_LIMIT] + term], 0
    for day in range(days - 1):
        a = m[m[L.MASK] + row * days + day]
        b = m[m[L.MASK] + row * days + day + 1]
        if a and b:
            length = m[m[L.DAY_FIRST] + day + 1] - m[m[L.DAY_FIRST] + day]
            amount += max(0, limit - (length - 1 - highest(a)) - lowest(b))
    return amount


@jit
def amount_of(kind: int, limit: int, total: int) -> int:
    """Violation of a term from the sum of its daily features."""
    if kind == L.GAPS_WEEK or kind == L.WEEK_MAX or kind == L.DAYS_MAX or kind == L.DAYS_TOUCHING:
        return max(0, total - limit)
    if kind == L.TOUCHED_MAX or kind == L.SITES_WEEK or kind == L.LONG_DAYS:
        return max(0, total - limit)
    if kind == L.DAYS_MIN:
        return max(0, limit - total) if total else 0
    if kind == L.EARLY:
        return total // L.EARLY_SHIFT + max(0, total % L.EARLY_SHIFT - limit)
    return total


@jit
def terms_end(m: Memory, row: int) -> int:
    """Where the terms of a row end that are judged."""
    return m[m[L.ROW_HARD_END] + row] if m[L.SOFT_OFF] else m[m[L.ROW_TERMS_PTR] + row + 1]


@jit
def tabulate(m: Memory, term: int, day: int) -> None:
    """Fill the table of a term for a day."""
    length = m[m[L.DAY_FIRST] + day + 1] - m[m[L.DAY_FIRST] + day]
    for mask in range(1 << length):
        m[m[m[L.T_TABLE] + term * m[L.DAYS] + day] + mask] = feature(m, term, day, mask)


@jit
def judge_day(m: Memory, row: int, day: int) -> None:
    """Bring the terms of a row up to date after a change of one of its days."""
    mask = m[m[L.MASK] + row * m[L.DAYS] + day]
    for term in range(m[m[L.ROW_TERMS_PTR] + row], terms_end(m, row)):
        kind = m[m[L.T_KIND] + term]
        if kind == L.REST_MIN:
            amount = rest_amount(m, term, row)
        else:
            place = m[L.T_FEATURE] + term * m[L.DAYS] + day
            table = m[m[L.T_TABLE] + term * m[L.DAYS] + day]
            now = m[table + mask] if table >= 0 else feature(m, term, day, mask)
            if now == m[place]:
                continue
            total = m[m[L.T_SUM] + term] + now - m[place]
            put(m, place, now)
            put(m, m[L.T_SUM] + term, total)
            amount = amount_of(kind, m[m[L.T_LIMIT] + term], total)
        before = m[m[L.T_AMOUNT] + term]
        if amount != before:
            put(m, m[L.T_AMOUNT] + term, amount)
            charge_row(m, row, amount - before, m[m[L.T_PRICE] + term])


@jit
def use(m: Memory, row: int, cell: int, length: int, block: int, sign: int) -> None:
    """A lesson of the block comes to (sign 1) or leaves (-1) a row at a cell."""
    cells, weight = m[L.CELLS], m[m[L.CLASH_WEIGHT] + row]
    special, capacity = m[m[L.CAPACITY_PTR] + row], m[m[L.CAPACITY] + row]
    mask = m[L.MASK] + row * m[L.DAYS] + m[m[L.CELL_DAY] + cell]
    position, diff = m[m[L.CELL_POS] + cell], 0
    for k in range(length):
        place = m[L.OCC] + row * cells + cell + k
        if special >= 0:
            capacity = m[m[L.CELL_CAPACITY] + special + cell + k]
        n = m[place]
        put(m, place, n + sign)
        diff += max(0, n + sign - capacity) - max(0, n - capacity)
        summed = m[L.OCC_SUM] + row * cells + cell + k
        put(m, summed, m[summed] + sign * (block + 1))
        if n + sign == 0 or n == 0:
            put(m, mask, m[mask] ^ (1 << (position + k)))
    if diff and weight:
        charge_row(m, row, diff, max(0, weight))


@jit
def reuse(m: Memory, row: int, old: int, new: int, length: int, block: int) -> None:
    """A lesson of the block moves within a row; -1: was, or goes, out."""
    if old >= 0:
        use(m, row, old, length, block, -1)
    if new >= 0:
        use(m, row, new, length, block, 1)
    judged = row if m[m[L.ROW_PARENT] + row] < 0 else m[m[L.ROW_PARENT] + row]
    if m[m[L.ROW_TERMS_PTR] + judged] == terms_end(m, judged):
        return
    if old >= 0:
        judge_day(m, judged, m[m[L.CELL_DAY] + old])
    if new >= 0 and (old < 0 or m[m[L.CELL_DAY] + old] != m[m[L.CELL_DAY] + new]):
        judge_day(m, judged, m[m[L.CELL_DAY] + new])


# ---- sets ----------------------------------------------------------------


@jit
def follows(m: Memory, start: int, length: int, later: int, over_breaks: int) -> bool:
    """Whether a lesson at `later` starts right where one of that length at `start` ends: in one stretch, or with
    `over_breaks` 1 on the same day."""
    day = m[m[L.CELL_DAY] + later]
    joined = (m[m[L.JOINED] + day] >> m[m[L.CELL_POS] + later]) & 1 == 1
    return start + length == later and (joined or (over_breaks == 1 and m[m[L.CELL_DAY] + start] == day))


@jit
def pair_amount(m: Memory, kind: int, limit: int, a: int, b: int) -> int:
    """Violation of two placed members."""
    s, t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]], m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]]
    d, e = m[m[L.CELL_DAY] + s], m[m[L.CELL_DAY] + t]
    if kind == L.SAME_START:
        return 1 if s != t else 0
    if kind == L.SAME_DAY:
        return 1 if d != e else 0
    if kind == L.SAME_PERIOD:
        return 1 if m[m[L.CELL_POS] + s] != m[m[L.CELL_POS] + t] else 0
    if kind == L.SAME_PICK_IF_CONSECUTIVE:
        return same_pick_amount(m, a, b)
    if not m[m[L.MEMBER_WEEKS] + a] & m[m[L.MEMBER_WEEKS] + b]:
        return 0
    if kind == L.MIN_DAYS_BETWEEN:
        return max(0, limit - abs(d - e))
    if kind == L.MAX_DAYS_BETWEEN:
        return max(0, abs(d - e) - limit)
    if kind == L.MIN_GAP and d == e:
        gap = t - s - m[m[L.MEMBER_LENGTH] + a] if s <= t else s - t - m[m[L.MEMBER_LENGTH] + b]
        return max(0, limit - max(0, gap))
    return 0


@jit
def neighbour_amount(m: Memory, kind: int, limit: int, a: int, b: int) -> int:
    """Violation of two placed members that stand beside each other in the list."""
    s, t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]], m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]]
    length = m[m[L.MEMBER_LENGTH] + a]
    if kind == L.CONSECUTIVE:
        return 0 if follows(m, s, length, t, limit) else 1
    if kind == L.ORDERED_SAME_DAY and m[m[L.CELL_DAY] + s] != m[m[L.CELL_DAY] + t]:
        return 0
    return 1 if t < s + length else 0


@jit
def chain_amount(m: Memory, first: int, last: int, same_day: bool, over_breaks: int) -> int:
    """Members, sorted by start, that do not follow the one before them (with same_day: of their day)."""
    amount = 0
    for i in range(first, last):
        t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]]
        if t < 0:
            continue
        before, at = -1, -1
        for j in range(first, last):
            s = m[m[L.START] + m[m[L.MEMBER_BLOCK] + j]]
            if s >= 0 and (s < t or (s == t and j < i)) and s >= at:
                before, at = j, s
        if before < 0 or (same_day and m[m[L.CELL_DAY] + at] != m[m[L.CELL_DAY] + t]):
            continue
        if not follows(m, at, m[m[L.MEMBER_LENGTH] + before], t, over_breaks):
            amount += 1
    return amount


@jit
def day_limit_amount(m: Memory, first: int, last: int, limit: int) -> int:
    """Members beyond the limit on a day, over all weeks."""
    amount = 0
    for week in range(m[L.WEEKS]):
        for i in range(first, last):
            t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]]
            if t < 0 or not (m[m[L.MEMBER_WEEKS] + i] >> week) & 1:
                continue
            earlier = 0
            for j in range(first, i):
                s = m[m[L.START] + m[m[L.MEMBER_BLOCK] + j]]
                if s >= 0 and (m[m[L.MEMBER_WEEKS] + j] >> week) & 1:
                    earlier += m[m[L.CELL_DAY] + s] == m[m[L.CELL_DAY] + t]
            amount += earlier >= limit
    return amount


@jit
def working_days_amount(m: Memory, first: int, last: int, limit: int) -> int:
    """Days missing; a member that is out counts as if it filled one."""
    used, out = 0, 0
    for i in range(first, last):
        s = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]]
        if s >= 0:
            used |= 1 << m[m[L.CELL_DAY] + s]
        else:
            out += 1
    return max(0, limit - count_bits(used) - out) if used else 0


@jit
def chosen(m: Memory, pick: int) -> int:
    """The resource chosen by a pick; -1 for none."""
    return m[m[L.P_ID] + m[m[L.P_PTR] + pick] + m[m[L.P_NOW] + pick]]


@jit
def distinct_picks_amount(m: Memory, first: int, last: int, limit: int) -> int:
    m[L.STAMP] += 1
    distinct = 0
    for i in range(first, last):
        mine = chosen(m, m[m[L.MEMBER_PICK] + i])
        placed = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]] >= 0
        if mine >= 0 and placed and m[m[L.SEEN] + mine] != m[L.STAMP]:
            m[m[L.SEEN] + mine] = m[L.STAMP]
            distinct += 1
    return max(0, distinct - limit)


@jit
def times_total_amount(m: Memory, first: int, last: int, limit: int, masks: int) -> int:
    """Members that touch some cells, beyond the limit."""
    touching = 0
    for i in range(first, last):
        s = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]]
        if s >= 0:
            covered = ((1 << m[m[L.MEMBER_LENGTH] + i]) - 1) << m[m[L.CELL_POS] + s]
            touching += (covered & m[m[L.MASKS] + masks + m[m[L.CELL_DAY] + s]]) != 0
    return max(0, touching - limit)


@jit
def slots_missing(m: Memory, first: int, last: int, limit: int, about: int) -> int:
    """Cells missing to the limit that members cover; MASKS[about]: 1 if covering none of them is as good, then the
    cells by day. A member that is out counts as if it filled a cell for each of its periods."""
    used, out, placed = 0, 0, 0
    for day in range(m[L.DAYS]):
        covered = 0
        for i in range(first, last):
            s = m[m[L.START] + m[m[L.MEMBER_BLOCK] + i]]
            if s >= 0 and m[m[L.CELL_DAY] + s] == day:
                placed = 1
                covered |= ((1 << m[m[L.MEMBER_LENGTH] + i]) - 1) << m[m[L.CELL_POS] + s]
            elif s < 0 and day == 0:
                out += m[m[L.MEMBER_LENGTH] + i]
        used += count_bits(covered & m[m[L.MASKS] + about + 1 + day])
    asked = used if m[m[L.MASKS] + about] else placed
    return max(0, limit - used - out) if asked else 0


@jit
def gap_after_amount(m: Memory, first: int, last: int, limit: int, earlier: int) -> int:
    """Periods missing between each of the first `earlier` members and those of the others that follow it on a day."""
    amount = 0
    for a in range(first, first + earlier):
        amount += gaps_missing(m, a, first + earlier, last, limit, True)
    return amount


@jit
def gaps_missing(m: Memory, a: int, first: int, last: int, limit: int, before: bool) -> int:
    """Periods missing between member a and those of some members that follow it on a day, or it follows (before: it is
    the earlier one)."""
    starts, blocks, lengths = m[L.START], m[L.MEMBER_BLOCK], m[L.MEMBER_LENGTH]
    s, amount = m[starts + m[blocks + a]], 0
    if s < 0:
        return 0
    end = s + m[lengths + a]
    for b in range(first, last):
        t = m[starts + m[blocks + b]]
        gap = t - end if before else s - t - m[lengths + b]
        if 0 <= gap < limit and t >= 0 and m[m[L.CELL_DAY] + s] == m[m[L.CELL_DAY] + t]:
            amount += (limit - gap) * count_bits(m[m[L.MEMBER_WEEKS] + a] & m[m[L.MEMBER_WEEKS] + b])
    return amount


@jit
def same_pick_amount(m: Memory, a: int, b: int) -> int:
    """1 if one of two placed members follows the other in another room."""
    s, t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]], m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]]
    length, other_length = m[m[L.MEMBER_LENGTH] + a], m[m[L.MEMBER_LENGTH] + b]
    if not (follows(m, s, length, t, 0) or follows(m, t, other_length, s, 0)):
        return 0
    room, other = chosen(m, m[m[L.MEMBER_PICK] + a]), chosen(m, m[m[L.MEMBER_PICK] + b])
    return 1 if room >= 0 and other >= 0 and room != other else 0


@jit
def set_amount(m: Memory, number: int) -> int:
    """Violation of a set from the starts and picks of its members."""
    kind, limit = m[m[L.S_KIND] + number], m[m[L.S_LIMIT] + number]
    first, last = m[m[L.S_PTR] + number], m[m[L.S_PTR] + number + 1]
    if kind == L.TOGETHER or kind == L.GROUPED:
        return chain_amount(m, first, last, kind == L.TOGETHER, limit)
    if kind == L.DAY_LIMIT:
        return day_limit_amount(m, first, last, limit)
    if kind == L.WORKING_DAYS:
        return working_days_amount(m, first, last, limit)
    if kind == L.DISTINCT_PICKS:
        return distinct_picks_amount(m, first, last, limit)
    if kind == L.TIMES_TOTAL:
        return times_total_amount(m, first, last, limit, m[m[L.S_MASKS] + number])
    if kind == L.SLOTS_MIN:
        return slots_missing(m, first, last, limit, m[m[L.S_MASKS] + number])
    if kind == L.GAP_AFTER:
        return gap_after_amount(m, first, last, limit, m[m[L.MASKS] + m[m[L.S_MASKS] + number]])
    neighbours = kind == L.CONSECUTIVE or kind == L.ORDERED or kind == L.ORDERED_SAME_DAY
    amount = 0
    for a in range(first, last):
        if m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]] < 0:
            continue
        for b in range(a + 1, min(last, a + 2) if neighbours else last):
            if m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]] < 0:
                continue
            if neighbours:
                amount += neighbour_amount(m, kind, limit, a, b)
            else:
                amount += pair_amount(m, kind, limit, a, b)
    return amount


@jit
def share(m: Memory, number: int, a: int) -> int:
    """What the pairs with member a add to the amount of a set that is judged by pairs."""
    kind, limit = m[m[L.S_KIND] + number], m[m[L.S_LIMIT] + number]
    first, last = m[m[L.S_PTR] + number], m[m[L.S_PTR] + number + 1]
    amount = 0
    if m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]] < 0:
        return 0
    if kind == L.GAP_AFTER:
        later = first + m[m[L.MASKS] + m[m[L.S_MASKS] + number]]
        if a < later:
            return gaps_missing(m, a, later, last, limit, True)
        return gaps_missing(m, a, first, later, limit, False)
    for b in range(first, last):
        if b != a and m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]] >= 0:
            amount += pair_amount(m, kind, limit, a, b)
    return amount


@jit
def judge_set(m: Memory, number: int) -> None:
    change_set(m, number, set_amount(m, number))


@jit
def change_set(m: Memory, number: int, amount: int) -> None:
    """A set has this amount from now on."""
    before = m[m[L.S_AMOUNT] + number]
    if amount == before:
        return
    put(m, m[L.S_AMOUNT] + number, amount)
    price = m[m[L.S_PRICE] + number]
    if price > 0:
        m[L.SOFT] += (amount - before) * price
    else:
        m[L.HARD_EVERY] += amount - before
        account(m, m[L.ROWS] + number, before, amount, m[m[L.SET_WEIGHT] + number])


# ---- moves ----------------------------------------------------------------


@jit
def use_pick(m: Memory, member: int, candidate: int, old: int, new: int) -> None:
    """One member of a pick moves within the rows of a candidate."""
    for i in range(m[m[L.P_ROWS_PTR] + candidate], m[m[L.P_ROWS_PTR] + candidate + 1]):
        if m[m[L.P_WEEKS] + member] & m[m[L.P_ROW_WEEKS] + i]:
            reuse(m, m[m[L.P_ROWS] + i], old, new, m[m[L.P_LENGTH] + member], m[m[L.P_BLOCK] + member])


@jit
def repick(m: Memory, pick: int, choice: int) -> None:
    """Choose another candidate for all lessons of a pick."""
    first = m[m[L.P_PTR] + pick]
    old = first + m[m[L.P_NOW] + pick]
    new = first + choice
    put(m, m[L.P_NOW] + pick, choice)
    for member in range(m[m[L.P_MEMBERS_PTR] + pick], m[m[L.P_MEMBERS_PTR] + pick + 1]):
        cell = m[m[L.START] + m[m[L.P_BLOCK] + member]]
        if cell >= 0:
            m[L.SOFT] += m[m[L.P_COST] + new] - m[m[L.P_COST] + old]
            use_pick(m, member, old, cell, -1)
            use_pick(m, member, new, -1, cell)
    judge_sets_of_pick(m, pick)


@jit
def judge_sets_of_pick(m: Memory, pick: int) -> None:
    end = m[m[L.P_HARD_END] + pick] if m[L.SOFT_OFF] else m[m[L.P_SETS_PTR] + pick + 1]
    for s in range(m[m[L.P_SETS_PTR] + pick], end):
        judge_set(m, m[m[L.P_SETS] + s])


@jit
def excess(m: Memory, row: int, cell: int, length: int, coming: int) -> int:
    """Lessons beyond the capacity of a row of clashes over some cells, if so many more came."""
    if m[m[L.CLASH_WEIGHT] + row] >= 0:
        return 0
    capacity, special, total = m[m[L.CAPACITY] + row], m[m[L.CAPACITY_PTR] + row], 0
    base = m[L.OCC] + row * m[L.CELLS] + cell
    for k in range(length):
        if special >= 0:
            capacity = m[m[L.CELL_CAPACITY] + special + cell + k]
        total += max(0, m[base + k] + coming - capacity)
    return total


@jit
def crowd(m: Memory, candidate: int, member: int, cell: int, coming: int) -> int:
    """Lessons beyond the capacity of a candidate where a member of its pick would be (coming 1) or is (0)."""
    total = 0
    for i in range(m[m[L.P_ROWS_PTR] + candidate], m[m[L.P_ROWS_PTR] + candidate + 1]):
        if m[m[L.P_WEEKS] + member] & m[m[L.P_ROW_WEEKS] + i]:
            total += excess(m, m[m[L.P_ROWS] + i], cell, m[m[L.P_LENGTH] + member], coming)
    return total


@jit
def best_choice(m: Memory, pick: int, member: int, cell: int) -> int:
    """The candidate with the fewest lessons there, then the cheapest; the present one wins ties, else chance."""
    first, last = m[m[L.P_PTR] + pick], m[m[L.P_PTR] + pick + 1]
    now = m[m[L.P_NOW] + pick]
    best, best_cost = now, crowd(m, first + now, member, cell, 1) * 4096 + m[m[L.P_COST] + first + now]
    if best_cost == 0:
        return now
    n = last - first
    offset = below(m, n)
    for i in range(n):
        choice = (i + offset) % n
        cost = crowd(m, first + choice, member, cell, 1) * 4096 + m[m[L.P_COST] + first + choice]
        if cost < best_cost:
            best, best_cost = choice, cost
            if cost == 0:
                break
    return best


@jit
def log(m: Memory, what: int, before: int) -> None:
    """Remember a change for `undo`: what >= 0 is a block and its old start, else pick -1 - what and its choice."""
    place = m[L.JOURNAL] + 2 * m[L.JOURNAL_LENGTH]
    m[place], m[place + 1] = what, before
    m[L.JOURNAL_LENGTH] += 1


@jit
def shift(m: Memory, block: int, new: int, choose: bool) -> None:
    """Move a block to a cell, or out (-1). choose: pick the best rooms there; else keep them. Logged."""
    old = m[m[L.START] + block]
    log(m, block, old)
    allowed = m[L.ALLOWED] + block * m[L.CELLS]
    if old >= 0:
        m[L.SOFT] -= m[allowed + old] - 1
    if new >= 0:
        m[L.SOFT] += m[allowed + new] - 1
    end = m[m[L.BLOCK_HARD_END] + block] if m[L.SOFT_OFF] else m[m[L.BLOCK_SETS_PTR] + block + 1]
    for i in range(m[m[L.BLOCK_SETS_PTR] + block], end):
        number = m[m[L.BLOCK_SETS] + i]
        if m[m[L.BY_SHARES] + number]:
            m[m[L.SHARE] + number] = share(m, number, m[m[L.BLOCK_MEMBER] + i])
    put(m, m[L.START] + block, new)
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        offset = m[m[L.USES_OFFSET] + u]
        was, goes = (old + offset if old >= 0 else -1), (new + offset if new >= 0 else -1)
        reuse(m, m[m[L.USES_ROW] + u], was, goes, m[m[L.USES_LENGTH] + u], block)
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        move_member(m, m[m[L.BLOCK_PICKS] + 2 * i], m[m[L.BLOCK_PICKS] + 2 * i + 1], old, new, choose)
    for i in range(m[m[L.BLOCK_SETS_PTR] + block], end):
        number = m[m[L.BLOCK_SETS] + i]
        if m[m[L.BY_SHARES] + number]:
            gain = share(m, number, m[m[L.BLOCK_MEMBER] + i]) - m[m[L.SHARE] + number]
            change_set(m, number, m[m[L.S_AMOUNT] + number] + gain)
        else:
            judge_set(m, number)


@jit
def move_member(m: Memory, pick: int, member: int, old: int, new: int, choose: bool) -> None:
    """Move one lesson's use of a chosen room or teacher; a pick of several lessons keeps its choice. Its sets are the
    block's: they are judged afterwards."""
    first, now = m[m[L.P_PTR] + pick], m[m[L.P_NOW] + pick]
    if old >= 0:
        m[L.SOFT] -= m[m[L.P_COST] + first + now]
        use_pick(m, member, first + now, old, -1)
    if new < 0:
        return
    if choose and m[m[L.P_MEMBERS_PTR] + pick + 1] - m[m[L.P_MEMBERS_PTR] + pick] == 1:
        choice = best_choice(m, pick, member, new)
        if choice != now:
            log(m, -1 - pick, now)
            now = choice
            put(m, m[L.P_NOW] + pick, now)
    m[L.SOFT] += m[m[L.P_COST] + first + now]
    use_pick(m, member, first + now, -1, new)


@jit
def undo(m: Memory) -> None:
    """Take back everything since `begin`: by what was overwritten, or where the log was too short change by change."""
    if m[L.LOG_LENGTH] <= L.LOG_SIZE:
        for n in range(m[L.LOG_LENGTH] - 1, -1, -1):
            log = m[L.LOG] + 2 * n
            m[m[log]] = m[log + 1]
        for i in range(L.SUMS):
            m[L.HARD + i] = m[L.SAVED + i]
    else:
        for n in range(m[L.JOURNAL_LENGTH] - 1, -1, -1):
            what, before = m[m[L.JOURNAL] + 2 * n], m[m[L.JOURNAL] + 2 * n + 1]
            m[L.JOURNAL_LENGTH] = n
            if what >= 0:
                shift(m, what, before, False)
            else:
                repick(m, -1 - what, before)
    begin(m)


@jit
def crowding(m: Memory, block: int, cell: int, coming: int, enough: int) -> int:
    """Clashes a block has where it would be (coming 1) or is (0); counting ends at `enough` of them."""
    total = 0
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        total += excess(m, m[m[L.USES_ROW] + u], cell, m[m[L.USES_LENGTH] + u], coming)
        if total >= enough:
            return total
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        pick, member = m[m[L.BLOCK_PICKS] + 2 * i], m[m[L.BLOCK_PICKS] + 2 * i + 1]
        first = m[m[L.P_PTR] + pick]
        if coming == 0:
            total += crowd(m, first + m[m[L.P_NOW] + pick], member, cell, 0)
        else:
            total += least_crowd(m, first, m[m[L.P_PTR] + pick + 1], m[m[L.P_NOW] + pick], member, cell)
        if total >= enough:
            return total
    return total


@jit
def least_crowd(m: Memory, first: int, last: int, now: int, member: int, cell: int) -> int:
    """Clashes of a member of a pick with its best candidate at a cell; the present choice is tried first."""
    least = crowd(m, first + now, member, cell, 1)
    for candidate in range(first, last):
        if least == 0:
            break
        least = min(least, crowd(m, candidate, member, cell, 1))
    return least


@jit
def quiet_start(m: Memory, block: int, avoid: int, avoid_too: int, sample: int) -> int:
    """The start with the fewest lessons in the way among some drawn by chance; -1 if none is left."""
    first = m[m[L.STARTS_PTR] + block]
    n = m[m[L.STARTS_PTR] + block + 1] - first
    best, least = -1, 1 << 30
    offset = below(m, n)
    for i in range(min(n, sample)):
        cell = m[m[L.STARTS] + first + (i + offset) % n]
        if cell in (avoid, avoid_too):
            continue
        crowded = crowding(m, block, cell, 1, least)
        if crowded < least:
            best, least = cell, crowded
            if least == 0:
                break
    return best


@jit
def queue_blockers(m: Memory, row: int, cell: int, length: int, block: int, origin: int, size: int) -> int:
    """Append to the queue the block that shares a row with `block` there, with the cell it may go to (origin)."""
    for k in range(length):
        place = row * m[L.CELLS] + cell + k
        if m[m[L.OCC] + place] != 2:
            continue
        other = m[m[L.OCC_SUM] + place] - block - 2
        if other < 0 or other == block or other >= m[L.BLOCKS]:
            continue
        known = False
        for i in range(size):
            known = known or m[m[L.QUEUE] + 2 * i] == other
        if not known and size < L.QUEUE_SIZE:
            m[m[L.QUEUE] + 2 * size], m[m[L.QUEUE] + 2 * size + 1] = other, origin
            size += 1
    return size


@jit
def collect(m: Memory, block: int, origin: int, size: int) -> int:
    """Queue everybody in the way of a block that has just been moved from `origin`."""
    cell = m[m[L.START] + block]
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        row = m[m[L.USES_ROW] + u]
        if m[m[L.CLASH_WEIGHT] + row] < 0 and m[m[L.CAPACITY] + row] == 1:
            size = queue_blockers(m, row, cell, m[m[L.USES_LENGTH] + u], block, origin, size)
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        pick, member = m[m[L.BLOCK_PICKS] + 2 * i], m[m[L.BLOCK_PICKS] + 2 * i + 1]
        candidate = m[m[L.P_PTR] + pick] + m[m[L.P_NOW] + pick]
        for j in range(m[m[L.P_ROWS_PTR] + candidate], m[m[L.P_ROWS_PTR] + candidate + 1]):
            row = m[m[L.P_ROWS] + j]
            exclusive = m[m[L.CLASH_WEIGHT] + row] < 0 and m[m[L.CAPACITY] + row] == 1
            if exclusive and m[m[L.P_WEEKS] + member] & m[m[L.P_ROW_WEEKS] + j]:
                size = queue_blockers(m, row, cell, m[m[L.P_LENGTH] + member], block, origin, size)
    return size


@jit
def wanted_start(m: Memory, kind: int, a: int, b: int, origin: int) -> int:
    """Where member b of a set must start, as member a starts where it does and started at `origin`, so that neighbours
    keep their sides; -1 if that is not told, or it is there."""
    s, t = m[m[L.START] + m[m[L.MEMBER_BLOCK] + a]], m[m[L.START] + m[m[L.MEMBER_BLOCK] + b]]
    goal, day = s, m[m[L.CELL_DAY] + s]
    if kind == L.SAME_DAY or kind == L.SAME_PERIOD:
        if kind == L.SAME_PERIOD:
            day = m[m[L.CELL_DAY] + t]
        goal = m[m[L.DAY_FIRST] + day] + m[m[L.CELL_POS] + (t if kind == L.SAME_DAY else s)]
    elif kind == L.GROUPED:
        goal, before = s + m[m[L.MEMBER_LENGTH] + a], s - m[m[L.MEMBER_LENGTH] + b]
        late = goal + m[m[L.MEMBER_LENGTH] + b] > m[m[L.DAY_FIRST] + day + 1]
        if (t < origin or late) and before >= m[m[L.DAY_FIRST] + day]:
            goal = before
    elif kind == L.CONSECUTIVE:
        goal = s + m[m[L.MEMBER_LENGTH] + a] if b == a + 1 else s - m[m[L.MEMBER_LENGTH] + b] if b == a - 1 else t
    elif kind != L.SAME_START:
        return -1
    inside = m[m[L.DAY_FIRST] + day] <= goal < m[m[L.DAY_FIRST] + day + 1]
    return goal if inside and goal != t else -1


@jit
def bring_along(m: Memory, block: int, origin: int, size: int) -> int:
    """Move those who must stay beside a block, or start as it does, to where it is now (from `origin`);
    queue who is in their way."""
    for i in range(m[m[L.BLOCK_SETS_PTR] + block], m[m[L.BLOCK_HARD_END] + block]):
        number = m[m[L.BLOCK_SETS] + i]
        if m[m[L.S_AMOUNT] + number] == 0:
            continue
        first, last = m[m[L.S_PTR] + number], m[m[L.S_PTR] + number + 1]
        here = first
        while m[m[L.MEMBER_BLOCK] + here] != block:
            here += 1
        for member in range(first, last):
            other = m[m[L.MEMBER_BLOCK] + member]
            before = m[m[L.START] + other]
            if other == block or before < 0 or 2 * m[L.JOURNAL_LENGTH] > L.JOURNAL_SIZE:
                continue
            goal = wanted_start(m, m[m[L.S_KIND] + number], here, member, origin)
            if goal >= 0 and m[m[L.ALLOWED] + other * m[L.CELLS] + goal]:
                shift(m, other, goal, True)
                size = collect(m, other, before, size)
    return size


@jit
def chain(m: Memory, block: int, target: int, most: int, mirror: float) -> None:
    """Move a block and make room: whoever is in the way goes to where the mover came from (with probability
    `mirror`, if it may start there) or to its quietest start. Ends early when more than `most` blocks are in it."""
    origin = m[m[L.START] + block]
    shift(m, block, target, True)
    m[m[L.QUEUE]], m[m[L.QUEUE] + 1] = block, origin
    size, done = bring_along(m, block, origin, collect(m, block, origin, 1)), 1
    while done < size <= most:
        mover, wanted = m[m[L.QUEUE] + 2 * done], m[m[L.QUEUE] + 2 * done + 1]
        done += 1
        here = m[m[L.START] + mover]
        if m[m[L.STARTS_PTR] + mover + 1] - m[m[L.STARTS_PTR] + mover] < 2 or crowding(m, mover, here, 0, 1) == 0:
            continue
        goal = -1
        if wanted >= 0 and wanted != here and m[m[L.ALLOWED] + mover * m[L.CELLS] + wanted] and uniform(m) < mirror:
            goal = wanted
        else:
            goal = quiet_start(m, mover, here, target, 64)
        if goal >= 0:
            shift(m, mover, goal, True)
            size = bring_along(m, mover, here, collect(m, mover, here, size))


@jit
def partner(m: Memory, block: int, target: int) -> int:
    """One of those in the way of a block at another start, by chance, that may start where the block does; -1: none."""
    here, first = m[m[L.START] + block], m[m[L.USES_PTR] + block]
    n = m[m[L.USES_PTR] + block + 1] - first
    if n == 0:
        return -1
    u = first + below(m, n)
    cell = target + m[m[L.USES_OFFSET] + u] + below(m, m[m[L.USES_LENGTH] + u])
    place = m[m[L.USES_ROW] + u] * m[L.CELLS] + cell
    if m[m[L.OCC] + place] != 1:
        return -1
    other = m[m[L.OCC_SUM] + place] - 1
    return other if other != block and m[m[L.ALLOWED] + other * m[L.CELLS] + here] else -1


@jit
def uses_row(m: Memory, block: int, row: int) -> bool:
    found = False
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        found = found or m[m[L.USES_ROW] + u] == row
    return found


@jit
def clash_change(m: Memory, row: int, cell: int, length: int, coming: int) -> int:
    """What the clashes in a row change by, with its learnt weight, when a lesson comes to (1) or leaves (-1) cells."""
    if m[m[L.CLASH_WEIGHT] + row] >= 0:
        return 0
    capacity, special, change = m[m[L.CAPACITY] + row], m[m[L.CAPACITY_PTR] + row], 0
    for k in range(length):
        n = m[m[L.OCC] + row * m[L.CELLS] + cell + k]
        if special >= 0:
            capacity = m[m[L.CELL_CAPACITY] + special + cell + k]
        change += max(0, n + coming - capacity) - max(0, n - capacity)
    return change * m[m[L.ROW_FACTOR] + row] * m[m[L.ROW_WEIGHT] + row]


@jit
def foreseeable(m: Memory, block: int, other: int, target: int) -> bool:
    """Whether `foreseen` is exact: clashes are all that is hard about these blocks, and they are of one length."""
    length = m[m[L.PLAIN] + block]
    alike = other < 0 or m[m[L.PLAIN] + other] == length
    return length > 0 and alike and abs(target - m[m[L.START] + block]) >= length


@jit
def foreseen(m: Memory, block: int, other: int, target: int) -> int:
    """What the weighted hard amount changes by when a block goes to another start and `other` (-1: nobody), which is
    there, to where the block is. Rows that both keep busy stay as they are."""
    here, length, change = m[m[L.START] + block], m[m[L.PLAIN] + block], 0
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        row = m[m[L.USES_ROW] + u]
        if other < 0 or not uses_row(m, other, row):
            change += clash_change(m, row, here, length, -1) + clash_change(m, row, target, length, 1)
    if other >= 0:
        for u in range(m[m[L.USES_PTR] + other], m[m[L.USES_PTR] + other + 1]):
            row = m[m[L.USES_ROW] + u]
            if not uses_row(m, block, row):
                change += clash_change(m, row, target, length, -1) + clash_change(m, row, here, length, 1)
    return change


# ---- search ----------------------------------------------------------------


@jit
def adds_to_excess(m: Memory, row: int, day: int) -> bool:
    """Whether there is too much of a row by a hard rule, and a day has part in it."""
    for term in range(m[m[L.ROW_TERMS_PTR] + row], m[m[L.ROW_HARD_END] + row]):
        broken = m[m[L.T_AMOUNT] + term] > 0 and m[m[L.T_KIND] + term] != L.DAY_MIN
        if broken and m[m[L.T_FEATURE] + term * m[L.DAYS] + day] > 0:
            return True
    return False


@jit
def draw_guilty(m: Memory, row: int, first: int, last: int) -> int:
    """A block of a row, rather one that clashes where it is or is on a day that has part in an excess."""
    block = 0
    for _ in range(DRAWS):
        block = m[m[L.ROW_BLOCKS] + first + below(m, last - first)]
        start = m[m[L.START] + block]
        if start >= 0 and (adds_to_excess(m, row, m[m[L.CELL_DAY] + start]) or crowding(m, block, start, 0, 1) > 0):
            break
    return block


@jit
def draw_member(m: Memory, number: int) -> int:
    """A block of a set, rather one with part in what is broken, where pairs tell."""
    first, last, block = m[m[L.S_PTR] + number], m[m[L.S_PTR] + number + 1], 0
    for _ in range(DRAWS):
        member = first + below(m, last - first)
        block = m[m[L.MEMBER_BLOCK] + member]
        if m[m[L.S_KIND] + number] not in L.BY_PAIRS or share(m, number, member) > 0:
            break
    return block


@jit
def draw_block(m: Memory, focus: float) -> int:
    """A block with a choice: with probability `focus` one that takes part in a hard violation."""
    if m[L.BAD_COUNT] and uniform(m) < focus:
        item = m[m[L.BAD] + below(m, m[L.BAD_COUNT])]
        if item < m[L.ROWS]:
            first, last = m[m[L.ROW_BLOCKS_PTR] + item], m[m[L.ROW_MOVABLE_END] + item]
            if last > first:
                return draw_guilty(m, item, first, last)
        else:
            block = draw_member(m, item - m[L.ROWS])
            if m[m[L.STARTS_PTR] + block + 1] - m[m[L.STARTS_PTR] + block] > 1:
                return block
    return m[m[L.MOVABLE] + below(m, m[L.MOVABLE_COUNT])]


@jit
def keep_best(m: Memory) -> None:
    m[L.BEST_HARD], m[L.BEST_SOFT] = m[L.HARD], m[L.SOFT]
    for b in range(m[L.BLOCKS]):
        m[m[L.BEST_START] + b] = m[m[L.START] + b]
    for p in range(m[L.PICKS]):
        m[m[L.P_BEST] + p] = m[m[L.P_NOW] + p]


@jit
def go_to_best(m: Memory) -> None:
    for b in range(m[L.BLOCKS]):
        begin(m)
        if m[m[L.START] + b] != m[m[L.BEST_START] + b]:
            shift(m, b, m[m[L.BEST_START] + b], False)
    for p in range(m[L.PICKS]):
        if m[m[L.P_NOW] + p] != m[m[L.P_BEST] + p]:
            repick(m, p, m[m[L.P_BEST] + p])
    begin(m)


@jit
def judge_soft(m: Memory, off: bool) -> None:
    """Leave soft terms and sets alone from now on (off), or bring them up to date again."""
    m[L.SOFT_OFF] = 1 if off else 0
    if off:
        return
    for row in range(m[L.ROWS]):
        for day in range(m[L.DAYS]):
            judge_day(m, row, day)
    for number in range(m[L.SETS]):
        judge_set(m, number)


@jit
def choose_by_chance(m: Memory, block: int) -> bool:
    """Another room or teacher for a block; False if it has no choice."""
    picks = m[m[L.BLOCK_PICKS_PTR] + block + 1] - m[m[L.BLOCK_PICKS_PTR] + block]
    if picks == 0:
        return False
    pick = m[m[L.BLOCK_PICKS] + 2 * (m[m[L.BLOCK_PICKS_PTR] + block] + below(m, picks))]
    n = m[m[L.P_PTR] + pick + 1] - m[m[L.P_PTR] + pick]
    if n < 2:
        return False
    log(m, -1 - pick, m[m[L.P_NOW] + pick])
    repick(m, pick, below(m, n))
    return True


@jit
def propose(m: Memory, focus: float, most: int, greedy: float, mirror: float) -> None:
    """One random change: another room or teacher, or another start with its chain."""
    block = draw_block(m, focus)
    picks = m[m[L.BLOCK_PICKS_PTR] + block + 1] - m[m[L.BLOCK_PICKS_PTR] + block]
    if picks and uniform(m) < REPICKS and choose_by_chance(m, block):
        return
    first, last = m[m[L.STARTS_PTR] + block], m[m[L.STARTS_PTR] + block + 1]
    here = m[m[L.START] + block]
    if last - first < 2:
        return
    if uniform(m) < greedy:
        target = quiet_start(m, block, here, here, 64)
    else:
        target = m[m[L.STARTS] + first + below(m, last - first)]
    if target >= 0 and target != here:
        chain(m, block, target, most, mirror)


@jit
def anneal(
    m: Memory,
    steps: int,
    temperature: float,
    hard_unit: float,
    focus: float,
    most: int,
    greedy: float,
    mirror: float,
    stop_complete: bool,
) -> None:
    """Metropolis search at one temperature, by changes that make room; the best state is kept in BEST_*.

    Energy = hard_unit x weighted hard amount; what is soft does not count.
    """
    for _ in range(steps):
        hard = m[L.HARD_WEIGHTED]
        begin(m)
        propose(m, focus, most, greedy, mirror)
        change = hard_unit * (m[L.HARD_WEIGHTED] - hard)
        if change > 0 and uniform(m) >= exp(-change / temperature):
            undo(m)
            continue
        if note_accepted(m) and stop_complete and m[L.HARD] == 0:
            break


@jit
def note_accepted(m: Memory) -> bool:
    """Keep the state if it is the best so far; whether it is."""
    m[L.ACCEPTED] += 1
    cheaper = m[L.HARD] == m[L.BEST_HARD] and m[L.SOFT] < m[L.BEST_SOFT] and not m[L.SOFT_OFF]
    better = m[L.HARD] < m[L.BEST_HARD] or cheaper
    if better:
        keep_best(m)
    return better


@jit
def anneal_by_swaps(m: Memory, steps: int, temperature: float, hard_unit: float, focus: float) -> None:
    """As `anneal`, until it is complete, where one of those in the way goes where the mover came from and whoever else
    is there stays. In a school without free periods longer chains end in as many clashes as they began with.

    Where only clashes count, what a swap costs is looked up before it is made.
    """
    for _ in range(steps):
        block, chance, hard = draw_block(m, focus), uniform(m), m[L.HARD_WEIGHTED]
        picks = m[m[L.BLOCK_PICKS_PTR] + block + 1] - m[m[L.BLOCK_PICKS_PTR] + block]
        begin(m)
        if picks == 0 or uniform(m) >= REPICKS or not choose_by_chance(m, block):
            first, here = m[m[L.STARTS_PTR] + block], m[m[L.START] + block]
            target = m[m[L.STARTS] + first + below(m, m[m[L.STARTS_PTR] + block + 1] - first)]
            if target == here or here < 0:
                continue
            other = partner(m, block, target)
            if other >= 0 and m[m[L.TWIN] + other] == m[m[L.TWIN] + block]:
                continue
            if foreseeable(m, block, other, target):
                change = hard_unit * foreseen(m, block, other, target)
                if change > 0 and chance >= exp(-change / temperature):
                    continue
            shift(m, block, target, True)
            if other >= 0:
                shift(m, other, here, True)
        change = hard_unit * (m[L.HARD_WEIGHTED] - hard)
        if change > 0 and chance >= exp(-change / temperature):
            undo(m)
        elif note_accepted(m) and m[L.HARD] == 0:
            break


# ---- search for a better timetable ----------------------------------------------------------------


@jit
def one_in_the_way(m: Memory, block: int, cell: int) -> int:
    """The only block that `block` would clash with at a cell in what it always uses; -1: none, -2: several, or it is
    not known which."""
    here, found = m[m[L.START] + block], -1
    for u in range(m[m[L.USES_PTR] + block], m[m[L.USES_PTR] + block + 1]):
        row = m[m[L.USES_ROW] + u]
        if m[m[L.CLASH_WEIGHT] + row] >= 0:
            continue
        offset, length = m[m[L.USES_OFFSET] + u], m[m[L.USES_LENGTH] + u]
        for k in range(cell + offset, cell + offset + length):
            other = occupant(m, row, k, block, here >= 0 and here + offset <= k < here + offset + length)
            if other == -1:
                continue
            if other == -2 or found not in (-1, other):
                return -2
            found = other
    return found


@jit
def occupant(m: Memory, row: int, cell: int, block: int, present: bool) -> int:
    """Who fills a row at a cell beside `block`; present: whether that is counted there. -1: there is space, -2: not
    known, or nobody could be there."""
    place, own = row * m[L.CELLS] + cell, 1 if present else 0
    others, special = m[m[L.OCC] + place] - own, m[m[L.CAPACITY_PTR] + row]
    capacity = m[m[L.CAPACITY] + row] if special < 0 else m[m[L.CELL_CAPACITY] + special + cell]
    if others < capacity:
        return -1
    return m[m[L.OCC_SUM] + place] - 1 - own * (block + 1) if others == 1 and capacity == 1 else -2


@jit
def one_in_the_rooms(m: Memory, block: int, cell: int) -> int:
    """As `one_in_the_way`, for what the block chooses: nobody where another choice is free, else who has the present
    one."""
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        pick, member = m[m[L.BLOCK_PICKS] + 2 * i], m[m[L.BLOCK_PICKS] + 2 * i + 1]
        first, now = m[m[L.P_PTR] + pick], m[m[L.P_NOW] + pick]
        if least_crowd(m, first, m[m[L.P_PTR] + pick + 1], now, member, cell) == 0:
            continue
        return user_of(m, first + now, member, cell)
    return -1


@jit
def user_of(m: Memory, candidate: int, member: int, cell: int) -> int:
    """The only block that fills the rows of a candidate at a cell; -1 nobody, -2 several."""
    found = -1
    for j in range(m[m[L.P_ROWS_PTR] + candidate], m[m[L.P_ROWS_PTR] + candidate + 1]):
        row = m[m[L.P_ROWS] + j]
        if m[m[L.CLASH_WEIGHT] + row] < 0 and m[m[L.P_WEEKS] + member] & m[m[L.P_ROW_WEEKS] + j]:
            for k in range(cell, cell + m[m[L.P_LENGTH] + member]):
                other = occupant(m, row, k, -1, False)
                if other == -1:
                    continue
                if other == -2 or found not in (-1, other):
                    return -2
                found = other
    return found


@jit
def settle(m: Memory, block: int) -> None:
    """Choose again where what the block has chosen is taken."""
    cell = m[m[L.START] + block]
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        pick, member = m[m[L.BLOCK_PICKS] + 2 * i], m[m[L.BLOCK_PICKS] + 2 * i + 1]
        first, now = m[m[L.P_PTR] + pick], m[m[L.P_NOW] + pick]
        alone = m[m[L.P_MEMBERS_PTR] + pick + 1] - m[m[L.P_MEMBERS_PTR] + pick] == 1
        if alone and crowd(m, first + now, member, cell, 0) > 0:
            use_pick(m, member, first + now, cell, -1)
            choice = best_choice(m, pick, member, cell)
            use_pick(m, member, first + now, -1, cell)
            if choice != now:
                log(m, -1 - pick, now)
                repick(m, pick, choice)


@jit
def exchange(m: Memory, block: int, target: int, chains: float, most: int) -> bool:
    """Move a block to another start; whoever is in the way there goes where it came from. False: not done, as more
    are in the way; with probability `chains` it is done all the same, as a chain of at most so many blocks."""
    here = m[m[L.START] + block]
    other = one_in_the_way(m, block, target)
    if other == -1:
        other = one_in_the_rooms(m, block, target)
    if other >= 0 and m[m[L.TWIN] + other] == m[m[L.TWIN] + block]:
        return False
    if other >= 0:
        back = one_in_the_way(m, other, here)
        if m[m[L.ALLOWED] + other * m[L.CELLS] + here] == 0 or back not in (-1, block):
            other = -2
    if other == -2:
        if uniform(m) >= chains:
            return False
        chain(m, block, target, most, 1.0)
        return True
    shift(m, block, target, False)
    if other >= 0:
        shift(m, other, here, False)
        settle(m, other)
    settle(m, block)
    return True


@jit
def choose_otherwise(m: Memory, pick: int) -> bool:
    """Another choice; a lesson that has it takes the old one if it can."""
    first = m[m[L.P_PTR] + pick]
    n = m[m[L.P_PTR] + pick + 1] - first
    if n < 2:
        return False
    now = m[m[L.P_NOW] + pick]
    choice = (now + 1 + below(m, n - 1)) % n
    member = m[m[L.P_MEMBERS_PTR] + pick]
    cell = m[m[L.START] + m[m[L.P_BLOCK] + member]]
    if cell < 0:
        return False
    other = -1
    if m[m[L.P_MEMBERS_PTR] + pick + 1] - member == 1:
        other = user_of(m, first + choice, member, cell)
    if other == -2:
        return False
    if other >= 0 and not take_over(m, other, m[m[L.P_ID] + first + choice], m[m[L.P_ID] + first + now]):
        return False
    log(m, -1 - pick, now)
    repick(m, pick, choice)
    return True


@jit
def take_over(m: Memory, block: int, gives: int, gets: int) -> bool:
    """A block gives up the resource it has chosen for another one; False if it has not chosen it or cannot."""
    for i in range(m[m[L.BLOCK_PICKS_PTR] + block], m[m[L.BLOCK_PICKS_PTR] + block + 1]):
        pick = m[m[L.BLOCK_PICKS] + 2 * i]
        first = m[m[L.P_PTR] + pick]
        if m[m[L.P_ID] + first + m[m[L.P_NOW] + pick]] != gives:
            continue
        if m[m[L.P_MEMBERS_PTR] + pick + 1] - m[m[L.P_MEMBERS_PTR] + pick] > 1:
            return False
        for candidate in range(first, m[m[L.P_PTR] + pick + 1]):
            if m[m[L.P_ID] + candidate] == gets:
                log(m, -1 - pick, m[m[L.P_NOW] + pick])
                repick(m, pick, candidate - first)
                return True
    return False


@jit
def vary(m: Memory, focus: float, choices: float, chains: float, most: int) -> bool:
    """One random change of a random block (see `refine`); False if there is none."""
    block = draw_block(m, focus)
    picks = m[m[L.BLOCK_PICKS_PTR] + block + 1] - m[m[L.BLOCK_PICKS_PTR] + block]
    first, last = m[m[L.STARTS_PTR] + block], m[m[L.STARTS_PTR] + block + 1]
    if picks and (last - first < 2 or uniform(m) < choices):
        return choose_otherwise(m, m[m[L.BLOCK_PICKS] + 2 * (m[m[L.BLOCK_PICKS_PTR] + block] + below(m, picks))])
    target = m[m[L.STARTS] + first + below(m, last - first)]
    if target == m[m[L.START] + block] or m[m[L.START] + block] < 0:
        return False
    return exchange(m, block, target, chains, most)


@jit
def refine(
    m: Memory,
    steps: int,
    temperature: float,
    hard_unit: float,
    focus: float,
    choices: float,
    chains: float,
    most: int,
) -> None:
    """Metropolis search at one temperature, by cheap changes of a complete timetable; the best state is kept.

    Energy = hard_unit x weighted hard amount + soft. focus: share of changes that begin in a hard violation, while
    there is one; choices: share of changes of a room or teacher; chains: share of the changes with several in the way
    that are tried as a chain of at most so many blocks.
    """
    for _ in range(steps):
        hard, soft = m[L.HARD_WEIGHTED], m[L.SOFT]
        begin(m)
        if not vary(m, focus, choices, chains, most):
            continue
        change = hard_unit * (m[L.HARD_WEIGHTED] - hard) + (m[L.SOFT] - soft)
        if change > 0 and uniform(m) >= exp(-change / temperature):
            undo(m)
            continue
        m[L.ACCEPTED] += 1
        if m[L.HARD] < m[L.BEST_HARD] or (m[L.HARD] == m[L.BEST_HARD] and m[L.SOFT] < m[L.BEST_SOFT]):
            keep_best(m)


@jit
def learn(m: Memory, most: int) -> None:
    """Stubborn rows and sets become heavier, up to `most`."""
    for i in range(m[L.BAD_COUNT]):
        item = m[m[L.BAD] + i]
        if item < m[L.ROWS]:
            place, amount = m[L.ROW_WEIGHT] + item, m[m[L.ROW_HARD] + item]
        else:
            place, amount = m[L.SET_WEIGHT] + item - m[L.ROWS], m[m[L.S_AMOUNT] + item - m[L.ROWS]]
        if m[place] < most:
            m[place] += 1
            m[L.HARD_WEIGHTED] += amount


@jit
def forget(m: Memory) -> None:
    """All weights back to 1."""
    for row in range(m[L.ROWS]):
        m[m[L.ROW_WEIGHT] + row] = 1
    for number in range(m[L.SETS]):
        m[m[L.SET_WEIGHT] + number] = 1
    m[L.HARD_WEIGHTED] = m[L.HARD]


@jit
def construct(m: Memory) -> None:
    """Give every block that is out its quietest start, in the order of MOVABLE (hardest first)."""
    for i in range(m[L.MOVABLE_COUNT]):
        block = m[m[L.MOVABLE] + i]
        begin(m)
        if m[m[L.START] + block] < 0:
            start = quiet_start(m, block, -1, -1, 1 << 20)
            if start >= 0:
                shift(m, block, start, True)
    begin(m)


@jit
def strip(m: Memory, removals: int, looked_at: int, more: int) -> bool:
    """Take blocks out until no hard rule is broken, each time the one that leaves least broken among those of a
    broken row or set, at most so many of them looked at. A row or set is passed over without such a block, or when
    more than so much `more` than before would be broken. False: `removals` were not enough."""
    place = 0
    while place < m[L.BAD_COUNT]:
        best = lightest(m, m[m[L.BAD] + place], looked_at, m[L.HARD] + more)
        place += 1
        if best >= 0:
            if removals == 0:
                return False
            removals -= 1
            begin(m)
            shift(m, best, -1, False)
            place = 0
    return True


@jit
def lightest(m: Memory, item: int, looked_at: int, most: int) -> int:
    """The block of a row or set whose removal leaves least broken, of the first so many that are in; -1: none is, or
    more than `most` would be broken."""
    best, least = -1, most + 1
    if item < m[L.ROWS]:
        table, first, last = m[L.ROW_BLOCKS], m[m[L.ROW_BLOCKS_PTR] + item], m[m[L.ROW_BLOCKS_PTR] + item + 1]
    else:
        number = item - m[L.ROWS]
        table, first, last = m[L.MEMBER_BLOCK], m[m[L.S_PTR] + number], m[m[L.S_PTR] + number + 1]
    for i in range(first, last):
        block = m[table + i]
        if m[m[L.START] + block] >= 0 and looked_at > 0:
            looked_at -= 1
            begin(m)
            shift(m, block, -1, False)
            if m[L.HARD] < least:
                best, least = block, m[L.HARD]
            undo(m)
    return best


@jit
def put_back(m: Memory) -> bool:
    """Place each block that is out where that breaks no more hard rules than before, if it can be. Whether one was."""
    before, found = m[L.HARD], False
    for i in range(m[L.MOVABLE_COUNT]):
        block = m[m[L.MOVABLE] + i]
        n = m[m[L.STARTS_PTR] + block + 1] - m[m[L.STARTS_PTR] + block]
        while m[m[L.START] + block] < 0 and n > 0:
            n -= 1
            begin(m)
            shift(m, block, m[m[L.STARTS] + m[m[L.STARTS_PTR] + block] + n], True)
            if m[L.HARD] > before:
                undo(m)
            else:
                found = True
    return found
