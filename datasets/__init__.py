"""Instance catalogue, seeded school generator and sample data; not part of the wheel."""
