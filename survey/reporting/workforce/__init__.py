"""The workbook of the workforce skills survey: counts of people, no group of which is smaller than the threshold."""
