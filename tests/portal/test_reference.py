"""The committed reference pages are what the code declares."""

from portal import reference


def test_reference_pages_are_fresh() -> None:
    assert reference.stale() == []


def test_a_changed_page_is_noticed(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(reference, "folder", lambda: tmp_path)
    assert set(reference.stale()) == set(reference.PAGES)
    reference.write()
    assert reference.stale() == []
