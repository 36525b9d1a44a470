"""After warming up nothing is compiled any more, so nobody waits for it."""

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from tests.engine.test_sources import LEDGER
from voordeur.core.limits import Limits
from voordeur.core.pauses import Pause
from voordeur.engine import behind_pass, columns, compiled, day_pass, month_pass, resolve
from voordeur.engine.behind import look_behind
from voordeur.engine.months import Portfolio, TimeMachine
from voordeur.engine.packing import pack
from voordeur.engine.sources import arrears_from_csv, arrears_from_table, read_csv
from voordeur.engine.warm_up import warm_up, warming_up

ON = date(2026, 2, 10)
ENTRANCES = (
    columns.find_runs,
    columns.find_faults,
    resolve.replay_order,
    resolve.resolve,
    day_pass.stand_on_day,
    month_pass.add_months,
    behind_pass.copy_behind,
)


def kinds_of_calls() -> list[int]:
    """For how many kinds of arguments each compiled function was made."""
    return [len(getattr(entrance, "signatures")) for entrance in ENTRANCES]  # noqa: B009 - numba adds it


def test_nothing_is_compiled_after_warming_up(tmp_path: Path) -> None:
    warm_up()
    before = kinds_of_calls()
    path = tmp_path / "grootboek.csv"
    path.write_text(LEDGER)
    limits = Limits(*[10] * len(Limits.__dataclass_fields__))
    arrears_from_csv(path, ON, ON, per_charge=True, limits=limits, pauses={"A": [Pause(ON)]})
    entries = read_csv(path)
    upside_down = entries.take(pa.array([5, 4, 3, 2, 1, 0]))
    arrears_from_table(upside_down, ON)
    for key in (pa.string(), pa.int64(), pa.int32(), pa.int16()):
        numbers = pa.array([1, 1, 1, 1, 1, 2], pa.int64()).cast(key)
        table = entries.set_column(1, "tenancy", numbers)
        arrears_from_table(table, ON)
        groups = pa.table(
            {"tenancy": numbers.unique(), "group": ["x", "y"], "ended": pa.array([None, ON], pa.date32())}
        )
        look_behind(columns.ledger(pack(table).table), ON, limits)
        for asked in (
            Portfolio(ON, 2),
            Portfolio(ON, 2, groups),
            Portfolio(ON, 2, groups.drop_columns(["ended"])),
        ):
            TimeMachine(asked).take_in(pack(table).table)
    assert kinds_of_calls() == before


def test_machine_code_is_kept_where_one_asks_and_never_used_for_other_sources(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VOORDEUR_ENGINE_CACHE", str(tmp_path))
    folder = compiled.cache_folder()
    assert folder.parent == tmp_path
    monkeypatch.setattr(compiled, "__file__", str(tmp_path / "compiled.py"))
    (tmp_path / "changed.py").write_text("# other sources")
    assert compiled.cache_folder() != folder


def test_only_a_cold_machine_is_warmed_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process compiles while the demo fills its database; where it was compiled before, none is started."""
    started: list[list[str]] = []

    def start(command: list[str]) -> AbstractContextManager[None]:
        started.append(command)
        return nullcontext()

    monkeypatch.setattr("voordeur.engine.warm_up.subprocess.Popen", start)
    monkeypatch.setattr("voordeur.engine.warm_up.cache_folder", lambda: tmp_path)
    with warming_up():
        pass
    assert [command[1:] for command in started] == [["-m", "voordeur.engine.warm_up"]]
    (tmp_path / "day_pass").mkdir()
    (tmp_path / "day_pass" / "stand.nbi").touch()
    with warming_up():
        pass
    assert len(started) == 1
