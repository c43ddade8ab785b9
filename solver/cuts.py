"""Small models cut out of a large one: what they prove holds for the large one too.

A cut keeps some of the variables. Constraints on these alone are kept; others are weakened until they speak of these
alone, or left out. So every solution of the large model is one of the cut, and costs as much in the penalties that the
cut keeps. Bounds of cuts that share no penalty add up, because no penalty is below 0.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ortools.sat.python import cp_model, cp_model_helper

from solver.statements import Expr, Lit
from solver.variables import Variables

Blocks = frozenset[str]
"""Blocks of lessons that start together, each by the lesson that decides for its start."""

Span = tuple[int, int]
"""Least and largest value."""

UNLIMITED = 1 << 62
"""CP-SAT writes the lack of a limit as a number beyond this."""

CLIQUES = ("at_most_one", "exactly_one")


class Row(NamedTuple):
    """One constraint. kind: its name in the model; refs: literals, or variables with their coefficients and bounds
    (low, high, ...); enforced: the literals under which it holds. A negative reference is the negation of -ref - 1."""

    kind: str
    refs: tuple[int, ...]
    enforced: tuple[int, ...] = ()
    coefficients: tuple[int, ...] = ()
    bounds: tuple[int, ...] = ()

    @property
    def variables(self) -> Iterator[int]:
        return map(variable, (*self.refs, *self.enforced))


class Price(NamedTuple):
    """What a penalty of the model costs: offset + the sum of coefficient x variable. blocks: what it depends on."""

    offset: int
    terms: dict[int, int]
    blocks: Blocks


def variable(ref: int) -> int:
    return ref if ref >= 0 else -ref - 1


class Cuts:
    """The model of some variables, taken apart. prices: what its penalties cost. on_step: called many times during
    the work; what it raises ends it."""

    def __init__(self, v: Variables, on_step: Callable[[], None] = lambda: None) -> None:
        self._model, self._proto = v.model, v.model.proto
        self.ranges = [(x.domain[0], x.domain[len(x.domain) - 1]) for x in self._proto.variables]
        self.rows: list[Row] = []
        self._places: dict[int, list[tuple[int, int]]] = defaultdict(list)
        """Variable -> (row, position in its `refs`, -1 for being in `enforced`)."""
        for constraint in self._proto.constraints:
            on_step()
            self._note(_row(constraint))
        self._blocks = self._dependence(v)
        self._of_block: dict[str, list[int]] = defaultdict(list)
        for number, blocks in enumerate(self._blocks):
            self._of_block[min(blocks, default="")].append(number)
        self._reach: dict[int, Span] = {}
        self.prices = [self._price(amount, weight) for amount, weight, _ in v.penalties]

    def _note(self, row: Row | None) -> None:
        if row is None:
            return
        number = len(self.rows)
        self.rows.append(row)
        for position, ref in enumerate(row.refs):
            self._places[variable(ref)].append((number, position))
        for ref in row.enforced:
            self._places[variable(ref)].append((number, -1))

    def _dependence(self, v: Variables) -> list[Blocks]:
        """Variable -> the blocks on which its value depends: of a start or pick its own, of a derived variable those
        of the first constraint in which it is the latest variable."""
        found: list[Blocks | None] = [None] * len(self.ranges)
        for lesson, leader in v.domains.leader.items():
            for literal in _decisions(v, lesson):
                found[variable(literal.index)] = frozenset((leader,))
        for row in self.rows:
            latest = max(row.variables)
            if found[latest] is None:
                found[latest] = frozenset[str]().union(*(found[x] or () for x in row.variables if x != latest))
        return [blocks or frozenset() for blocks in found]

    def _price(self, amount: Expr, weight: int) -> Price:
        if isinstance(amount, int):
            return Price(amount * weight, {}, frozenset())
        flat = cp_model_helper.FlatIntExpr(amount)
        terms = {x.index: c * weight for x, c in zip(flat.vars, flat.coeffs, strict=True)}
        return Price(flat.offset * weight, terms, frozenset[str]().union(*(self._blocks[x] for x in terms)))

    # ---- cutting -------------------------------------------------------------------------------------------------

    def model(self, blocks: Blocks, prices: Sequence[Price]) -> cp_model.CpModel:
        """What some blocks must keep to by themselves, at the least cost in some prices that depend on these alone."""
        kept = [x for first in ("", *sorted(blocks)) for x in self._of_block[first] if self._blocks[x] <= blocks]
        new = {x: number for number, x in enumerate(kept)}
        model = cp_model.CpModel()
        for x in kept:
            model.proto.variables.add().domain.extend(list(self._proto.variables[x].domain))
        inside: dict[int, list[int]] = defaultdict(list)
        for x in kept:
            for number, position in self._places[x]:
                inside[number].append(position)
        for number in sorted(inside):
            row = self._weakened(number, inside[number])
            if row is not None:
                _add(model, row, new)
        model.minimize(total(prices, lambda x: model.get_int_var_from_proto_index(new[x])))
        return model

    def _weakened(self, number: int, positions: Sequence[int]) -> Row | None:
        """The row, of which the variables at these positions are kept."""
        row, inside = self.rows[number], sorted(i for i in positions if i >= 0)
        if len(positions) - len(inside) < len(row.enforced):
            return None
        if row.kind == "linear" and number not in self._reach:
            self._reach[number] = reach(row, self.ranges)
        return weakened(row, inside, self.ranges, self._reach.get(number, (0, 0)))

    def cost(self, prices: Sequence[Price]) -> cp_model.LinearExpr:
        """The sum of some prices in the large model."""
        return total(prices, self._model.get_int_var_from_proto_index)


def total(prices: Sequence[Price], variable_of: Callable[[int], cp_model.IntVar]) -> cp_model.LinearExpr:
    """The sum of some prices."""
    terms = [(variable_of(x), c) for price in prices for x, c in price.terms.items()]
    variables, coefficients = [x for x, _ in terms], [c for _, c in terms]
    return cp_model.LinearExpr.weighted_sum(variables, coefficients) + sum(price.offset for price in prices)


def _decisions(v: Variables, lesson: str) -> Iterator[cp_model.IntVar]:
    """The literals that decide where a lesson is."""
    found: list[Lit] = list(v.starts(lesson).values())
    for i in range(len(v.domains.rooms[lesson])):
        found += v.room_picks(lesson, i).values()
    for i in range(len(v.domains.teachers[lesson])):
        found += v.teacher_picks(lesson, i).values()
    yield from (x for x in found if isinstance(x, cp_model.IntVar))


def _row(constraint: cp_model_helper.ConstraintProto) -> Row | None:
    """None: of a kind that no rule uses, or without variables."""
    row = _read(constraint)
    return row if row is not None and (row.refs or row.enforced) else None


def _read(constraint: cp_model_helper.ConstraintProto) -> Row | None:
    enforced = tuple(constraint.enforcement_literal)
    if constraint.has_linear():
        linear = constraint.linear
        return Row("linear", tuple(linear.vars), enforced, tuple(linear.coeffs), tuple(linear.domain))
    for kind in (*CLIQUES, "bool_or", "bool_and"):
        if getattr(constraint, f"has_{kind}")():
            return Row(kind, tuple(getattr(constraint, kind).literals), enforced)
    return None


def weakened(row: Row, inside: Sequence[int], ranges: Sequence[Span], whole: Span = (0, 0)) -> Row | None:
    """What a constraint says of the variables kept; None if nothing. inside: their positions in `refs`; whole: the
    least and largest value of the sum, if it is one."""
    if len(inside) == len(row.refs):
        return row
    refs = tuple(row.refs[i] for i in inside)
    if row.kind == "linear":
        here = row._replace(refs=refs, coefficients=tuple(row.coefficients[i] for i in inside))
        return _weakened_sum(here, ranges, whole)
    if row.kind in CLIQUES and len(refs) > 1:
        return Row("at_most_one", refs, row.enforced)
    return Row("bool_and", refs, row.enforced) if row.kind == "bool_and" and refs else None


def _weakened_sum(here: Row, ranges: Sequence[Span], whole: Span) -> Row | None:
    """What is left out counts with its least value towards the upper bound, with its largest towards the lower."""
    if len(here.bounds) != 2:
        return None
    lowest, highest = reach(here, ranges)
    low = here.bounds[0] if here.bounds[0] < -UNLIMITED else here.bounds[0] - (whole[1] - highest)
    high = here.bounds[1] if here.bounds[1] > UNLIMITED else here.bounds[1] - (whole[0] - lowest)
    return None if low <= lowest and highest <= high else here._replace(bounds=(low, high))


def reach(row: Row, ranges: Sequence[Span]) -> Span:
    """Least and largest value of a sum, whatever the variables are."""
    ends = [(c * ranges[x][0], c * ranges[x][1]) for x, c in zip(row.refs, row.coefficients, strict=True)]
    return sum(map(min, ends)), sum(map(max, ends))


def _add(model: cp_model.CpModel, row: Row, new: Mapping[int, int]) -> None:
    """new: number of a variable -> its number in the model."""
    refs = [new[x] if x >= 0 else -new[-x - 1] - 1 for x in row.refs]
    constraint = model.proto.constraints.add()
    constraint.enforcement_literal.extend([new[x] if x >= 0 else -new[-x - 1] - 1 for x in row.enforced])
    if row.kind == "linear":
        constraint.linear.vars.extend(refs)
        constraint.linear.coeffs.extend(list(row.coefficients))
        constraint.linear.domain.extend(list(row.bounds))
    else:
        getattr(constraint, row.kind).literals.extend(refs)
