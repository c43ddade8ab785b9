"""Work on a problem or a timetable that takes a search of its own: repair, explain, fixes, alternatives, cover and the
exact cost of a place. Each is a frozen value that says what is wanted, and knows how to do it; as a job it is done by a
worker (`scheduling.jobs.errands`)."""

from scheduling.tasks.alternatives import Alternatives
from scheduling.tasks.base import Made, Material, Product, Refused, Task
from scheduling.tasks.cover import Cover
from scheduling.tasks.explain import Explain
from scheduling.tasks.fixes import Fixes
from scheduling.tasks.place import ExactPlace
from scheduling.tasks.repair import Repair

TASKS: tuple[type[Task], ...] = (Repair, Explain, Fixes, Alternatives, Cover, ExactPlace)
"""Every kind of job beside "solve"."""

__all__ = [
    "TASKS",
    "Alternatives",
    "Cover",
    "ExactPlace",
    "Explain",
    "Fixes",
    "Made",
    "Material",
    "Product",
    "Refused",
    "Repair",
    "Task",
]
