"""What every mapping of a plan file has in common."""

from typing import Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from vedette.planfile.fields import refuse


class Keys(BaseModel):
    """A mapping of the file: no unknown keys, no silent conversions."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _leave_out_what_is_empty(cls, value: Any) -> Any:
        # `modules:` with everything below it commented out means no modules.
        if not isinstance(value, dict):
            return value
        return {key: item for key, item in value.items() if item is not None}


def one_of(keys: Keys, *names: str, needed: bool = True) -> None:
    """Refuse keys of which only one may be given.

    Args:
        keys: The mapping.
        names: The keys that exclude each other.
        needed: True where one of them must be there.
    """
    given = [name for name in names if getattr(keys, name) is not None]
    choice = " or ".join(names)
    if len(given) > 1:
        message = f"{' and '.join(given)} are both given"
        raise refuse(message, f"keep one of them: {choice}", "plan-secret")
    if needed and not given:
        message = f"there is no {choice}"
        raise refuse(message, f"add {choice}", "plan-missing")


def as_key(name: str) -> Any:
    """Return the validator that takes a plain text for the mapping with that one key."""

    def shorten(value: Any) -> Any:
        return {name: value} if isinstance(value, str) else value

    return BeforeValidator(shorten)
