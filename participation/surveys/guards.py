"""Triggers that keep the questions of a survey as they are from its first answer on, whoever asks the database.

Both ways to a schema take them from here: `create_all` by the listeners below, the migration by `statements`.
"""

from sqlalchemy import DDL
from sqlalchemy import event as listening

from participation.surveys.models import Survey, SurveyQuestion

MESSAGE = "questions stay as they are from the first answer on"
FUNCTION = f"""CREATE OR REPLACE FUNCTION sanpo_keep_survey() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
IF TG_TABLE_NAME = 'survey' OR TG_OP = 'TRUNCATE' THEN
  RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation';
END IF;
IF TG_OP <> 'INSERT' AND EXISTS (SELECT 1 FROM survey WHERE frozen_at IS NOT NULL AND id = OLD.survey_id)
  OR TG_OP <> 'DELETE' AND EXISTS (SELECT 1 FROM survey WHERE frozen_at IS NOT NULL AND id = NEW.survey_id)
THEN RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
RETURN NEW; END $$"""
_SURVEY, _QUESTION = Survey.__table__, SurveyQuestion.__table__
_FROZEN = "EXISTS (SELECT 1 FROM survey WHERE frozen_at IS NOT NULL AND id = {}.survey_id)"
# name, table, statement, which rows (of other tables PostgreSQL asks in the function)
_GUARDS = (
    ("survey_stays", _SURVEY, "UPDATE OF id, slug, process_id, access, results_from, frozen_at",
     "OLD.frozen_at IS NOT NULL"),
    ("survey_remains", _SURVEY, "DELETE", "OLD.frozen_at IS NOT NULL"),
    ("survey_question_stays", _QUESTION, "UPDATE", f"{_FROZEN.format('OLD')} OR {_FROZEN.format('NEW')}"),
    ("survey_question_remains", _QUESTION, "DELETE", _FROZEN.format("OLD")),
    ("survey_question_comes_before", _QUESTION, "INSERT", _FROZEN.format("NEW")),
)  # fmt: skip


def _sqlite(name: str, table: str, statement: str, when: str) -> str:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
    return f"CREATE TRIGGER {name} BEFORE {statement} ON {table} FOR EACH ROW WHEN {when} {refusal}"


def _postgresql(name: str, table: str, statement: str, when: str) -> str:
    asked = f"WHEN ({when}) " if "SELECT" not in when else ""
    refusal = "EXECUTE FUNCTION sanpo_keep_survey()"
    return f"CREATE TRIGGER {name} BEFORE {statement} ON {table} FOR EACH ROW {asked}{refusal}"


def statements(dialect: str) -> list[str]:
    """The statements that set up every guard, for a migration on "sqlite" or "postgresql"."""
    if dialect == "postgresql":
        return [FUNCTION, *(_postgresql(name, table.name, *rest) for name, table, *rest in _GUARDS)]
    return [_sqlite(name, table.name, *rest) for name, table, *rest in _GUARDS]


def _listen() -> None:
    for table in (_SURVEY, _QUESTION):
        listening.listen(table, "after_create", DDL(FUNCTION).execute_if(dialect="postgresql"))
    for name, table, *rest in _GUARDS:
        for dialect, made in (("sqlite", _sqlite), ("postgresql", _postgresql)):
            listening.listen(table, "after_create", DDL(made(name, table.name, *rest)).execute_if(dialect=dialect))


_listen()
