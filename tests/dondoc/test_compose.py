"""docker-compose.yml and Dockerfile: no server runs them here, so what they name is held to the program."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import yaml

from dondoc.settings import Settings

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = {f"DONDOC_{name.upper()}": name for name in Settings.model_fields}
SERVICE_KEYS = {
    "build", "command", "depends_on", "environment", "healthcheck", "image", "init", "ports", "restart",
    "stop_grace_period", "volumes",
}  # fmt: skip
"""Of the compose specification, what this file uses: a misspelt key would be found only when it is started."""


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    loaded = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert isinstance(loaded, dict)
    return loaded


@pytest.fixture(scope="module")
def dockerfile() -> str:
    return (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def ours(compose: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The services that run the program."""
    return {name: each for name, each in compose["services"].items() if "build" in each}


def test_there_are_the_four_parts_of_an_office(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"app", "worker", "database", "search"}
    assert set(ours(compose)) == {"app", "worker"}


def test_keys_are_those_of_the_specification(compose: dict[str, Any]) -> None:
    assert {key for key in compose if not key.startswith("x-")} <= {"name", "services", "volumes"}
    for name, service in compose["services"].items():
        assert set(service) <= SERVICE_KEYS, name


def test_volumes_and_dependencies_exist(compose: dict[str, Any]) -> None:
    for service in compose["services"].values():
        for volume in service.get("volumes", ()):
            assert volume.split(":")[0] in compose["volumes"]
        for other, condition in service.get("depends_on", {}).items():
            assert condition == {"condition": "service_healthy"}
            assert "healthcheck" in compose["services"][other]


def test_every_setting_given_exists_and_is_accepted(compose: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    for service in ours(compose).values():
        given = {key: interpolated(str(value)) for key, value in service["environment"].items()}
        named = {key for key in given if key.startswith("DONDOC_")}
        assert named <= set(SETTINGS)
        for key in SETTINGS:
            monkeypatch.delenv(key, raising=False)
        for key in named:
            monkeypatch.setenv(key, given[key])
        settings = Settings()
        assert settings.secure_cookie
        assert settings.effective_database_url.startswith("postgresql+psycopg://")


def interpolated(value: str, **given: str) -> str:
    """A value as compose fills it in when `.env` holds the password only."""
    given = {"DONDOC_DB_PASSWORD": "Mat2Khau", **given}

    def fill(match: re.Match[str]) -> str:
        name, rule, rest = match[1], match[2] or "", match[3] or ""
        if name in given:
            return given[name]
        assert rule == ":-", f"{name} has neither a value nor a default"
        return rest

    return re.sub(r"\$\{(\w+)(:[-?])?([^}]*)\}", fill, value)


def test_addresses_lead_to_the_other_services(compose: dict[str, Any]) -> None:
    settings = ours(compose)["worker"]["environment"]
    database = urlsplit(interpolated(settings["DONDOC_DATABASE_URL"]))
    assert database.hostname in compose["services"]
    postgres = {key: interpolated(str(value)) for key, value in compose["services"][database.hostname]["environment"].items()}
    assert (database.username, database.password) == (postgres["POSTGRES_USER"], postgres["POSTGRES_PASSWORD"])
    assert database.path == f"/{postgres['POSTGRES_DB']}"
    assert urlsplit(settings["DONDOC_ELASTICSEARCH_URL"]).hostname in compose["services"]
    assert urlsplit(settings["DONDOC_ELASTICSEARCH_URL"]).port == 9200


def test_secrets_have_no_default(compose: dict[str, Any]) -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    passwords = re.findall(r"\$\{(\w*PASSWORD\w*)(.*?)\}", text)
    assert passwords
    assert all(rule.startswith(":?") for _, rule in passwords)
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert re.search(r"^DONDOC_DB_PASSWORD=$", example, re.MULTILINE)
    filled_in = set(re.findall(r"\$\{(\w+)", text))
    assert filled_in == set(re.findall(r"^(\w+)=", example, re.MULTILINE))


def test_only_the_web_application_is_reached_and_from_this_machine_only(compose: dict[str, Any]) -> None:
    ports = {name: service.get("ports", []) for name, service in compose["services"].items()}
    assert ports.pop("app") == ["127.0.0.1:8000:8000"]
    assert not any(ports.values())


def test_commands_exist_with_their_options(compose: dict[str, Any], dockerfile: str) -> None:
    import typer.main

    from dondoc.cli import app

    program = typer.main.get_command(app)
    run = [service["command"] for service in ours(compose).values()]
    run.append(yaml.safe_load(re.findall(r"^CMD (.+)$", dockerfile, re.MULTILINE)[-1]))
    for name, command, *arguments in run:
        assert name == "dondoc"
        options = {each for parameter in program.commands[command].params for each in parameter.opts}  # type: ignore[attr-defined]
        assert {each for each in arguments if each.startswith("--")} <= options


def test_the_web_application_reads_nothing_and_the_workers_do(compose: dict[str, Any]) -> None:
    assert compose["services"]["app"]["environment"]["DONDOC_WORKERS"] == "0"
    assert "DONDOC_WORKERS" not in compose["services"]["worker"]["environment"]


def test_the_health_check_asks_an_address_that_answers_503_when_not_ready(compose: dict[str, Any]) -> None:
    from api.routers import health

    test = compose["services"]["app"]["healthcheck"]["test"]
    assert test[:3] == ["CMD", "python", "-c"]
    compile(test[3], "healthcheck", "exec")
    address = urlsplit(re.findall(r"http://[^']+", test[3])[0])
    assert (address.hostname, address.port) == ("127.0.0.1", Settings.model_fields["port"].default)
    routes = {route.path: route for route in health.router.routes}  # type: ignore[attr-defined]
    assert 503 in routes[address.path].responses


def test_health_checks_are_words_a_shell_can_split(compose: dict[str, Any]) -> None:
    for name in ("database", "search"):
        kind, line = compose["services"][name]["healthcheck"]["test"]
        assert kind == "CMD-SHELL"
        assert shlex.split(line)


def test_versions_agree(compose: dict[str, Any], dockerfile: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {service["image"] for service in ours(compose).values()} == {f"dondoc:{project['version']}"}
    tested = re.search(r"^version=(\S+)$", (ROOT / "tools" / "elasticsearch.sh").read_text(encoding="utf-8"), re.MULTILINE)
    assert tested is not None
    assert compose["services"]["search"]["image"] == f"elasticsearch:{tested[1]}"
    python = re.search(r"^FROM python:(\d+)\.(\d+)-slim-bookworm$", dockerfile, re.MULTILINE)
    assert python is not None
    assert f">={python[1]}.{python[2]}" == project["requires-python"]


def test_the_image_holds_the_packages_that_run_installs(dockerfile: str) -> None:
    script = (ROOT / "run").read_text(encoding="utf-8").replace("\\\n", " ")
    needed = re.search(r"setup_app\(\) \{\s+apt_need ([^\n]+)", script)
    installed = re.search(r"apt-get install ([^&]+)", dockerfile)
    assert needed is not None
    assert installed is not None
    packages = {each for each in installed[1].split() if not each.startswith("-")}
    # The base image brings certificates along.
    assert packages == set(needed[1].split()) - {"ca-certificates"}


def test_the_image_installs_from_the_lock_and_runs_as_nobody_special(dockerfile: str) -> None:
    lines = dockerfile.splitlines()
    assert any("--require-hashes -r requirements.lock" in line for line in lines)
    users = [line.split()[1] for line in lines if line.startswith("USER ")]
    assert users == ["dondoc"]
    assert lines.index("USER dondoc") < next(i for i, line in enumerate(lines) if line.startswith("CMD "))
    data = re.search(r"--home-dir (\S+)", dockerfile)
    assert data is not None
    assert f"VOLUME {data[1]}" in lines


def test_the_volume_is_where_the_data_goes(compose: dict[str, Any], dockerfile: str) -> None:
    for service in ours(compose).values():
        mounted = service["volumes"][0].split(":")[1]
        assert mounted == service["environment"]["DONDOC_DATA_DIR"]
        assert f"VOLUME {mounted}" in dockerfile.splitlines()


def test_the_build_finds_what_it_needs(dockerfile: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    needed = {*packages, project["project"]["readme"], *project["project"]["license-files"], "requirements.lock"}
    assert not needed & set(ignored)
    assert all((ROOT / each).exists() for each in needed)
