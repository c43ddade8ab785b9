"""Saying things to CP-SAT: derived literals, and demands that are hard or priced as their rule says."""

from collections.abc import Callable, Iterable, Sequence

from ortools.sat.python import cp_model, cp_model_helper

from models.rules import Rule

Lit = cp_model_helper.Literal | bool
Expr = cp_model.LinearExpr | int
Enable = Callable[[cp_model.CpModel, Rule], Lit | None]
"""For a hard rule, the literal that switches it on; None: always on."""


BOOLEAN = cp_model.Domain(0, 1)
ONE = cp_model.Domain(1, 1)


class Statements:
    """enable: see `Enable`; used to explain infeasibility."""

    def __init__(self, enable: Enable | None = None) -> None:
        self.model = cp_model.CpModel()
        self._proto = self.model.proto
        self.penalties: list[tuple[Expr, int, Rule]] = []
        """(amount, weight, rule): the objective is the sum of amount x weight."""
        self._enable = enable
        self._enabled: dict[int, Lit | None] = {}
        self._sure: set[int] = set()
        """Indices of the literals that are always true."""

    # ---- literals ------------------------------------------------------------------------------------------------

    def new_bool(self) -> cp_model.IntVar:
        """A new 0-1 variable."""
        return cp_model.IntVar(self._proto).with_domain(BOOLEAN)

    def new_sure(self) -> cp_model.IntVar:
        """A new variable that is 1; what is made of it alone is known without a constraint."""
        result = cp_model.IntVar(self._proto).with_domain(ONE)
        self._sure.add(result.index)
        return result

    def sure(self, literal: Lit) -> bool:
        """Whether the literal is known to be true."""
        return literal if isinstance(literal, bool) else literal.index in self._sure

    def one_of(self, literals: Sequence[Lit]) -> Lit:
        """Equal to the disjunction of literals of which at most one is true."""
        if len(literals) < 2:
            return literals[0] if literals else False
        known = self._first_sure(literals)
        if known is not None:
            self.model.add_at_most_one(literals)
            return known
        result = self.new_bool()
        self.model.add_exactly_one([*literals, ~result])
        return result

    def any_of(self, literals: Iterable[Lit]) -> Lit:
        """Equal to the disjunction of the literals."""
        real = self._open(literals)
        known = self._first_sure(real)
        if known is not None:
            return known
        if len(real) < 2:
            return real[0] if real else False
        result = self.new_bool()
        self.model.add_bool_or([*real, ~result])
        self.model.add_bool_and([negation(x) for x in real]).only_enforce_if(~result)
        return result

    def all_of(self, literals: Iterable[Lit]) -> Lit:
        """Equal to the conjunction of the literals."""
        return negation(self.any_of([negation(x) for x in literals]))

    def when_all(self, literals: Iterable[Lit]) -> Lit:
        """True at least when all of the literals are: smaller than `all_of`, enough where being true only costs."""
        denied = self._open(negation(x) for x in literals)
        if self._first_sure(denied) is not None:
            return False
        if len(denied) < 2:
            return negation(denied[0]) if denied else True
        result = self.new_bool()
        self.model.add_bool_or([*denied, result])
        return result

    def _open(self, literals: Iterable[Lit]) -> list[Lit]:
        """Each literal once, in order, without those known to be false."""
        if not self._sure:
            return [x for x in unique(literals) if x is not False]
        return [x for x in unique(literals) if not self.sure(negation(x))]

    def _first_sure(self, literals: Iterable[Lit]) -> Lit | None:
        return next((x for x in literals if x is True or (self._sure and self.sure(x))), None)

    # ---- saying a rule -------------------------------------------------------------------------------------------
    # times: how many equal amounts are meant, where one statement stands for several resources or weeks.

    def cost(self, rule: Rule, amount: Expr, times: int = 1) -> None:
        """`amount` (never negative) is exactly the rule's violation: zero if hard, priced if soft."""
        if isinstance(amount, int) and amount == 0:
            return
        if rule.weight is None:
            self._demand(rule, amount <= 0)
        else:
            self.penalties.append((amount, rule.weight * times, rule))

    def at_most(self, rule: Rule, total: Expr, limit: Expr, most: int, times: int = 1) -> None:
        """What `total` has above `limit` is the rule's violation; `most`: upper bound of that excess."""
        self.at_most_each(rule, [total], limit, most, times)

    def at_most_each(self, rule: Rule, totals: Iterable[Expr], limit: Expr, most: int, times: int = 1) -> None:
        """What the largest of `totals` has above `limit` is the rule's violation; `most`: upper bound of that."""
        open_ = [t for t in totals if not (isinstance(t, int) and isinstance(limit, int) and t <= limit)]
        if most <= 0 or not open_:
            return
        if rule.weight is None:
            for total in open_:
                self._demand(rule, total <= limit)
            return
        excess = self.model.new_int_var(0, most, "")
        for total in open_:
            self.model.add(total - limit <= excess)
        self.penalties.append((excess, rule.weight * times, rule))

    def at_most_true(self, rule: Rule, literals: Sequence[Lit], limit: int, most: int, times: int = 1) -> None:
        """How many more than `limit` of the literals are true is the rule's violation."""
        if len(literals) <= limit or most <= 0:
            return
        if limit == 1 and rule.weight is None and self._enable is None:
            self.model.add_at_most_one(literals)
        else:
            self.at_most(rule, cp_model.LinearExpr.sum(literals), limit, most, times)

    def at_least(self, rule: Rule, total: Expr, limit: Expr, most: int, times: int = 1) -> None:
        """What `total` lacks to `limit` is the rule's violation; `most`: upper bound of the lack."""
        self.at_most(rule, -total, -limit, most, times)

    def forbid(self, rule: Rule, literals: Iterable[Lit], amount: int = 1, times: int = 1) -> None:
        """All literals being true together is a violation of `amount`."""
        denied = self._open(negation(x) for x in literals)
        if self._first_sure(denied) is not None:
            return
        if rule.weight is None:
            self._enforce(rule, self.model.add_bool_or(denied))
            return
        self.penalties.append((self.when_all(map(negation, denied)), rule.weight * amount * times, rule))

    def _demand(self, rule: Rule, relation: object) -> None:
        constraint = self.model.add(relation)  # type: ignore[arg-type]
        self._enforce(rule, constraint)

    def _enforce(self, rule: Rule, constraint: cp_model.Constraint) -> None:
        literal = self.enabled(rule)
        if literal is not None:
            constraint.only_enforce_if(literal)

    def enabled(self, rule: Rule) -> Lit | None:
        """The literal that switches a hard rule on, None if it is always on."""
        if self._enable is None:
            return None
        if id(rule) not in self._enabled:
            self._enabled[id(rule)] = self._enable(self.model, rule)
        return self._enabled[id(rule)]


def negation(literal: Lit) -> Lit:
    return (not literal) if isinstance(literal, bool) else ~literal


def unique(literals: Iterable[Lit]) -> list[Lit]:
    """Each literal once, in order."""
    seen: dict[object, Lit] = {}
    for x in literals:
        seen.setdefault(("constant", bool(x)) if isinstance(x, int) else x.index, x)
    return list(seen.values())
