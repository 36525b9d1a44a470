"""Small enough to read: files, functions, views."""

from statistics import quantiles

from tests.architecture.source import ROOT, functions, kept_under, modules, shown

MOST_LINES_OF_A_FILE = 500
MOST_LINES_OF_A_FUNCTION = 60
MOST_LINES_OF_NEARLY_ALL_FUNCTIONS = 40  # 95 of 100
MOST_LINES_OF_A_VIEW = 15


def test_no_file_is_longer_than_500_lines() -> None:
    ours = (
        kept_under(ROOT / "src", ".py") + kept_under(ROOT / "src", ".js") + kept_under(ROOT / "tests", ".py")
    )
    lengths = {
        shown(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in ours
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES_OF_A_FILE} == {}


def test_no_function_is_longer_than_60_lines() -> None:
    long = [
        f"{function.where}: {function.lines} lines"
        for path in modules()
        for function in functions(path)
        if function.lines > MOST_LINES_OF_A_FUNCTION
    ]
    assert long == []


def test_nearly_all_functions_are_at_most_40_lines() -> None:
    lengths = [function.lines for path in modules() for function in functions(path)]
    assert quantiles(lengths, n=20)[-1] <= MOST_LINES_OF_NEARLY_ALL_FUNCTIONS


def test_a_view_has_at_most_15_lines() -> None:
    """A view asks, an action decides: what does not fit in 15 lines belongs in `actions` or `store`."""
    views = [path for path in modules("web") if path.name.startswith("views") or path.parent.name == "views"]
    assert views, "there are views"
    long = [
        f"{function.where}: {function.lines} lines"
        for path in views
        for function in functions(path)
        if function.lines > MOST_LINES_OF_A_VIEW
    ]
    assert long == []
