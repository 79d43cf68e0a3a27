"""Waking the task worker: what is to be done is marked in the tables, a task only says when."""

from typing import Any

from django_tasks_db.models import DBTaskResult


def wake(task: Any) -> None:
    """Have the worker run `task`, unless it has been told already and has not begun."""
    waiting = DBTaskResult.objects.ready().filter(task_path=task.module_path)
    if not waiting.exists():
        task.enqueue()
