"""Files of passwords and of services are looked into before PostgreSQL's library passes over them, or quotes them."""

import asyncpg
import pytest

from bot import database
from bot.config import Settings, WrongSettings
from bot.database import library_files, meaning
from tests import postgres
from tests.town import TUESDAY, WORKFLOW

NOT_LET_IN = asyncpg.InvalidPasswordError('password authentication failed for user "jek"')
LINE = "h:5432:db:jek:hunter2"
SERVICE = "[ours]\nhost=127.0.0.1\nport=1\nuser=jek\npassword=hunter2\n"


@pytest.mark.parametrize("named", ["PGPASSFILE", "passfile", "~/.pgpass"])
@pytest.mark.parametrize(
    "text, mode, told",
    [
        pytest.param(LINE, 0o644, "others may read .*type chmod 600 .*pgpass", id="open-to-others"),
        pytest.param(
            f"# ours\n\n{LINE[2:]}", 0o600, "line 3 of .*write host:port:database:user:password", id="no-line"
        ),
        pytest.param("\0\ud800", 0o600, "cannot be read", id="no-text"),
        pytest.param(None, 0o700, "is not there, or is none", id="folder"),
    ],
)
def test_why_a_file_of_passwords_gave_none_is_told(tmp_path, monkeypatch, named, text, mode, told):
    file = tmp_path / ".pgpass"
    file.mkdir() if text is None else file.write_text(text, "utf-8", "surrogatepass")
    file.chmod(mode)
    monkeypatch.setenv("HOME", str(tmp_path))
    if named == "PGPASSFILE":
        monkeypatch.setenv(named, str(file))
    url = f"postgresql://jek@h/db{f'?passfile={file}' if named == 'passfile' else ''}"
    found = meaning.unusable(Settings(database_url=url), NOT_LET_IN)
    assert named in str(found)
    with pytest.raises(WrongSettings, match=told):
        raise found
    assert "hunter2" not in str(found)


@pytest.mark.parametrize(
    "url, environ",
    [
        ("postgresql://jek:wr0ng@h/db", {"PGPASSFILE": "nowhere"}),
        ("postgresql://jek@h/db", {"PGPASSFILE": "nowhere", "PGPASSWORD": "wr0ng"}),
        ("postgresql://jek@h/db", {"PGPASSFILE": "right"}),
        ("postgresql://jek@h/db", {}),
    ],
)
def test_a_wrong_password_is_not_blamed_on_a_file_that_is_not_asked_or_as_it_should_be(
    tmp_path, monkeypatch, url, environ
):
    (tmp_path / "right").write_text(f"# ours\n{LINE}\nh\\:1:2:3:4:a:b\n")
    (tmp_path / "right").chmod(0o600)
    monkeypatch.chdir(tmp_path)
    for name, value in ({"HOME": "empty"} | environ).items():
        monkeypatch.setenv(name, value)
    assert "whether user, password and name are right" in str(meaning.unusable(Settings(database_url=url), NOT_LET_IN))


async def test_the_library_does_not_warn_of_a_file_in_its_own_words(tmp_path, monkeypatch, recwarn):
    (tmp_path / "open").write_text(LINE)
    async with postgres.database() as url:
        monkeypatch.setenv("PGPASSFILE", str(tmp_path / "open"))
        register = await database.prepared(Settings(database_url=url), WORKFLOW, TUESDAY)
        await register.close()
        assert not [one for one in recwarn if "password file" in str(one.message)]


@pytest.mark.parametrize(
    "text, name, told",
    [
        pytest.param(SERVICE, "theirs", "no service of that name in the file of PGSERVICEFILE", id="not-there"),
        pytest.param(None, "ours", "no service of that name", id="no-file"),
        pytest.param(SERVICE.replace("2", "%2"), "ours", "with %% for each %", id="percent"),
        pytest.param(SERVICE.partition("\n")[2], "ours", r"cannot be read; write \[ours\]", id="no-section"),
        pytest.param(SERVICE.replace("=h", " h"), "ours", "cannot be read", id="no-value"),
        pytest.param("[ours]\nport=soon\n", "ours", r"mend \[ours\] .*a port from 1 to", id="port"),
        pytest.param("[ours]\nsslmode=yes\n", "ours", r"mend \[ours\] .*for sslmode", id="sslmode"),
    ],
)
async def test_a_service_that_gives_no_address_is_told_and_not_quoted(tmp_path, monkeypatch, text, name, told):
    if text is not None:
        (tmp_path / "services").write_text(text)
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    with pytest.raises(WrongSettings, match=told) as refused:
        await database.prepared(Settings(database_url=f"postgresql:///?service={name}"), WORKFLOW, TUESDAY)
    assert "hunter" not in str(refused.value)


def test_a_service_that_is_there_is_taken(tmp_path):
    (tmp_path / "services").write_text(SERVICE)
    environ = {"PGSERVICEFILE": str(tmp_path / "services")}
    assert library_files.of_services(environ, "postgresql:///?service=ours") == ""
