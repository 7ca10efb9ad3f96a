"""Does what is built hold what is here, and does it run where the checkout is not?

The wheel is built once from the sdist, so that a file the sdist lacks cannot hide, then
installed into a fresh environment of this Python and of every newer one on the machine.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tarfile
import time
import tomllib
import zipfile
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {"corpus": ROOT / "src/corpus", "corpus.ingest": ROOT / "ingest"}
ROOMS["corpus.index"] = ROOT / "index"
LINKS = {"src/corpus/ingest": "../../ingest", "src/corpus/index": "../../index"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LEFTOVERS = {"__pycache__", ".DS_Store"}


def folders(room: Path) -> list[Path]:
    """The room and the folders in it, the links to the other rooms left out."""
    inner = (Path(top, name) for top, names, _ in os.walk(room) for name in names)
    return [room, *(path for path in inner if not path.is_symlink() and path.name not in LEFTOVERS)]


def package_files() -> set[str]:
    """Every file of the three rooms, by its path in an installed copy."""
    found = set()
    for package, room in ROOMS.items():
        for folder in folders(room):
            if LEFTOVERS.isdisjoint(folder.relative_to(room).parts):
                for path in folder.iterdir():
                    if path.is_file() and not path.name.startswith("."):
                        inside = path.relative_to(room).as_posix()
                        found.add(f"{package.replace('.', '/')}/{inside}")
    return found


def test_declared_packages_are_the_folders_that_hold_python_files() -> None:
    found = [
        ".".join([package, *folder.relative_to(room).parts])
        for package, room in ROOMS.items()
        for folder in folders(room)
        if any(folder.glob("*.py"))
    ]
    assert sorted(PROJECT["tool"]["setuptools"]["packages"]) == sorted(found)


@pytest.mark.parametrize("link", LINKS)
def test_links_lead_from_the_package_to_the_rooms(link: str) -> None:
    assert (ROOT / link).is_symlink()
    assert (ROOT / link).readlink().as_posix() == LINKS[link]
    assert (ROOT / link).resolve() == ROOT / (ROOT / link).name


@pytest.mark.parametrize("name", ["ingest", "index"])
def test_a_room_refuses_its_bare_name(name: str) -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import {name}"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"ImportError: import corpus.{name}" in ran.stderr


# -- the built distributions ---------------------------------------------------------------


def build(target: Path) -> None:
    """The sdist and, from it, the wheel; from a copy, so that the checkout stays clean."""
    ignored = shutil.ignore_patterns(
        ".git", ".venv*", "build", "dist", "*.egg-info", "__pycache__", ".*_cache", ".hypothesis"
    )
    copy = target.with_name("copy")
    shutil.copytree(ROOT, copy, symlinks=True, ignore=ignored)
    command = [sys.executable, "-m", "build", "--outdir", str(target), str(copy)]
    required = PROJECT["build-system"]["requires"][0].removeprefix("setuptools>=")
    if importlib.util.find_spec("setuptools") and int(version("setuptools").split(".")[0]) >= int(
        required
    ):
        command.append("--no-isolation")
    run(command, cwd=target.parent)


def run(command: list[str], cwd: Path) -> str:
    """Standard output of a command that must succeed outside the checkout."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    kept.pop("CORPUS_DIR", None)
    kept["PYTHONUTF8"] = "1"
    done = subprocess.run(
        command, cwd=cwd, env=kept, capture_output=True, text=True, check=False, encoding="utf-8"
    )
    offline = ("NewConnectionError", "name resolution", "ConnectTimeoutError")
    if done.returncode and "CI" not in os.environ and any(sign in done.stderr for sign in offline):
        pytest.skip(f"no network to install from: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist and the wheel, built once even where tests run in parallel."""
    if importlib.util.find_spec("build") is None:
        pytest.skip("the package `build` is not installed: pip install -e '.[dev]'")
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    target, done = shared / "packaging" / "dist", shared / "packaging" / "done"
    try:
        target.parent.mkdir()
    except FileExistsError:
        give_up = time.monotonic() + 300
        while not done.exists() and time.monotonic() < give_up:
            time.sleep(0.2)
    else:
        try:
            build(target)
        finally:
            done.touch()
    assert list(target.glob("*.whl")), "the build failed: see the first test that asked for it"
    return target


def test_the_wheel_holds_the_package_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        held = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert sorted(held) == sorted(package_files())


def test_the_sdist_holds_the_sources_the_tests_and_the_documents(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files belong to the project")
    tracked = {name for name in listed.stdout.splitlines() if (ROOT / name).exists()}
    # What only a checkout needs: the links are laid out as folders by package-dir.
    needless = {name for name in tracked if name.startswith(".") or "/." in name} | set(LINKS)
    assert tracked - needless <= held


# -- every Python on the machine -------------------------------------------------------------


@cache
def pythons() -> dict[str, str]:
    """This Python and one interpreter of each newer release on the machine, by "3.N"."""
    home = Path.home()
    candidates = [shutil.which(f"python3.{minor}") for minor in range(11, 30)]
    managers = (
        Path(os.environ.get("PYENV_ROOT", home / ".pyenv"), "versions"),
        home / ".local/share/uv/python",
        home / ".local/share/mise/installs/python",
        home / ".asdf/installs/python",
        home / ".rye/py",
        Path("/opt/python"),
    )
    for manager in managers:
        candidates += sorted(str(path) for path in manager.glob("*/bin/python3"))
    here = f"{sys.version_info.major}.{sys.version_info.minor}"
    found = {here: sys.executable}
    for path in filter(None, candidates):
        release = release_of(path)
        if release and tuple(map(int, release.split("."))) > sys.version_info[:2]:
            found.setdefault(release, path)
    return found


def release_of(python: str) -> str | None:
    """ "3.N" of a final CPython that can make environments, None for anything else.

    Asked by running it: a version manager's shim may exist and only print that it cannot.
    """
    code = (
        "import ensurepip, json, sys, sysconfig, venv;"
        "print(json.dumps([*sys.version_info[:2], sys.version_info[3], sys.implementation.name,"
        "bool(sysconfig.get_config_var('Py_GIL_DISABLED'))]))"
    )
    try:
        asked = subprocess.run(
            [python, "-c", code], capture_output=True, text=True, timeout=20, check=False
        )
        major, minor, level, name, free_threaded = json.loads(asked.stdout)
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None
    usable = level == "final" and name == "cpython" and not free_threaded
    return f"{major}.{minor}" if usable else None


def check_wheel(python: str, built: Path, folder: Path) -> None:
    """Install the wheel as a user would, and use it where there is no checkout."""
    (wheel,) = built.glob("*.whl")
    run([python, "-m", "venv", str(folder / "venv")], cwd=folder)
    scripts = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    inside = str(scripts / "python")
    run([inside, "-m", "pip", "install", "--quiet", "--no-compile", str(wheel)], cwd=folder)

    command = str(scripts / "corpus")
    assert PROJECT["project"]["version"] in run([command, "--version"], cwd=folder)
    assert "인공지능" in run([command, "demo"], cwd=folder)
    where = "import corpus, corpus.ingest as i, corpus.index as x; print(*i.__path__, *x.__path__)"
    for path in run([inside, "-c", where], cwd=folder).split():
        assert Path(path).is_relative_to(folder / "venv")


def test_the_wheel_runs_where_there_is_no_checkout(built: Path, tmp_path: Path) -> None:
    check_wheel(sys.executable, built, tmp_path)


NEWER = sorted(set(pythons()) - {f"{sys.version_info.major}.{sys.version_info.minor}"})


@pytest.mark.parametrize("release", NEWER or ["none"])
def test_the_wheel_runs_on_every_newer_python_here(
    release: str, built: Path, tmp_path: Path
) -> None:
    if release == "none":
        pytest.skip(f"no Python newer than {sys.version.split()[0]} was found on this machine")
    check_wheel(pythons()[release], built, tmp_path)
