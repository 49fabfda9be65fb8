"""The desk as a program of its own, for tests that press real keys: `desk_process.py FOLDER LANGUAGE`."""

import sys
from pathlib import Path

from assistant.services import DeskServices
from tui.app import Desk


def main() -> None:
    folder, language = Path(sys.argv[1]), sys.argv[2]

    def services() -> DeskServices:
        from assistant.bootstrap import open_desk

        return open_desk(folder)

    Desk(services, language="zh" if language == "zh" else "en", recovery=folder / ".sincerely" / "unsaved").run()


if __name__ == "__main__":
    main()
