"""Compiling: one decorator for everything numba compiles, and a cache that knows which sources it was made from.

The machine code is kept in a folder whose name holds a digest of the sources of this package. numba itself only
looks at the file of one function, and would go on using code that was inlined from another file that has changed.

VOORDEUR_ENGINE_CACHE   the folder that holds these folders; by default `voordeur/engine` in the user's cache folder.
"""

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias, TypeVar, cast

import numba
import numpy as np

Int: TypeAlias = Any
"""A number in compiled code. numba knows which kind: signed or not, 32 or 64 bits; a reader need not."""
F = TypeVar("F", bound=Callable[..., Any])


def cache_folder() -> Path:
    """Where the machine code of exactly these sources is kept."""
    chosen = os.environ.get("VOORDEUR_ENGINE_CACHE")
    user = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    base = Path(chosen) if chosen else Path(user).expanduser() / "voordeur" / "engine"
    digest = sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return base / digest.hexdigest()[:16]


cast(Any, numba.config).CACHE_DIR = str(cache_folder())


_FAST: dict[str, Any] = {
    "nogil": True,
    "error_model": "numpy",
    "_nrt": False,
}  # arrays are not counted: nothing in here makes one


def compiled(function: F) -> F:
    """A function that is called from Python: compiled for each set of argument types, kept on disk, without the GIL."""
    return cast(F, numba.njit(cache=True, **_FAST)(function))


def step(function: F) -> F:
    """A step of a compiled function."""
    return cast(F, numba.njit(**_FAST)(function))


def inlined(function: F) -> F:
    """A step that is written out at every place where it is called."""
    return cast(F, numba.njit(forceinline=True, **_FAST)(function))


def frozen(values: Any, dtype: Any) -> Any:
    """The values as a compiled function expects its input: always the same type, in one piece, not to be written to.

    numba compiles anew for every other kind of array, which must not happen while somebody waits.
    """
    array = np.require(values, dtype, ["C", "A"]).view()
    array.flags.writeable = False
    return array
