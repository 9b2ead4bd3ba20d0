"""Who must do a task and with whom: read from the task's own words."""

from nlp.duties.behind import assigned_by_do
from nlp.duties.helping import read_coordinating, with_whom
from nlp.duties.listed import named_bodies
from nlp.duties.responsible import read_responsible
from nlp.duties.same import same_body
from nlp.duties.singled_out import singled_out
from nlp.duties.spoken_of import bodies_spoken_of, those_spoken_of

__all__ = ["assigned_by_do", "bodies_spoken_of", "named_bodies", "read_coordinating", "read_responsible", "same_body", "singled_out", "those_spoken_of", "with_whom"]
