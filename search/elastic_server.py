"""One Elasticsearch server or cluster: its version, the indices behind their aliases, errors as ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError, UnsupportedProductError
from elasticsearch.serializer import OrjsonSerializer

from ingest.errors import Unavailable
from search.elastic_answers import failure, reason_of, shown_address, wrong_server
from search.elastic_schema import mappings, settings
from search.shared import away
from search.types import KINDS, Kind

LEAST, BELOW = (8, 19), (9, 0)
"""Versions of the server that are known to work: from 8.19, below 9."""

_PAGE = 5000
KEEP = "2m"
"""How long a moment in time is kept between two requests."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How indices are made: shards, copies of each ("0-1": one where a second node can hold it), refresh interval."""

    shards: int = 1
    replicas: int | str = "0-1"
    refresh: str = "1s"


class Server:
    """The server at `url`, or the cluster of several addresses parted by commas; indices are named `PREFIX-KIND-NUMBER` behind the alias `PREFIX-KIND`."""

    def __init__(self, url: str, prefix: str, shape: Shape, *, timeout: float) -> None:
        hosts = [host.strip() for host in url.split(",") if host.strip()]
        # A node that does not answer is passed over: the request goes to another one.
        retries = max(1, len(hosts))
        self.client = Elasticsearch(
            hosts, request_timeout=timeout, max_retries=retries, retry_on_timeout=False, serializer=OrjsonSerializer()
        )
        self.url, self.prefix, self.shape = ", ".join(map(shown_address, hosts)), prefix, shape
        self._ready = False

    @property
    def title(self) -> str:
        """The server's name in messages; never its password."""
        return f"Elasticsearch {self.url}"

    def alias(self, kind: Kind) -> str:
        """The name under which an index of a kind is asked."""
        return f"{self.prefix}-{kind}"

    def aliases(self) -> str:
        """All aliases, as the server takes several."""
        return ",".join(map(self.alias, KINDS))

    def kind_of(self, index: str) -> Kind:
        """The kind that an index holds."""
        rest = index.removeprefix(self.prefix + "-")
        return next(kind for kind in KINDS if rest.startswith(kind))

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Errors of the client as ours; before the first request the version is looked at and the indices made."""
        try:
            if not self._ready:
                self._check_version()
                self._ensure()
            yield
        except UnsupportedProductError as error:
            raise wrong_server(self.url, str(error)) from error
        except TransportError as error:
            self._ready = False  # when it is back it may be another version, or have lost its indices
            raise away(self.title, error.message) from error
        except NotFoundError as error:
            self._ready = False  # somebody removed the index: the next call makes it again
            raise away(self.title, reason_of(error)) from error
        except ApiError as error:
            if error.status_code == 406:  # older servers do not know the media type of this client
                raise wrong_server(self.url, reason_of(error)) from error
            raise failure(self.url, error) from error

    def forget(self) -> None:
        """Look at the version and the indices again before the next request."""
        self._ready = False

    def _check_version(self) -> None:
        answer = self.client.nodes.info(filter_path="nodes.*.version")
        found = {node["version"] for node in answer.get("nodes", {}).values()}
        for version in sorted(found) or ["?"]:
            parts = re.match(r"(\d+)\.(\d+)", version)
            if parts is None or not LEAST <= (int(parts[1]), int(parts[2])) < BELOW:
                raise wrong_server(self.url, version)

    # -- indices ---------------------------------------------------------------------------------

    def _ensure(self) -> None:
        for kind in KINDS:
            if not self.client.indices.exists_alias(name=self.alias(kind)):
                name = self.create(kind, self.next_number(kind), self.shape.refresh)
                self.client.indices.update_aliases(
                    actions=[{"add": {"index": name, "alias": self.alias(kind), "is_write_index": True}}]
                )
        self._ready = True

    def create(self, kind: Kind, number: int, refresh: str) -> str:
        """Make an index unless it is there; gives its name."""
        name = f"{self.alias(kind)}-{number:06}"
        try:
            self.client.indices.create(
                index=name,
                mappings=mappings(),
                settings=settings(self.shape.shards, self.shape.replicas, refresh),
            )
        except ApiError as error:
            if "resource_already_exists_exception" not in reason_of(error):
                raise
        return name

    def next_number(self, kind: Kind) -> int:
        """A number that no index of the kind has yet."""
        found = self.client.indices.get(index=f"{self.alias(kind)}-*", expand_wildcards="all")
        numbers = [int(tail) for name in found if (tail := name.rsplit("-", 1)[-1]).isdigit()]
        return max(numbers, default=0) + 1

    def behind(self, kind: Kind) -> list[str]:
        """The indices behind an alias."""
        try:
            return sorted(self.client.indices.get_alias(name=self.alias(kind)))
        except NotFoundError:
            return []

    def swap(self, fresh: dict[Kind, str], old: dict[Kind, list[str]]) -> None:
        """Move all aliases to the fresh indices and remove the old ones, in one step."""
        names = ",".join(fresh.values())
        self.client.indices.put_settings(
            index=names, settings={"index": {"refresh_interval": self.shape.refresh}}
        )
        self.client.indices.refresh(index=names)
        actions: list[dict[str, Any]] = []
        for kind in KINDS:
            actions.append({"add": {"index": fresh[kind], "alias": self.alias(kind), "is_write_index": True}})
            actions += [{"remove_index": {"index": name}} for name in old[kind]]
        self.client.indices.update_aliases(actions=actions)

    def check_mapping(self, index: str, reason: str) -> None:
        """`Unavailable` where an index does not have our mapping: then no document is to blame for a refusal."""
        wanted = mappings()
        for name, one in self.client.indices.get_mapping(index=index).items():
            found = one["mappings"]
            if found.get("_meta") != wanted["_meta"] or _types(found) != _types(wanted):
                raise Unavailable(
                    "index-mapping",
                    f"Chỉ mục {name} trên {self.title} không đúng khuôn của phiên bản này ({reason}).",
                    f"The index {name} on {self.title} does not have the form of this version ({reason}).",
                    advice="Chạy “dondoc index rebuild”; không có dữ liệu nào mất.",
                    advice_en="Run “dondoc index rebuild”; no data is lost.",
                )

    # -- moments in time -------------------------------------------------------------------------

    def open_moment(self, index: str) -> str:
        """A picture of an index as it is now, to be asked again and again."""
        return str(self.client.open_point_in_time(index=index, keep_alive=KEEP)["id"])

    def close_moment(self, moment: str) -> None:
        """Let go of a picture; one that is gone already is no error."""
        with suppress(NotFoundError):
            self.client.close_point_in_time(id=moment)

    def scan(self, index: str, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """All hits of a query without their sources, from one moment in time."""
        moment = self.open_moment(index)
        try:
            after: list[Any] | None = None
            while True:
                response = self.client.search(
                    pit={"id": moment, "keep_alive": KEEP},
                    query=query,
                    size=_PAGE,
                    sort=[{"_shard_doc": "asc"}],
                    search_after=after,
                    source=False,
                    version=True,
                    track_total_hits=False,
                )
                found = response["hits"]["hits"]
                yield from found
                if len(found) < _PAGE:
                    return
                after = found[-1]["sort"]
                moment = response.get("pit_id", moment)
        finally:
            self.close_moment(moment)


def _types(mapping: dict[str, Any]) -> dict[str, str]:
    """The type of every field of a mapping."""
    return {name: field.get("type", "object") for name, field in mapping.get("properties", {}).items()}
