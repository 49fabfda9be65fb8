"""The desk as a program of its own, for tests that press real keys: `desk_process.py FOLDER LANGUAGE`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui.app import Desk

if TYPE_CHECKING:
    from assistant.services import DeskServices


def main() -> None:
    folder, language = Path(sys.argv[1]), sys.argv[2]

    def services() -> "DeskServices":
        from assistant.bootstrap import open_desk

        return open_desk(folder)

    Desk(services, language="zh" if language == "zh" else "en", private=folder / ".sincerely").run()


if __name__ == "__main__":
    main()
