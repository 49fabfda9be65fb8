"""What the desk, the API and the commands are handed: use cases with their ports filled in.

`ProposeServices` reads, drafts, checks and files proposals. It has nothing on it that approves, waives, releases or
sends, and the ports it holds cannot either. `DeskServices` adds a person's decisions; only the desk gets it.
"""

from assistant.services.desk import DeskServices
from assistant.services.propose import ProposeServices

__all__ = ["DeskServices", "ProposeServices"]
