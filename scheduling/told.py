"""What repairs, explanations, comparisons and the like found, as plain objects: the same from every door."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.compare import Comparison, apart, where
from models.problem import Problem
from models.robustness import SlotReserve, weakest
from models.score import Score
from models.timetable import Change
from models.what_if import Place, WhyNot

if TYPE_CHECKING:
    from scheduling.substitution import Substitution
    from solver.alternatives import Alternative, Alternatives
    from solver.explain import Core, Explanation
    from solver.fixes import Fix, Menu
    from solver.repair_result import Repair
    from solver.why_not import ExactCost

Plain = dict[str, Any]


def of_changes(problem: Problem, changes: Iterable[Change]) -> list[Plain]:
    return [{"lesson": c.lesson, "before": where(problem, c.before), "after": where(problem, c.after)} for c in changes]


def of_comparison(problem: Problem, found: Comparison) -> Plain:
    return {
        "moved": found.moved,
        "changes": of_changes(problem, found.changes),
        "before": dict(zip(("hard", "unplaced", "soft"), found.before.key, strict=True)),
        "after": dict(zip(("hard", "unplaced", "soft"), found.after.key, strict=True)),
        "rules": [vars(r) for r in found.rules],
    }


def of_repair(problem: Problem, found: "Repair", reason: "Explanation | None") -> Plain:
    """reason: why there is no repair, if that was asked."""
    people = {kind: sorted(id_ for k, id_ in found.affected if k == kind) for kind in ("teacher", "class")}
    cores = reason.cores if reason is not None else ()
    return {
        "status": str(found.status),
        "sentence": found.sentence,
        "proven": found.proven,
        "within_limit": found.allowed,
        "amount": None if found.amount is None else found.amount._asdict(),
        "at_least": found.at_least,
        "changes": of_changes(problem, found.changes),
        "affected": {"teachers": people["teacher"], "classes": people["class"]},
        "reasons": [[f.sentence for f in core.facts] for core in cores],
        "seconds": round(found.seconds, 3),
    }


def of_explanation(found: "Explanation") -> Plain:
    return {
        "status": str(found.status),
        "cores": [of_core(core) for core in found.cores],
        "seconds": round(found.seconds, 3),
    }


def of_core(core: "Core") -> Plain:
    facts = [
        {"kind": f.kind, "sentence": f.sentence, "source": f.source, "lessons": sorted(f.lessons)} for f in core.facts
    ]
    return {"minimal": core.minimal, "confirmed": core.confirmed, "facts": facts}


def of_menu(menu: "Menu") -> Plain:
    return {
        **of_explanation(menu.explanation),
        "status": str(menu.status),
        "fixes": [of_fix(n, fix) for n, fix in enumerate(menu.fixes, 1)],
        "seconds": round(menu.seconds, 3),
    }


def of_fix(number: int, fix: "Fix") -> Plain:
    changes = [{"sentence": c.sentence, "price": c.price, "source": c.source} for c in fix.changes]
    return {"number": number, "price": fix.price, "changes": changes}


def of_alternatives(problem: Problem, found: "Alternatives") -> Plain:
    return {
        "goals": [g.name for g in found.goals],
        "exhausted": found.exhausted,
        "alternatives": [_of_alternative(found, a) for a in found.found],
        "lessons": len(problem.lessons),
    }


def _of_alternative(found: "Alternatives", one: "Alternative") -> Plain:
    return {
        "emphasis": list(one.emphasis),
        "best": one.best,
        "soft": one.score.soft,
        "goals": dict(zip((g.name for g in found.goals), one.goals, strict=True)),
        "rules": of_rules(one.score),
        "apart": [apart(one.timetable, other.timetable) for other in found.found],
    }


def of_rules(score: Score) -> dict[str, dict[str, int]]:
    """Name of each rule that is broken -> its hard amount, soft amount and penalty."""
    found: dict[str, dict[str, int]] = {}
    for rule in score.rules:
        if rule.amount:
            entry = found.setdefault(rule.name, {"hard": 0, "soft": 0, "penalty": 0})
            entry["hard" if rule.hard else "soft"] += rule.amount
            entry["penalty"] += rule.penalty
    return found


def of_substitution(found: "Substitution") -> Plain:
    return {
        "summary": found.summary,
        "cost": found.plan.cost,
        "bound": found.plan.bound,
        "proven": found.plan.proven,
        "decisions": [d.model_dump(mode="json") for d in found.plan.decisions],
        "sentences": found.sentences,
        "counts": found.counts,
    }


def of_why_not(problem: Problem, answer: WhyNot, place: Place | None = None) -> Plain:
    """place: this one alone; None: all."""
    return {
        "lesson": answer.lesson,
        "now": None if answer.now is None else answer.now.model_dump(mode="json"),
        "places": [of_place(problem, p) for p in (answer.places if place is None else (place,))],
        "best": [p.start for p in answer.best],
        "swaps": [{"with": swap.other, **of_place(problem, swap.place)} for swap in answer.swaps],
    }


def of_place(problem: Problem, place: Place) -> Plain:
    return {
        "start": place.start,
        "time": problem.grid.label(place.start),
        "placements": [p.model_dump(mode="json") for p in place.placements],
        "free": place.free,
        "hard": place.hard,
        "unplaced": place.unplaced,
        "soft": place.soft,
        "blocks": [v.sentence for v in place.blocks],
        "in_the_way": place.in_the_way,
        "new": [{"rule": v.rule.name, "penalty": v.penalty, "sentence": v.sentence} for v in place.new],
        "gone": [{"rule": v.rule.name, "penalty": v.penalty, "sentence": v.sentence} for v in place.gone],
    }


def of_exact(problem: Problem, found: "ExactCost") -> Plain:
    repair = found.repair
    return {
        "status": str(repair.status),
        "sentence": repair.sentence,
        "soft": found.soft,
        "moves": None if repair.amount is None else repair.amount.moves,
        "at_least": repair.at_least,
        "changes": of_changes(problem, repair.changes),
    }


def of_robustness(slots: list[SlotReserve]) -> Plain:
    return {"slots": [_of_slot(x) for x in slots], "weak": [x.slot for x in weakest(slots)]}


def _of_slot(x: SlotReserve) -> Plain:
    return {
        "slot": x.slot,
        "time": x.label,
        "teachers": list(x.teachers),
        "there": list(x.there),
        "rooms": list(x.rooms),
        "lessons": [r.lesson for r in x.lessons],
        "uncovered": x.uncovered,
        "unroomed": x.unroomed,
    }
