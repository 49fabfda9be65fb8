"""Whether the service answers."""

from fastapi import APIRouter

from api.schemas import Health

router = APIRouter(tags=["service"])


@router.get("/health", summary="Whether the service answers", response_model=Health)
def health() -> dict[str, str]:
    """Needs no key and says nothing about the workspace."""
    return {"status": "ok"}
