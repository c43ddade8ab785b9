"""The school workbook: template, reading, annotated copy, finished workbook."""
