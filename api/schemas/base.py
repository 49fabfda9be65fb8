"""What every shape shares: taken strictly, given closed."""

from datetime import date

from pydantic import BaseModel, ConfigDict

Day = date  # a field called `date` would hide the type
MAX_TEXT = 1_500_000


class Asked(BaseModel):
    """A request body: fields it does not know are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class Given(BaseModel):
    """Part of an answer; it has exactly these fields."""

    model_config = ConfigDict(extra="forbid")
