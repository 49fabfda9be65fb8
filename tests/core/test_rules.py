"""Rules of the house that a change could break without any other test noticing."""

import inspect
import re
import subprocess
import sys
from pathlib import Path

from assistant import errors
from assistant.cli.exits import EXIT_CODES

ROOT = Path(__file__).resolve().parents[2]


def error_classes() -> set[type[errors.AssistantError]]:
    return {c for _, c in inspect.getmembers(errors, inspect.isclass) if issubclass(c, errors.AssistantError)}


def test_every_error_has_an_exit_code() -> None:
    assert set(EXIT_CODES) == error_classes()


def test_the_tree_at_the_top_of_errors_names_every_class_at_its_depth() -> None:
    drawn: dict[str, int] = {}
    for line in (errors.__doc__ or "").splitlines():
        if found := re.search(r"[├└]── (\w+)", line):
            drawn[found[1]] = line.index(found[1]) // 4
    actual = {c.__name__: len(c.__mro__) - 4 for c in error_classes() - {errors.AssistantError}}
    assert drawn == {name: depth + 1 for name, depth in actual.items()} or drawn == actual


def test_the_import_contracts_hold_and_can_break(tmp_path: Path) -> None:
    lint = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    held = subprocess.run(lint, cwd=ROOT, capture_output=True, text=True, check=False)
    assert held.returncode == 0, held.stdout[-3000:]
    broken = tmp_path / "checkout"
    broken.mkdir()
    for name in ("assistant", "tui", "api", "pyproject.toml"):
        (broken / name).symlink_to(ROOT / name)
    (broken / "api").unlink()
    (broken / "api").mkdir()
    for source in (ROOT / "api").rglob("*.py"):
        target = broken / "api" / source.relative_to(ROOT / "api")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes())
    (broken / "api" / "shortcut.py").write_text("from assistant.bootstrap import open_desk\n", encoding="utf-8")
    caught = subprocess.run(
        lint, cwd=broken, capture_output=True, text=True, check=False, env={"PYTHONPATH": str(broken), "PATH": ""}
    )
    assert caught.returncode != 0
    assert "api.shortcut" in caught.stdout


def test_help_imports_no_heavy_module() -> None:
    code = (
        "import sys\nfrom assistant.__main__ import sincerely\n"
        "try:\n    sincerely(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'chromadb','langchain','openai','sqlalchemy','textual','fastapi','pydantic','numpy','babel'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert shown.stdout.splitlines()[-1] == "[]"
