"""What people call lessons, times and rooms, found in a problem."""

from difflib import get_close_matches

from models.problem import Problem

MOST_NAMES = 8


class NotKnown(ValueError):
    """hint: what could have been meant, "" for nothing near."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def sentence(self) -> str:
        return ": ".join(filter(None, (str(self), self.hint)))


def lesson_named(problem: Problem, name: str) -> str:
    """The lesson of this id, however its letters are written, or of this title if there is one alone. NotKnown."""
    folded = name.casefold()
    same = [x.id for x in problem.lessons if x.id == name] or [
        x.id for x in problem.lessons if folded == x.id.casefold()
    ]
    same = same or [x.id for x in problem.lessons if folded == x.title.casefold()]
    if len(same) == 1:
        return same[0]
    if same:
        raise NotKnown(f"there are {len(same)} lessons {name}", f"which: {', '.join(same[:MOST_NAMES])}")
    ids = {x.id.casefold(): x.id for x in problem.lessons}
    close = [ids[x] for x in get_close_matches(folded, ids, 5, 0.4)] or list(problem.lesson)[:MOST_NAMES]
    raise NotKnown(f"there is no lesson {name}", f"did you mean {', '.join(close)}?")


def cell_named(problem: Problem, time: str) -> int:
    """The cell of a time such as "Mon P3"; for a clock grid "2030-01-07 09:30". NotKnown."""
    folded = " ".join(time.casefold().split())
    for cell in range(problem.grid.size):
        if problem.grid.label(cell).casefold() == folded:
            return cell
    some = ", ".join(problem.grid.label(c) for c in range(min(3, problem.grid.size)))
    raise NotKnown(f"there is no time {time}", f"times are written {some}, ...")


def room_named(problem: Problem, name: str) -> str:
    """NotKnown."""
    folded = {r.casefold(): r for r in problem.room}
    if name.casefold() not in folded:
        close = [folded[x] for x in get_close_matches(name.casefold(), folded, 5, 0.4)]
        raise NotKnown(f"there is no room {name}", f"did you mean {', '.join(close)}?" if close else "")
    return folded[name.casefold()]
