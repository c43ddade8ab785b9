"""The domain: time, problem, timetable, rules, score and diagnosis. Pure values, no solver."""
