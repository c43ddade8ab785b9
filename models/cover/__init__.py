"""Covering for absent teachers: what is asked, what can be done, what it costs, and whether a plan is sound."""
