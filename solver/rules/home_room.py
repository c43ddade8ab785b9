"""CP-SAT twin of `models.rules.home_room`."""

from models.rules.home_room import HomeRoom
from solver.statements import negation
from solver.variables import Variables


def encode(rule: HomeRoom, v: Variables) -> None:
    for id_ in v.domains.lessons_of(rule):
        if rule.wanted_by(v.problem, v.problem.lesson[id_]):
            concerned = v.belongs(id_, rule.who.kind, v.problem.rows(rule.who))
            if concerned is True and len(v.domains.rooms[id_]) == 1:
                v.cost(rule, v.present(id_) - sum(v.in_rooms(id_, (rule.room,))))
            else:
                v.cost(rule, v.all_of([concerned, negation(v.has_room(id_, rule.room))]))
