"""Views of at most fifteen lines: who may, what is asked, which page."""
