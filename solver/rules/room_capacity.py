"""CP-SAT twin of `models.rules.room_capacity`."""

from models.rules.room_capacity import RoomCapacity
from solver.variables import Variables


def encode(rule: RoomCapacity, v: Variables) -> None:
    for id_ in rule.lessons or v.problem.lesson:
        heads, requests = v.problem.head_count(v.problem.lesson[id_]), range(len(v.domains.rooms[id_]))
        found = {rooms: v.problem.useful_seats(min(rooms), heads) for i in requests for rooms in v.room_sets[id_, i]}
        picks = [(literal, found[rooms]) for i in requests for (_, rooms), literal in v.room_picks(id_, i).items()]
        if len(requests) == 1:
            v.cost(rule, sum((heads - seats) * literal for literal, seats in picks if seats < heads))
        else:
            roomed = v.any_of(literal for literal, _ in picks)
            v.at_most(rule, heads * roomed, sum(seats * literal for literal, seats in picks), most=heads)
