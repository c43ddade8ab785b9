"""Other programs beside ours."""

import shutil
from pathlib import Path

import pytest

from benchmarks.peers import by_template, fet_cl, installed, judged, name_of, run_peer

needs_fet = pytest.mark.skipif(shutil.which("fet-cl") is None, reason="fet-cl is not installed")


def school(*constraints: str) -> bytes:
    """One class, one teacher, two lessons, one day of two hours."""
    activity = """<Activity><Teacher>T</Teacher><Subject>M</Subject><Students>Y</Students><Duration>1</Duration>
    <Total_Duration>1</Total_Duration><Id>{0}</Id><Activity_Group_Id>0</Activity_Group_Id><Active>true</Active>
    </Activity>"""
    basic = "<Weight_Percentage>100</Weight_Percentage><Active>true</Active>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <fet version="6.8.5"><Mode>Official</Mode><Institution_Name>S</Institution_Name><Comments></Comments>
    <Days_List><Number_of_Days>1</Number_of_Days><Day><Name>Mon</Name></Day></Days_List>
    <Hours_List><Number_of_Hours>2</Number_of_Hours><Hour><Name>1</Name></Hour><Hour><Name>2</Name></Hour></Hours_List>
    <Subjects_List><Subject><Name>M</Name></Subject></Subjects_List><Activity_Tags_List></Activity_Tags_List>
    <Teachers_List><Teacher><Name>T</Name></Teacher></Teachers_List>
    <Students_List><Year><Name>Y</Name><Number_of_Students>9</Number_of_Students></Year></Students_List>
    <Activities_List>{activity.format(1)}{activity.format(2)}</Activities_List>
    <Buildings_List></Buildings_List><Rooms_List></Rooms_List>
    <Time_Constraints_List><ConstraintBasicCompulsoryTime>{basic}</ConstraintBasicCompulsoryTime>{"".join(constraints)}
    </Time_Constraints_List><Space_Constraints_List><ConstraintBasicCompulsorySpace>{basic}
    </ConstraintBasicCompulsorySpace></Space_Constraints_List></fet>""".encode()


def locked(activity: int, hour: int) -> str:
    return f"""<ConstraintActivityPreferredStartingTime><Weight_Percentage>100</Weight_Percentage>
    <Activity_Id>{activity}</Activity_Id><Preferred_Day>Mon</Preferred_Day><Preferred_Hour>{hour}</Preferred_Hour>
    <Permanently_Locked>true</Permanently_Locked><Active>true</Active></ConstraintActivityPreferredStartingTime>"""


def wished(activity: int, hour: int, weight: int) -> str:
    firm = locked(activity, hour)
    return firm.replace("<Weight_Percentage>100", f"<Weight_Percentage>{weight}").replace("Locked>true", "Locked>false")


@needs_fet
def test_fet_solves_what_can_be_solved(tmp_path: Path) -> None:
    file = tmp_path / "school.fet"
    file.write_bytes(school())
    assert fet_cl(file, 10).complete
    record = run_peer("fet-cl", file, 10)
    assert (record["status"], record["complete"], record["threads"]) == ("complete", True, 1)
    assert 0 < record["seconds_first"] <= 10


@needs_fet
def test_fet_accepts_a_locked_timetable_and_refuses_one_with_a_clash() -> None:
    assert judged(school(locked(1, 1), locked(2, 2))) == {"reopened": "accepted", "fet_soft": 0.0}
    refused = judged(school(locked(1, 1), locked(2, 1)), seconds=1)
    assert refused["reopened"] != "accepted"
    assert "fet_soft" not in refused


@needs_fet
def test_fet_states_what_its_soft_constraints_cost() -> None:
    # Both hours are needed, so exactly one of the two wishes for the first one is broken, at 40 % of a whole.
    assert judged(school(locked(1, 1), locked(2, 2), wished(2, 1, 40)))["fet_soft"] == pytest.approx(0.4)
    assert judged(school(locked(1, 1), locked(2, 2), wished(1, 1, 40)))["fet_soft"] == 0


def test_a_peer_by_command_is_judged_by_its_exit_code(tmp_path: Path) -> None:
    file = tmp_path / "a file.txt"
    file.touch()
    assert by_template("test -e {file} -a {seconds} -eq 3", file, 3).complete
    assert not by_template("test -e {file}x", file, 3).complete
    assert run_peer("shell=false", file, 3)["status"] == "open"


def test_a_peer_is_known_by_its_name_and_its_program() -> None:
    assert name_of("mine=python solve.py {file}") == "mine"
    assert installed("mine=sh -c true")
    assert not installed("mine=no-such-program {file}")
