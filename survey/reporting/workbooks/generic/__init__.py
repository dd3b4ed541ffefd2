"""The workbook of a questionnaire that has none of its own: who responded, how often each answer was given, and the
codebook; of clusters also their responses, of people nothing that could point to one."""
