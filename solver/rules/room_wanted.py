"""CP-SAT twin of `models.rules.room_wanted`."""

from models.rules.room_wanted import RoomWanted
from solver.variables import Variables


def encode(rule: RoomWanted, v: Variables) -> None:
    for id_ in rule.lessons:
        for i, request in enumerate(v.problem.lesson[id_].rooms):
            if request.optional:
                v.cost(rule, v.placed(id_) - sum(v.room_picks(id_, i).values()))
