"""What schools teach: subjects, and the weekly hours of each stage."""

from typing import NamedTuple

from models.problem import Subject

SUBJECTS = (
    Subject(id="ENG", name="English", colour="#4E79A7"),
    Subject(id="DRA", name="Drama", colour="#D4A6C8"),
    Subject(id="HIS", name="History", colour="#B6992D"),
    Subject(id="GEO", name="Geography", colour="#59A14F"),
    Subject(id="ECO", name="Economics", colour="#8C564B"),
    Subject(id="REL", name="Religious studies", colour="#BAB0AC"),
    Subject(id="FRE", name="French", colour="#86BCB6"),
    Subject(id="SPA", name="Spanish", colour="#F1CE63"),
    Subject(id="GER", name="German", colour="#D37295"),
    Subject(id="LAT", name="Latin", colour="#A0CBE8"),
    Subject(id="MUS", name="Music", colour="#FABFD2"),
    Subject(id="ART", name="Art", colour="#FF9DA7"),
    Subject(id="DT", name="Design and technology", colour="#9D7660"),
    Subject(id="COM", name="Computing", colour="#79706E"),
    Subject(id="MAT", name="Mathematics", colour="#F28E2B"),
    Subject(id="PHY", name="Physics", colour="#76B7B2"),
    Subject(id="CHE", name="Chemistry", colour="#EDC948"),
    Subject(id="SCI", name="Science", colour="#499894"),
    Subject(id="BIO", name="Biology", colour="#8CD17D"),
    Subject(id="PE", name="Physical education", colour="#E15759"),
    Subject(id="PSH", name="Form time", colour="#D7B5A6"),
)
"""In an order in which neighbours are a plausible pair for one teacher."""

CLASSROOM = "classroom"
ROOM_KINDS = {
    "BIO": "lab", "CHE": "lab", "PHY": "lab", "COM": "computers", "DT": "workshop", "ART": "art", "MUS": "music",
    "PE": "gym",
}  # fmt: skip
"""Subject -> the kind of room all its lessons need; the others are taught in classrooms."""

LANGUAGES = ("FRE", "SPA", "GER", "LAT")


class Hours(NamedTuple):
    """A subject of one class; blocks: duration of each of its lessons of the week."""

    subject: str
    blocks: tuple[int, ...]


class Stage(NamedTuple):
    """Some levels with the same hours.

    plain: subjects each class has by itself; halves: whether the class is halved for practical science and computing;
    languages, sport, arts: blocks of what several classes of a level have at the same time; sport_split: whether
    boys and girls are apart; home_room: whether each class has its own room; late_days: days that start one period
    later.
    """

    plain: tuple[Hours, ...]
    languages: tuple[int, ...]
    sport: tuple[int, ...]
    arts: tuple[int, ...]
    halves: bool = False
    sport_split: bool = True
    home_room: bool = True
    late_days: int = 0

    @property
    def periods(self) -> int:
        """Periods per week of a class."""
        blocks = [h.blocks for h in self.plain] + [self.languages, self.sport, self.arts, (2,) if self.halves else ()]
        return sum(map(sum, blocks))


def _hours(text: str) -> tuple[Hours, ...]:
    """ "ENG 1+1, DT 2" as hours."""
    pairs = (entry.split() for entry in text.split(","))
    return tuple(Hours(subject, tuple(map(int, blocks.split("+")))) for subject, blocks in pairs)


JUNIOR = Stage(
    plain=_hours("ENG 1+1+1+1, MAT 1+1+1+1, SCI 1+1, HIS 1+1, GEO 1+1, DT 2, DRA 1, REL 1, PSH 1"),
    languages=(1, 1, 1),
    sport=(1, 1),
    arts=(1, 1),
    halves=True,
    sport_split=False,
)
MIDDLE = Stage(
    plain=_hours("ENG 1+1+1+1, MAT 1+1+1+1, BIO 2, CHE 2, PHY 2, HIS 1+1, GEO 1+1, COM 1+1, DRA 1, REL 1, PSH 1"),
    languages=(1, 1, 1),
    sport=(1, 1),
    arts=(1, 1),
)
SENIOR = Stage(
    plain=_hours("ENG 1+1+1+1+1, MAT 1+1+1+1+1, BIO 2, CHE 2+1, PHY 2+1, HIS 1+1+1, GEO 1+1, ECO 1+1, COM 1, PSH 1"),
    languages=(1, 1, 1),
    sport=(2,),
    arts=(),
    home_room=False,
    late_days=2,
)
STAGES = (JUNIOR, MIDDLE, SENIOR)
