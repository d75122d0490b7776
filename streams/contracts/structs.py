"""``replace`` for the values that are msgspec structs: ``dataclasses.replace`` takes none of them. Nothing else.

>>> from streams.contracts.story import Mention
>>> replace(Mention("body", 0, 5, "Syria", "country", None), country="SY").country
'SY'
"""

from msgspec.structs import replace

__all__ = ["replace"]
