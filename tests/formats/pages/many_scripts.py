"""The little school with names in many scripts, and with text that would be harmful if it were taken for markup."""

from models.problem import Subject, Teacher
from tests.formats.little_school import changed

HARMFUL = "<script>alert(1)</script>"
ARABIC, HEBREW, CHINESE = "أحمد بن علي", "בנימין כהן 12", "王小明"

MANY_SCRIPTS = changed(
    name=f"مدرسة {HARMFUL}",
    subjects=(
        Subject(id="MAT", name="الرياضيات"),
        Subject(id="ENG", name="English & <b>Co</b>"),
        Subject(id="PHY", name="פיזיקה"),
        Subject(id="FRE", name="法语"),
        Subject(id="SPA", name="Ελληνικά"),
        Subject(id="PE", name="Физкультура"),
        Subject(id="ART", name="कला"),
        Subject(id="MUS", name="음악"),
    ),
    teachers=(
        Teacher(id="ADE", name=ARABIC),
        Teacher(id="BEN", name=HEBREW),
        Teacher(id="CHI", name='"onload=alert(1) x='),
        Teacher(id="DOR", name=CHINESE),
        Teacher(id="EVA", name="Çağrı\u202eÖztürk\u0007"),
    ),
)
