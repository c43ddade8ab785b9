"""The tables, one small file per topic. Importing this package makes all of them known to the metadata."""

from scheduling.store.tables.answers import StoredAnswer
from scheduling.store.tables.audit import AuditEntry
from scheduling.store.tables.credentials import ApiToken, LoginFailure, LoginSession, SigningKey
from scheduling.store.tables.deliveries import Feed, Mail, Webhook, WebhookDelivery
from scheduling.store.tables.jobs import Job
from scheduling.store.tables.organisations import Number, Organisation
from scheduling.store.tables.people import Person, PersonRole
from scheduling.store.tables.school import (
    AcademicSession,
    SchoolClass,
    SchoolSubject,
    SchoolTeacher,
    SubjectTeacher,
    TimeSlot,
    TimetableEntry,
)
from scheduling.store.tables.timetables import StoredProblem, StoredTimetable, Upload, Version

__all__ = [
    "AcademicSession",
    "ApiToken",
    "AuditEntry",
    "Feed",
    "Job",
    "LoginFailure",
    "LoginSession",
    "Mail",
    "Number",
    "Organisation",
    "Person",
    "PersonRole",
    "SchoolClass",
    "SchoolSubject",
    "SchoolTeacher",
    "SigningKey",
    "StoredAnswer",
    "StoredProblem",
    "StoredTimetable",
    "SubjectTeacher",
    "TimeSlot",
    "TimetableEntry",
    "Upload",
    "Version",
    "Webhook",
    "WebhookDelivery",
]
