"""The CP-SAT side: variables, one encoding per rule, search, repair and explanation."""
