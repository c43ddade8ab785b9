"""CP-SAT twin of `models.rules.room_wanted`."""

from models.rules.room_wanted import RoomWanted
from solver.variables import Variables


def encode(rule: RoomWanted, v: Variables) -> None:
    for id_ in rule.lessons:
        lesson = v.problem.lesson[id_]
        for i in range(len(lesson.rooms)):
            if lesson.may_go_without(i):
                v.cost(rule, v.present(id_) - sum(v.room_picks(id_, i).values()))
