"""``python -m tools.schemas``: write schemas/asyncapi.yaml anew; refuses nothing, prints what it wrote."""

from tools.schemas.asyncapi import TARGET, render

TARGET.write_text(render(), encoding="utf-8")
print(f"wrote {TARGET}")
