"""Other words for the sheets, columns and settings of the workbook, comma separated.

English as schools use it, German, French, Spanish, Portuguese, Italian and transliterated Arabic.
One key per sheet, `Sheet/Column` or `School:Setting`. Letter case, accents, spaces and signs do not matter.
"""

SYNONYMS: dict[str, str] = {
    "School": (
        "Settings, General, Config, Schule, Einstellungen, Allgemein, École, Établissement, Paramètres, "
        "Escuela, Colegio, Ajustes, Escola, Configurações, Scuola, Impostazioni, Madrasa"
    ),
    "School/Setting": (
        "Key, Parameter, Property, Einstellung, Paramètre, Réglage, Ajuste, Parámetro, Configuração, Impostazione"
    ),
    "School/Value": "Wert, Valeur, Valor, Valore, Qima",
    "Periods": (
        "Period, Bell schedule, Bells, Bell times, Times, Time slots, Slots, Hours, Stunden, Stundenraster, "
        "Zeitraster, Unterrichtszeiten, Périodes, Horaires, Créneaux, Periodos, Horas, Horários, Ore, Orari, "
        "Fasce orarie, Hisas, Hissas"
    ),
    "Periods/Label": (
        "Name, Code, Id, No, Number, Period(s), Hour, Slot, Lesson no, Time slot, Stunde, Stunden, "
        "Unterrichtsstunde, Heure, Créneau, Période, Hora, Periodo, Horário, Tempo, Ora, Ore, Hissa, Hisa, "
        "Nr, Bezeichnung, Nom, Nombre, Nome, Etichetta"
    ),
    "Periods/Start": (
        "Start time, From, Begin, Begins, Starts, Beginn, Anfang, Von, Début, De, Inicio, Comienzo, Desde, "
        "Inizio, Dalle, Bidaya"
    ),
    "Periods/End": "End time, To, Until, Ends, Finish, Ende, Bis, Fin, À, Hasta, Fim, Até, Fine, Alle, Nihaya",
    "Periods/Kind": "Type, Category, Art, Typ, Genre, Tipo, Categoria, Naw",
    "Periods/Days": (
        "Weekday, Tag, Wochentag, Jour, Día, Dia da semana, Giorno, Yawm, Yom, Tage, Jours, Días, Giorni, Ayyam"
    ),
    "Subjects": (
        "Subject, Courses, Modules, Disciplines, Fächer, Fach, Unterrichtsfächer, Matières, Matière, "
        "Asignaturas, Materias, Disciplinas, Materie, Materia, Discipline, Mawad"
    ),
    "Subjects/Code": (
        "Id, Abbreviation, Abbr, Short name, Short, Kürzel, Kurzname, Kurzbezeichnung, Abkürzung, Sigle, "
        "Abréviation, Código, Sigla, Codice, Ramz, Subjects, Course, Module, Discipline, Subject code, "
        "Subject name, Fach, Fächer, Unterrichtsfach, Matière, Cours, Asignatura, Materia, Disciplina, Mada, "
        "Madda, Maddah"
    ),
    "Subjects/Name": (
        "Full name, Title, Description, Long name, Bezeichnung, Langname, Nom, Intitulé, Libellé, Nombre, "
        "Descripción, Nome, Descrição, Descrizione, Denominazione, Ism"
    ),
    "Subjects/Colour": "Color, Farbe, Couleur, Cor, Colore, Lawn",
    "Subjects/Room type": (
        "Room types, Room kind, Room feature, Needs, Raumtyp, Raumart, Fachraum, Type de salle, Tipo de aula, "
        "Tipo de sala, Tipo aula, Tipo di aula"
    ),
    "Subjects/Max per day": (
        "Maximum per day, Max lessons per day, Max periods per day, Daily max, Max/day, Max pro Tag, Maximum "
        "pro Tag, Max par jour, Máx por día, Max al giorno"
    ),
    "Teachers": (
        "Teacher, Staff, Faculty, Tutors, Instructors, Lecturers, Lehrer, Lehrkräfte, Lehrpersonen, "
        "Kollegium, Enseignants, Professeurs, Profesores, Docentes, Professores, Docenti, Insegnanti, "
        "Mudarrisin, Muallimin"
    ),
    "Teachers/Code": (
        "Id, Abbreviation, Abbr, Short name, Short, Kürzel, Kurzname, Kurzbezeichnung, Abkürzung, Sigle, "
        "Abréviation, Código, Sigla, Codice, Ramz, Teachers, Tutor, Instructor, Lecturer, Faculty, Staff, "
        "Teacher code, Teacher name, Professor, Lehrer, Lehrkraft, Lehrkräfte, Lehrerin, Lehrperson, "
        "Enseignant, Professeur, Prof, Docente, Profesor, Maestro, Professor(a), Docenti, Insegnante, "
        "Mudarris, Muallim, Ustaz"
    ),
    "Teachers/Name": (
        "Full name, Title, Description, Long name, Bezeichnung, Langname, Nom, Intitulé, Libellé, Nombre, "
        "Descripción, Nome, Descrição, Descrizione, Denominazione, Ism, Surname, Nachname, Cognome"
    ),
    "Teachers/Email": "Mail, Email address, Courriel, Correo, Correo electrónico, Posta elettronica, Barid",
    "Teachers/Subjects": (
        "Course, Module, Discipline, Subject code, Subject name, Fach, Fächer, Unterrichtsfach, Matière, "
        "Cours, Asignatura, Materia, Disciplina, Mada, Madda, Maddah, Qualifications, Qualified for, Teaches, "
        "Lehrbefähigung, Unterrichtsfächer, Matières, Asignaturas, Materias, Disciplinas, Materie, Mawad"
    ),
    "Teachers/Max per day": (
        "Maximum per day, Max lessons per day, Max periods per day, Daily max, Max/day, Max pro Tag, Maximum "
        "pro Tag, Max par jour, Máx por día, Max al giorno"
    ),
    "Teachers/Max per week": (
        "Maximum per week, Max lessons per week, Max periods per week, Weekly max, Max/week, Load, Max pro "
        "Woche, Deputat, Max par semaine, Máx por semana, Max alla settimana, Max settimanale"
    ),
    "Teachers/Max days": ("Max days per week, Maximum days, Days per week, Max Tage, Jours max, Máx días, Max giorni"),
    "Teachers/Max gaps per week": (
        "Max gaps, Gaps, Maximum gaps, Max free periods, Max windows, Windows, Max Hohlstunden, Hohlstunden, "
        "Springstunden, Max Freistunden, Trous max, Max trous, Máx huecos, Huecos, Máx janelas, Janelas, Max "
        "buchi, Buchi"
    ),
    "Teachers/Max in a row": (
        "Max consecutive, Consecutive, Maximum in a row, Max continuous, Max hintereinander, Max am Stück, "
        "Max consécutif, Max d'affilée, Máx seguidas, Máx consecutivos, Máx seguidos"
    ),
    "Teachers/Active": "Enabled, In use, Aktiv, Actif, Activo, Ativo, Attivo",
    "Rooms": (
        "Room, Venues, Classrooms, Räume, Raum, Zimmer, Salles, Salle, Aulas, Salones, Salas, Aule, Aula, Qaat, Ghuraf"
    ),
    "Rooms/Code": (
        "Id, Abbreviation, Abbr, Short name, Short, Kürzel, Kurzname, Kurzbezeichnung, Abkürzung, Sigle, "
        "Abréviation, Código, Sigla, Codice, Ramz, Rooms, Room code, Room name, Venue, Hall, Location, Raum, "
        "Räume, Zimmer, Salle, Salles, Aula, Salón, Sala, Salas, Aule, Ghurfa, Qaa, Qaah, Number, Room "
        "number, Nr"
    ),
    "Rooms/Name": (
        "Full name, Title, Description, Long name, Bezeichnung, Langname, Nom, Intitulé, Libellé, Nombre, "
        "Descripción, Nome, Descrição, Descrizione, Denominazione, Ism"
    ),
    "Rooms/Capacity": (
        "Seats, Places, Size, Kapazität, Plätze, Capacité, Capacidad, Plazas, Capacidade, Lugares, Capienza, Posti, Saa"
    ),
    "Rooms/Type": (
        "Types, Features, Feature, Equipment, Kind, Art, Typ, Raumtyp, Ausstattung, Équipement, Tipo, "
        "Equipamiento, Equipamento, Tipologia, Attrezzature, Naw"
    ),
    "Rooms/Site": ("Building, Campus, Block, Gebäude, Haus, Standort, Bâtiment, Sede, Edificio, Prédio, Plesso, Mabna"),
    "Rooms/Home class": (
        "Homeroom of, Form room of, Stammklasse, Klassenraum von, Classe attitrée, Clase tutora, Turma fixa, "
        "Classe fissa"
    ),
    "Classes": (
        "Class, Forms, Groups, Sections, Student groups, Klassen, Klasse, Gruppen, Groupes, Clases, Grupos, "
        "Cursos, Turmas, Turma, Classi, Gruppi, Fusul, Sufuf"
    ),
    "Classes/Code": (
        "Id, Abbreviation, Abbr, Short name, Short, Kürzel, Kurzname, Kurzbezeichnung, Abkürzung, Sigle, "
        "Abréviation, Código, Sigla, Codice, Ramz, Classes, Form, Class/Form, Group, Groups, Class code, "
        "Class name, Section, Student group, Stream, Klasse, Klassen, Gruppe, Classe, Groupe, Clase, Grupo, "
        "Curso, Turma, Turmas, Classi, Gruppo, Fasl, Saff, Saf"
    ),
    "Classes/Name": (
        "Full name, Title, Description, Long name, Bezeichnung, Langname, Nom, Intitulé, Libellé, Nombre, "
        "Descripción, Nome, Descrição, Descrizione, Denominazione, Ism"
    ),
    "Classes/Level": (
        "Grade, Year, Year group, Form level, Jahrgang, Stufe, Jahrgangsstufe, Niveau, Nivel, Grado, Série, "
        "Ano, Anno, Livello, Marhala"
    ),
    "Classes/Size": (
        "Students, Number of students, Pupils, Head count, Strength, Enrolment, Schülerzahl, Schüler, Anzahl "
        "Schüler, Effectif, Nombre d'élèves, Alumnos, Número de alumnos, Alunos, Número de alunos, Studenti, "
        "Numero studenti, Alunni, Numero alunni, Adad"
    ),
    "Classes/Part of": "Parent, Parent class, Teil von, Partie de, Parte de, Parte di",
    "Classes/Split": "Division, Teilung, Split name, Groupement, Desdobramento, Divisão, Suddivisione",
    "Classes/Home room": (
        "Form room, Classroom, Base room, Klassenraum, Stammraum, Klassenzimmer, Salle de classe, Salle "
        "attitrée, Aula base, Aula propia, Sala fixa, Sala base, Aula fissa"
    ),
    "Classes/Student sets": "Sets, Student groups, Atomic sets",
    "Lessons": (
        "Lesson, Activities, Teaching, Teaching load, Workload, Assignments, Commitments, Curriculum, "
        "Allocation, Courses offered, Unterricht, Unterrichtsverteilung, Lehrauftrag, UV, Cours, "
        "Enseignements, Services, Lecciones, Clases semanales, Carga docente, Atribuição, Lezioni, Cattedre, "
        "Durus, Hisas daris"
    ),
    "Lessons/Class": (
        "Classes, Form, Class/Form, Group, Groups, Class code, Class name, Section, Student group, Stream, "
        "Klasse, Klassen, Gruppe, Classe, Groupe, Clase, Grupo, Curso, Turma, Turmas, Classi, Gruppo, Fasl, "
        "Saff, Saf"
    ),
    "Lessons/Subject": (
        "Subjects, Course, Module, Discipline, Subject code, Subject name, Fach, Fächer, Unterrichtsfach, "
        "Matière, Cours, Asignatura, Materia, Disciplina, Mada, Madda, Maddah"
    ),
    "Lessons/Teacher": (
        "Teachers, Tutor, Instructor, Lecturer, Faculty, Staff, Teacher code, Teacher name, Professor, "
        "Lehrer, Lehrkraft, Lehrkräfte, Lehrerin, Lehrperson, Enseignant, Professeur, Prof, Docente, "
        "Profesor, Maestro, Professor(a), Docenti, Insegnante, Mudarris, Muallim, Ustaz"
    ),
    "Lessons/Per week": (
        "Periods per week, Lessons per week, Periods, Hours, Hrs, Hours per week, Hours/week, Weekly hours, "
        "Count, Load, Stunden, Wochenstunden, Std, WStd, Heures, Heures par semaine, Horas, Horas semanales, "
        "Horas por semana, Aulas por semana, Horas semanais, Carga horária, Ore, Ore settimanali, Saat, Adad "
        "hisas"
    ),
    "Lessons/Blocks": (
        "Block, Double, Doubles, Pattern, Split into, Distribution, Blöcke, Doppelstunden, Blocs, Bloques, "
        "Blocos, Blocchi"
    ),
    "Lessons/Room": (
        "Rooms, Room code, Room name, Venue, Hall, Location, Raum, Räume, Zimmer, Salle, Salles, Aula, Salón, "
        "Sala, Salas, Aule, Ghurfa, Qaa, Qaah"
    ),
    "Lessons/Week": "Weeks, A/B, Week pattern, Woche, Wochen, Semaine, Semana, Settimana, Usbu",
    "Lessons/Together": (
        "Same time, Parallel, Band, Block label, Sync, Gleichzeitig, Kopplung, Kopplungen, En parallèle, "
        "Simultané, Simultáneo, Juntos, Contemporaneo, In parallelo"
    ),
    "Lessons/Students": (
        "Number of students, Student count, Head count, Size, Schülerzahl, Schüler, Effectif, Alumnos, "
        "Alunos, Studenti, Alunni, Adad tullab"
    ),
    "Lessons/Notes": (
        "Note, Comment, Comments, Remark, Remarks, Bemerkung, Bemerkungen, Remarque, Remarques, Notas, "
        "Observaciones, Observações, Osservazioni, Mulahazat"
    ),
    "Unavailable": (
        "Availability, Unavailability, Not available, Absences, Times off, Time off, Blocked, Sperrungen, "
        "Sperrzeiten, Nicht verfügbar, Abwesend, Zeitwünsche, Indisponibilités, Indisponible, No disponible, "
        "Indisponibilidad, Indisponibilidade, Indisponível, Indisponibilità, Non disponibile, Ghiyab"
    ),
    "Unavailable/Who": (
        "Code, Resource, Person, Wer, Qui, Quién, Quem, Chi, Man, Teacher, Room, Class, Lehrer, Klasse, Raum, "
        "Enseignant, Docente, Profesor, Professor"
    ),
    "Unavailable/Day": "Days, Weekday, Tag, Wochentag, Jour, Día, Dia da semana, Giorno, Yawm, Yom",
    "Unavailable/Periods": (
        "Period, Hour, Slot, Lesson no, Time slot, Stunde, Stunden, Unterrichtsstunde, Heure, Créneau, "
        "Période, Hora, Periodo, Horário, Tempo, Ora, Ore, Hissa, Hisa"
    ),
    "Unavailable/Weight": ("Priority, Importance, Penalty, Cost, Gewicht, Gewichtung, Poids, Peso, Importancia, Wazn"),
    "Rules": (
        "Rule, Constraints, Preferences, Wishes, Regeln, Bedingungen, Wünsche, Règles, Contraintes, Reglas, "
        "Restricciones, Regras, Restrições, Regole, Vincoli, Qawaid"
    ),
    "Rules/Rule": (
        "Rule name, Constraint, Kind, Type, Regel, Bedingung, Règle, Contrainte, Regla, Restricción, Regra, "
        "Restrição, Regola, Vincolo, Qaida"
    ),
    "Rules/Applies to": (
        "Who, For, Scope, Target, Gilt für, Für, S'applique à, Pour, Se aplica a, Para, Aplica-se a, Si applica a, Per"
    ),
    "Rules/Value": "Limit, Parameter, Amount, Wert, Grenze, Valeur, Limite, Valor, Valore, Qima",
    "Rules/Weight": "Priority, Importance, Penalty, Cost, Gewicht, Gewichtung, Poids, Peso, Importancia, Wazn",
    "Fixed": (
        "Pinned, Pins, Locked, Fixed lessons, Fixiert, Fixierte Stunden, Fixé, Fixés, Cours fixés, Fijas, "
        "Fijos, Fixas, Fixos, Fissati, Fisse, Thabit"
    ),
    "Fixed/Class": (
        "Classes, Form, Class/Form, Group, Groups, Class code, Class name, Section, Student group, Stream, "
        "Klasse, Klassen, Gruppe, Classe, Groupe, Clase, Grupo, Curso, Turma, Turmas, Classi, Gruppo, Fasl, "
        "Saff, Saf"
    ),
    "Fixed/Subject": (
        "Subjects, Course, Module, Discipline, Subject code, Subject name, Fach, Fächer, Unterrichtsfach, "
        "Matière, Cours, Asignatura, Materia, Disciplina, Mada, Madda, Maddah"
    ),
    "Fixed/Day": "Days, Weekday, Tag, Wochentag, Jour, Día, Dia da semana, Giorno, Yawm, Yom",
    "Fixed/Period": (
        "Period(s), Hour, Slot, Lesson no, Time slot, Stunde, Stunden, Unterrichtsstunde, Heure, Créneau, "
        "Période, Hora, Periodo, Horário, Tempo, Ora, Ore, Hissa, Hisa"
    ),
    "Fixed/Room": (
        "Rooms, Room code, Room name, Venue, Hall, Location, Raum, Räume, Zimmer, Salle, Salles, Aula, Salón, "
        "Sala, Salas, Aule, Ghurfa, Qaa, Qaah"
    ),
    "Fixed/Teacher": (
        "Teachers, Tutor, Instructor, Lecturer, Faculty, Staff, Teacher code, Teacher name, Professor, "
        "Lehrer, Lehrkraft, Lehrkräfte, Lehrerin, Lehrperson, Enseignant, Professeur, Prof, Docente, "
        "Profesor, Maestro, Professor(a), Docenti, Insegnante, Mudarris, Muallim, Ustaz"
    ),
    "Fixed/Week": "Weeks, A/B, Woche, Semaine, Semana, Settimana, Usbu",
    "Timetable": "Schedule, List, Placements, Plan, Stundenplan, Emploi du temps, Horario, Orario, Jadwal",
    "Timetable/Class": (
        "Classes, Form, Class/Form, Group, Groups, Class code, Class name, Section, Student group, Stream, "
        "Klasse, Klassen, Gruppe, Classe, Groupe, Clase, Grupo, Curso, Turma, Turmas, Classi, Gruppo, Fasl, "
        "Saff, Saf"
    ),
    "Timetable/Subject": (
        "Subjects, Course, Module, Discipline, Subject code, Subject name, Fach, Fächer, Unterrichtsfach, "
        "Matière, Cours, Asignatura, Materia, Disciplina, Mada, Madda, Maddah"
    ),
    "Timetable/Teacher": (
        "Teachers, Tutor, Instructor, Lecturer, Faculty, Staff, Teacher code, Teacher name, Professor, "
        "Lehrer, Lehrkraft, Lehrkräfte, Lehrerin, Lehrperson, Enseignant, Professeur, Prof, Docente, "
        "Profesor, Maestro, Professor(a), Docenti, Insegnante, Mudarris, Muallim, Ustaz"
    ),
    "Timetable/Day": "Days, Weekday, Tag, Wochentag, Jour, Día, Dia da semana, Giorno, Yawm, Yom",
    "Timetable/Period": (
        "Period(s), Hour, Slot, Lesson no, Time slot, Stunde, Stunden, Unterrichtsstunde, Heure, Créneau, "
        "Période, Hora, Periodo, Horário, Tempo, Ora, Ore, Hissa, Hisa"
    ),
    "Timetable/Room": (
        "Rooms, Room code, Room name, Venue, Hall, Location, Raum, Räume, Zimmer, Salle, Salles, Aula, Salón, "
        "Sala, Salas, Aule, Ghurfa, Qaa, Qaah"
    ),
    "Timetable/Locked": "Fixed, Pinned, Lock, Fixiert, Verrouillé, Bloqueado, Fijo, Fixo, Bloccato, Fissato",
    "Timetable/Week": "Weeks, A/B, Woche, Semaine, Semana, Settimana, Usbu",
    "Timetable/Lesson": "Lesson id, Activity, Activity id",
    "School:School": (
        "Name, School name, Schule, Schulname, École, Etablissement, Escuela, Colegio, Instituto, Escola, "
        "Scuola, Istituto, Madrasa"
    ),
    "School:Academic session": (
        "Session, Year, School year, Academic year, Term, Semester, Schuljahr, Année scolaire, Année, Año "
        "escolar, Curso, Ano letivo, Anno scolastico, Sana dirasiya"
    ),
    "School:Time zone": "TZ, Zeitzone, Fuseau horaire, Zona horaria, Fuso horário, Fuso orario",
    "School:Days": (
        "Day, Working days, School days, Weekdays, Tage, Wochentage, Schultage, Jours, Días, Dias letivos, "
        "Giorni, Ayyam"
    ),
    "School:Week pattern": (
        "Weeks, Week, Cycle, Week cycle, Wochen, Wochenrhythmus, Semaines, Rythme, Semanas, Settimane, Asabi"
    ),
    "School:Language": "Lang, Sprache, Langue, Idioma, Língua, Lugha",
}
