"""Names of teachers."""

from random import Random

from models.problem import Teacher

FIRST = """
Ada Amir Anna Arjun Bola Carla Chen Clara Daniel Dina Elena Emeka Eva Farid Femi Grace Hana Hugo Ines Ivan Jamal Jana
Joao Julia Kemi Kofi Lena Liam Lucia Malik Mara Marco Maya Nadia Nina Noah Olga Omar Paula Priya Rafael Rosa Ruth
Samir Sara Sofia Tariq Tomas Uma Vera Viktor Yara Yusuf Zoe
"""
LAST = """
Abbott Adeyemi Ahmed Alvarez Andersen Baker Banerjee Barros Bello Berg Blanc Brown Castro Chandra Clarke Costa Cruz
Danso Davies Diallo Dubois Edwards Egwu Eriksen Evans Farah Fischer Foster Garcia Gomez Green Gupta Haddad Hall Hansen
Hassan Hoffman Hughes Ibrahim Ito Jackson Jansen Johnson Kamara Kaya Keller Khan Kim Kowalski Lang Larsen Lee Lewis
Lopez Mensah Meyer Miller Molina Moreno Mwangi Nakamura Nguyen Novak Obi Okafor Oliveira Olsen Osei Owens Park Patel
Pereira Petrov Popa Quinn Rahman Ramos Reyes Ricci Roberts Rossi Ryan Sato Schmidt Shah Silva Singh Smith Sousa Suzuki
Svensson Tanaka Taylor Torres Turner Usman Varga Vega Vogel Walker Wang Weber White Wilson Wong Wright Yamada Yilmaz
Young Zhang Ziegler
"""


def name_teachers(subjects: list[tuple[str, ...]], random: Random) -> list[Teacher]:
    """A teacher for each list of subjects. Code: the first letters of the surname, numbered where they repeat."""
    first_names, last_names = FIRST.split(), LAST.split()
    times: dict[str, int] = {}
    found = []
    for taught in subjects:
        first, last = random.choice(first_names), random.choice(last_names)
        short = last[:3].upper()
        times[short] = times.get(short, 0) + 1
        code = short if times[short] == 1 else f"{short}{times[short]}"
        email = f"{first}.{last}.{code}@school.example".lower()
        found.append(Teacher(id=code, name=f"{first} {last}", email=email, subjects=taught))
    return found
