"""A little archive, piece by piece."""

DAYS = ("Mon", "Tue")
PER_DAY = 3


def times() -> str:
    groups = "".join(f'<Day Id="{day}"><Name>{day}</Name></Day>' for day in DAYS)
    cells = "".join(
        f'<Time Id="{day}{n}"><Name/><Day Reference="{day}"/></Time>\n' for day in DAYS for n in range(1, PER_DAY + 1)
    )
    return (
        f'<Times><TimeGroups>{groups}<TimeGroup Id="early"><Name/></TimeGroup></TimeGroups>\n{cells}</Times>'.replace(
            '<Day Reference="Mon"/></Time>',
            '<Day Reference="Mon"/><TimeGroups><TimeGroup Reference="early"/></TimeGroups></Time>',
            1,
        )
    )


RESOURCES = (
    """<Resources><ResourceTypes>
<ResourceType Id="Teacher"><Name/></ResourceType><ResourceType Id="Class"><Name/></ResourceType>
<ResourceType Id="Room"><Name/></ResourceType></ResourceTypes>
<ResourceGroups><ResourceGroup Id="all"><Name/></ResourceGroup></ResourceGroups>
"""
    + "".join(
        f'<Resource Id="{id_}"><Name/><ResourceType Reference="{kind}"/>'
        '<ResourceGroups><ResourceGroup Reference="all"/></ResourceGroups></Resource>\n'
        for id_, kind in (
            ("T1", "Teacher"),
            ("T2", "Teacher"),
            ("C1", "Class"),
            ("C2", "Class"),
            ("R1", "Room"),
            ("R2", "Room"),
        )
    )
    + "</Resources>"
)


def event(id_: str, duration: int, *resources: str, start: str = "", group: str = "g") -> str:
    """resources: a name, or role:type for one to be chosen."""
    parts = "".join(
        f'<Resource><Role>{r.split(":")[0]}</Role><ResourceType Reference="{r.split(":")[1]}"/></Resource>'
        if ":" in r
        else f'<Resource Reference="{r}"/>'
        for r in resources
    )
    time = f'<Time Reference="{start}"/>' if start else ""
    return (
        f'<Event Id="{id_}"><Name>{id_}</Name><Duration>{duration}</Duration>{time}<Resources>{parts}</Resources>'
        f'<EventGroups><EventGroup Reference="every"/><EventGroup Reference="{group}"/></EventGroups></Event>\n'
    )


def constraint(
    tag: str, body: str = "", to: str = "every", hard: bool = True, weight: int = 1, cost: str = "Linear"
) -> str:
    """to: "every" event, event group "g", "all" resources or one of them."""
    listed = {"every": "Event", "g": "Event", "h": "Event", "all": "Resource"}
    scope = (
        f'<{listed[to]}Groups><{listed[to]}Group Reference="{to}"/></{listed[to]}Groups>'
        if to in listed
        else f'<Resources><Resource Reference="{to}"/></Resources>'
    )
    return (
        f'<{tag}Constraint Id="{tag}"><Name/><Required>{str(hard).lower()}</Required><Weight>{weight}</Weight>'
        f"<CostFunction>{cost}</CostFunction><AppliesTo>{scope}</AppliesTo>{body}</{tag}Constraint>\n"
    )


def bounded(least: int, most: int) -> str:
    return f"<Minimum>{least}</Minimum><Maximum>{most}</Maximum>"


def groups(*names: str, inner: str = "") -> str:
    return "<TimeGroups>" + "".join(f'<TimeGroup Reference="{n}">{inner}</TimeGroup>' for n in names) + "</TimeGroups>"


def named(*names: str) -> str:
    return "<Times>" + "".join(f'<Time Reference="{n}"/>' for n in names) + "</Times>"


def role(name: str, *resources: str) -> str:
    listed = "".join(f'<Resource Reference="{r}"/>' for r in resources)
    return f"{f'<Resources>{listed}</Resources>' if resources else ''}<Role>{name}</Role>"


def split(shortest: int, longest: int, least: int, most: int) -> str:
    return (
        f"<MinimumDuration>{shortest}</MinimumDuration><MaximumDuration>{longest}</MaximumDuration>"
        f"<MinimumAmount>{least}</MinimumAmount><MaximumAmount>{most}</MaximumAmount>"
    )


BASIC = constraint("AssignTime") + constraint("AvoidClashes", to="all")


def archive(events: str, *constraints: str, basic: str = BASIC) -> bytes:
    kinds = "".join(f'<EventGroup Id="{g}"><Name/></EventGroup>' for g in ("every", "g", "h"))
    return (
        f'<HighSchoolTimetableArchive>\n<Instances>\n<Instance Id="tiny">\n{times()}\n{RESOURCES}\n'
        f"<Events><EventGroups>{kinds}</EventGroups>\n{events}</Events>\n"
        f"<Constraints>{basic}{''.join(constraints)}</Constraints></Instance></Instances></HighSchoolTimetableArchive>"
    ).encode()
