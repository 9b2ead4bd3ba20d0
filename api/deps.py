"""What endpoints ask for: the services and the signed-in user."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Path, Request

from api.problems import sign_in_needed
from api.services import Services
from register.users import UserView


def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


def _user(request: Request) -> UserView:
    user: UserView | None = request.state.user
    if user is None:  # the gate lets nobody through; this holds even if a path were listed public by mistake
        raise sign_in_needed()
    return user


Here = Annotated[Services, Depends(_services)]
CurrentUser = Annotated[UserView, Depends(_user)]

MAX_ID = 2**31 - 1
"""The largest id there can be; beyond it the databases fail instead of finding nothing."""

Id = Annotated[int, Path(ge=1, le=MAX_ID)]
