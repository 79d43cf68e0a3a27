"""Taking over documents from a file (CSV, XLSX, JSON): all of it, or nothing and why."""

from disclosure.publications.importing.importer import Importer, Problem, Result
from disclosure.publications.importing.sources import FileProblem, open_source

__all__ = ["FileProblem", "Importer", "Problem", "Result", "open_source"]
