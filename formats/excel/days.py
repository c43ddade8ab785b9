"""Names of the days of the week in the languages schools write them."""

from formats.excel.sheets import MOST_DAYS, key

# Monday first; each line one way of writing them.
_WEEKS = (
    "Mon Tue Wed Thu Fri Sat Sun",
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "Mo Tu We Th Fr Sa Su",
    "M Tues W Thur F S Sunday",
    "Mon Tues Wednes Thurs Friday Satur Sun",
    "Mo Di Mi Do Fr Sa So",
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "Lun Mar Mer Jeu Ven Sam Dim",
    "Lundi Mardi Mercredi Jeudi Vendredi Samedi Dimanche",
    "Lun Mar Mié Jue Vie Sáb Dom",
    "Lunes Martes Miércoles Jueves Viernes Sábado Domingo",
    "Seg Ter Qua Qui Sex Sáb Dom",
    "Segunda Terça Quarta Quinta Sexta Sábado Domingo",
    "Segunda-feira Terça-feira Quarta-feira Quinta-feira Sexta-feira Sábado Domingo",
    "Lun Mar Mer Gio Ven Sab Dom",
    "Lunedì Martedì Mercoledì Giovedì Venerdì Sabato Domenica",
    "Ithnayn Thulatha Arbia Khamis Jumua Sabt Ahad",
    "Al-Ithnayn Al-Thulatha Al-Arbia Al-Khamis Al-Jumua Al-Sabt Al-Ahad",
)
WEEKS = tuple(tuple(line.split()) for line in _WEEKS)

DAY_NUMBER: dict[str, int] = {}
"""Key of a name -> day of the week, Monday 0; the first language that knows a name decides."""
for _week in WEEKS:
    for _number, _name in enumerate(_week):
        DAY_NUMBER.setdefault(key(_name), _number)


def expand_days(text: str) -> list[str]:
    """Days of a school week from what the sheet School says: "Mon-Fri", "Sun-Thu", "Mon, Wed, Fri", "5"; other
    names are taken as they are. Raises ValueError with what was expected."""
    if text.isdecimal():
        if not 1 <= int(text) <= MOST_DAYS:
            raise ValueError(f"at most {MOST_DAYS} days")
        count = int(text)
        return list(WEEKS[0][:count]) if count <= 7 else [f"Day {n + 1}" for n in range(count)]
    days: list[str] = []
    for item in (x.strip() for x in text.replace(";", ",").replace("/", ",").split(",")):
        days.extend(_range(item) or [item] if item else [])
    if not days:
        raise ValueError("days such as Mon-Fri")
    return days


def _range(item: str) -> list[str]:
    """The days of a range as the language of its first day writes them; no range: none."""
    for dash in ("–", "—", " to ", " bis ", " a ", " à ", "-"):
        first, found, last = item.partition(dash)
        if found and key(first) in DAY_NUMBER and key(last) in DAY_NUMBER and key(item) not in DAY_NUMBER:
            start, end = DAY_NUMBER[key(first)], DAY_NUMBER[key(last)]
            names = next(w for w in WEEKS if key(w[start]) == key(first))
            names = next((w for w in WEEKS if key(w[start]) == key(first) and key(w[end]) == key(last)), names)
            return [names[(start + n) % 7] for n in range((end - start) % 7 + 1)]
    return []
