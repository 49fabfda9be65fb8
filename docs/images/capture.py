"""Capture the review screen of the sample workspace as SVG, for the picture in the README.

    python docs/images/capture.py review.svg [en|zh]

A browser turns it into the PNG: chromium --headless --screenshot=review.png --window-size=1640,1050 review.svg
"""

import asyncio
import shutil
import sys
import tempfile
from pathlib import Path

from assistant.bootstrap import open_desk, open_propose, sample_folder
from assistant.domain.project import Language
from assistant.domain.view import DraftRequest
from tui.app import Desk


async def capture(folder: Path, language: Language) -> str:
    """Open the newest draft, go to its first finding, and give the picture."""
    app = Desk(lambda: open_desk(folder), language=language)
    async with app.run_test(size=(132, 40)) as pilot:
        for keys in ((), ("enter",), ("n",), ()):
            await pilot.press(*keys)
            for _ in range(40):
                await pilot.pause(0.1)
        return app.export_screenshot(title="Sincerely")


def main() -> None:
    """Make a workspace, draft, capture."""
    language: Language = "zh" if "zh" in sys.argv[2:] else "en"
    slug = "lanting-wms" if language == "zh" else "trade-portal"
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "workspace"
        shutil.copytree(sample_folder(), folder)
        services = open_propose(folder)
        services.index(slug)
        services.draft(DraftRequest(slug, "status"))
        Path(sys.argv[1]).write_text(asyncio.run(capture(folder, language)), encoding="utf-8")


if __name__ == "__main__":
    main()
