"""The drafts printed in docs/examples are what the offline writer writes today.

`README_WRITE=1 python -m pytest tests/writing/test_examples.py` writes them anew.
"""

import importlib.util
import os
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "docs" / "examples"


def _bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_drafting", ROOT / "bench" / "drafting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_the_examples_are_what_the_writer_writes() -> None:
    bench = _bench()
    pages = bench.sample_examples()
    if os.environ.get("README_WRITE"):
        bench.write_examples(EXAMPLES, pages)
    printed = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES.glob("*.md")}
    assert printed == pages
