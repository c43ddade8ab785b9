"""Weeks to print: one page for each class, teacher and room, as HTML or as PDF."""
