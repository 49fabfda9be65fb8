"""Build the wheel, install it into an empty environment away from the checkout, and run the demo from there."""

import os
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: str, cwd: Path) -> str:
    """Run a command with a bare environment and give its standard output; its errors stay visible."""
    keep = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE"} or name.startswith("PIP_")
    }
    done = subprocess.run(command, cwd=cwd, env=keep, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    return done.stdout


def main() -> None:
    """Build, install, demo."""
    with tempfile.TemporaryDirectory() as parent:
        place = Path(parent)
        run(sys.executable, "-m", "build", "--wheel", "--outdir", str(place), str(ROOT), cwd=place)
        wheel = next(place.glob("sincerely-*.whl"))
        environment = place / "environment"
        venv.create(environment, with_pip=True)
        python = environment / "bin" / "python"
        constraints = str(ROOT / "constraints.txt")
        run(str(python), "-m", "pip", "install", "--quiet", "--constraint", constraints, str(wheel), cwd=place)
        shown = run(str(environment / "bin" / "sincerely"), "demo", "--headless", cwd=place)
        for part in ("trade-portal", "lanting-wms", "E1", "Findings ("):
            if part not in shown:
                sys.exit(f"The demo from the wheel does not show {part!r}.")
        sys.stdout.write(f"wheel: {wheel.name} installs alone and its demo prints {len(shown.splitlines())} lines\n")


if __name__ == "__main__":
    main()
