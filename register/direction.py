"""Whether a letter came in or went out: by the name of the office that runs the system."""

from __future__ import annotations

from register.text import fold

_SHORT = {"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ub": "uy ban nhan dan"}


def direction(issuer: str | None, parent_body: str | None, home_agency: str | None) -> str:
    """ "đi" for a letter that the home agency issued, else "đến".

    "Sở Công Thương" under "UBND tỉnh Long An" is the home agency "Sở Công
    Thương tỉnh Long An"; an unknown issuer gives "đến".
    """
    if not issuer or not home_agency:
        return "đến"
    own, home = _key(issuer), _key(home_agency)
    if own == home:
        return "đi"
    if parent_body and home.startswith(own + " "):
        place = home[len(own) + 1 :]
        if _key(parent_body).endswith(place):
            return "đi"
    return "đến"


def _key(name: str) -> str:
    return " ".join(_SHORT.get(word, word) for word in fold(name).replace(",", " ").split())
