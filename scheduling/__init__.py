"""The live diary: sessions, bookings, calendars and durable solve jobs."""
