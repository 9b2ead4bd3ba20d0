"""Who the bodies of a letter are: the registry of agencies, territories and successions.

`nlp.bodies` finds names in running text; this package says whose they are, as
of the letter's date, and who holds the duty now.
"""

from nlp.agencies.home import Home, home_of
from nlp.agencies.identity import identify, identify_all, resolver
from nlp.agencies.registry import agencies
from nlp.agencies.resolve import resolve
from nlp.agencies.succession import holders
from nlp.agencies.values import Agency, AgencyId, Territory

__all__ = [
    "Agency",
    "AgencyId",
    "Home",
    "Territory",
    "agencies",
    "holders",
    "home_of",
    "identify",
    "identify_all",
    "resolve",
    "resolver",
]
