"""The lists to work with: who is to be turned to, why, by whom, until when, and what became of it."""

from retention_reports.presentation.actions.lists import Action, ActionList, ActionsView, present_actions
from retention_reports.presentation.actions.work_lists import present_work_lists

__all__ = ["Action", "ActionList", "ActionsView", "present_actions", "present_work_lists"]
