"""Addresses are taken apart before anything connects, and no piece of a password is ever shown."""

from urllib.parse import quote, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import addresses
from bot.config import Settings, elsewhere
from bot.database.meaning import trouble

UNQUOTED = "what is written there"


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://jek:S3cr#t/pw@127.0.0.1/db", id="hash-and-slash"),
        pytest.param("postgresql://jekduk:Hunter2Secret/x@127.0.0.1:5544/jekduk", id="slash-behind-letters"),
        pytest.param("postgresql://jek:5432/x@127.0.0.1/db", id="slash-behind-a-port"),
        pytest.param("postgresql://jek:S3c[r@127.0.0.1/db", id="bracket"),
        pytest.param("postgresql://jek:S3c]r@127.0.0.1/db", id="bracket-closed"),
        pytest.param("postgresql://jek:S3c?r@127.0.0.1/db", id="question-mark"),
        pytest.param("postgresql://jek:S3c@r@127.0.0.1/db", id="at"),
        pytest.param("postgresql://jek:S3c r@127.0.0.1/db", id="blank"),
        pytest.param("postgresql://jek:S3c\u2100@127.0.0.1/db", id="a-letter-that-is-a-slash"),
        pytest.param("postgres://j/k:S3c@127.0.0.1/db", id="in-the-user"),
        pytest.param("postgresql://jek:S3c@127.0.0.1/d#b", id="hash-in-the-name"),
    ],
)
def test_a_character_that_ends_the_password_too_early_is_refused_and_not_quoted(url):
    with pytest.raises(ValueError, match="%2F for /") as refused:
        addresses.database(url)
    assert not any(piece in str(refused.value) for piece in ("S3c", "Hunter2", "127.0"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://jek:S3c%00r@h/db", "postgresql://jek:S3c%0Ar@h/db", "postgresql://jek:S3c%7Fr@h/db",
        "postgresql://jek:S3c%C2%85r@h/db", "postgresql://jek:S3c%E2%80%8Br@h/db", "postgresql://jek:S3c%FFr@h/db",
        "postgresql://j%00:S3cr@h/db", "postgresql://jek:S3cr@h%00/db", "postgresql://jek:S3cr@h/d%0Ab",
        "postgresql://h/db?password=S3c%00r", "postgresql:///db?host=/run%00", "postgresql://h/db?sslrootcert=S3c%00",
    ],
)  # fmt: skip
def test_an_escape_of_what_nobody_types_is_refused_and_not_quoted(url):
    with pytest.raises(ValueError, match="some % with two digits") as refused:
        addresses.database(url)
    assert "S3c" not in str(refused.value)


@pytest.mark.parametrize(
    "url", ["http://u:S3c%00r@proxy:3128", "http://u:S3c%0Ar@proxy:3128", "http://u:%FF@proxy:3128"]
)
def test_of_a_proxy_too(url):
    with pytest.raises(ValueError, match="write the address of a proxy") as refused:
        addresses.proxy(url)
    assert "S3c" not in str(refused.value)


@pytest.mark.parametrize(
    "url, told",
    [
        pytest.param("postgresql://u@h:99999/db", "a port from 1 to 65535", id="port-too-high"),
        pytest.param(f"postgresql://u@h:{'9' * 5000}/db", "a port from 1 to 65535", id="port-without-end"),
        pytest.param("postgresql://u@a..b/db", "write host:port", id="two-dots"),
        pytest.param(f"postgresql://u@{'a' * 64}/db", "write host:port", id="too-long-a-name"),
        pytest.param("postgresql://u@h:x/db", "a port from 1 to 65535", id="port-of-letters"),
        pytest.param("postgresql:///db?host=/run&port=x", "a port from 1 to 65535", id="port-behind"),
        pytest.param("postgresql://u@localhost/db?host=/cloudsql/x", "its host is said twice", id="two-hosts"),
        pytest.param("postgresql://u@a:5432,b/db?host=a", "its host is said twice", id="two-hosts-and-one"),
        pytest.param("postgresql://u@h/db?port=5433", "write it there, as host:port", id="port-passed-over"),
        pytest.param("postgresql://u@h:5432/db?host=h:5433", "write it there, as host:port", id="two-ports"),
        pytest.param("postgresql://u@h/db?user=v", "its user is said twice", id="two-users"),
        pytest.param("postgresql://u:p@h/db?password=q", "its password is said twice", id="two-passwords"),
        pytest.param("postgresql://u@h/db?dbname=other", "its dbname is said twice", id="two-names"),
        pytest.param("postgresql:///db?sslmode", "name=value&name=value", id="half-an-option"),
        pytest.param("sqlite:///jekduk.db?mode=ro", "a file has no options", id="options-of-a-file"),
        pytest.param("sqlite:///~/jekduk.db", "write the whole path", id="tilde"),
        pytest.param("sqlite:///$HOME/jekduk.db", "write the whole path", id="dollar"),
        pytest.param("postgresql://u@h/db?sslmode=on", "allow, disable, prefer, require, verify-ca", id="mode-of-tls"),
        pytest.param("postgresql://u@h/db?sslrootcert=/no/root.crt", "no file where sslrootcert", id="certificate"),
    ],
)
def test_what_else_cannot_be_meant_is_told(url, told):
    with pytest.raises(ValueError, match=told):
        addresses.database(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql:///jekduk?host=/run/postgresql", "postgresql://u@h/db?user=u&database=db&port=5432",
        "postgresql://u@db:5433/x?host=db&port=5433", "postgresql://u@DB/x?host=db:5432", "postgresql://u@a:1,b:1/x?host=a,b&port=1",
        "postgresql://u@%2Frun:5433/x?host=/run", "postgresql:///x?host=h&port=5433", "postgresql://u:p@h:5432,h2:5433/db?target_session_attrs=any",
        "postgresql://u@[::1]:5432/db", "postgresql://u@%2Frun%2Fpostgresql/db", "postgresql://u:a:b%40c@h",
        "postgresql://h/db?sslmode=require&application_name=jek", "sqlite:////var/lib/jekduk/jekduk.db",
    ],
)  # fmt: skip
def test_what_is_an_address_is_taken(url):
    assert addresses.database(url) == url


@pytest.mark.parametrize("name", ["hc-ping..com", ".id", "..", f"{'a' * 64}.id"])
def test_a_name_that_cannot_be_looked_up_is_no_address(name):
    assert not addresses.is_http(f"https://{name}/x")
    assert addresses.is_http("https://hc-ping.com./x")


@given(st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), min_size=6, max_size=20))
def test_whatever_the_password_is_it_is_understood_or_refused_and_never_told(password):
    assert addresses.database(f"postgresql://jek:{quote(password, safe='')}@h/db")
    bare = f"postgresql://jek:{password}@h/db"
    if (refused := refusal(bare)) is None:
        found = urlsplit(bare)
        assert (found.hostname, unquote(found.password or "")) == ("h", unquote(password))
    else:
        assert password not in refused


def refusal(url: str) -> str | None:
    try:
        addresses.database(url)
    except ValueError as error:
        return str(error)
    return None


def test_what_the_database_says_is_told_without_the_password():
    settings = Settings(database_url="postgresql://jek:p%40ss-w0rd@h/db")
    said = str(trouble(settings, ConnectionError("cannot log in with p@ss-w0rd, written p%40ss-w0rd")))
    assert "cannot log in" in said
    assert "w0rd" not in said


def test_what_an_address_could_not_be_read_for_is_not_repeated():
    settings = Settings(database_url="postgresql://jek:Hunter2@h/db")
    assert "Hunter" not in str(trouble(settings, ConnectionError()))
    assert trouble(settings, ValueError("invalid literal for int() with base 10: 'Hunter'")) is None


# The way to Telegram


@pytest.mark.parametrize(
    "url",
    [
        "http://h:99999", "http://h:x", "http://u:p[x@h", "http://u:p/w@h", "http://u:p?@h", "http://exa mple",
        "http://:80", "http://ex%20a", "ftp://h", "http://h/?x",
    ],
)  # fmt: skip
def test_an_address_of_a_server_that_cannot_be_one_is_refused(url):
    with pytest.raises(ValueError, match=r"such as https://api\.telegram\.org$"):
        addresses.server(url)


def test_the_kind_of_an_address_may_begin_large_as_telephones_type_it():
    assert addresses.server("Https://api.telegram.org/") == "https://api.telegram.org"
    assert addresses.proxy("HTTP://proxy:3128") == "http://proxy:3128"
    assert addresses.page("Https://a.example.id") == "https://a.example.id"
    assert addresses.gateway("Http://127.0.0.1:8080") == "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    "given, taken",
    [("proxy:3128", "http://proxy:3128"), ("http://u:p@proxy:3128/", "http://u:p@proxy:3128/"), ("https://p", "https://p")],
)  # fmt: skip
def test_an_address_of_a_proxy_is_taken_with_and_without_its_kind(given, taken):
    assert addresses.proxy(given) == taken


@pytest.mark.parametrize("url, told", [("socks5://p:1080", "not to SOCKS"), ("http://u:p/w@p:1", "%2F for /")])
def test_a_proxy_that_cannot_be_asked_is_told(url, told):
    with pytest.raises(ValueError, match=told):
        addresses.proxy(url)


@pytest.mark.parametrize(
    "server, settings, proxy",
    [
        ("https://api.telegram.org", {"https_proxy": "p:1", "http_proxy": "q:1"}, "http://p:1"),
        ("http://10.0.0.9:8081", {"https_proxy": "p:1", "http_proxy": "q:1"}, "http://q:1"),
        ("https://api.telegram.org", {"http_proxy": "q:1"}, None),
        ("https://api.telegram.org", {"https_proxy": "p:1", "no_proxy": "localhost,.telegram.org"}, None),
        ("https://api.telegram.org", {"https_proxy": "p:1", "no_proxy": "*"}, None),
        ("http://127.0.0.1:8081", {"http_proxy": "q:1", "no_proxy": "127.0.0.1"}, None),
        ("http://127.0.0.1:8081", {"http_proxy": "q:1"}, "http://q:1"),
        ("https://api.telegram.org", {"all_proxy": "a:1"}, "http://a:1"),
        ("http://10.0.0.9:8081", {"all_proxy": "a:1"}, "http://a:1"),
        ("https://api.telegram.org", {"all_proxy": "a:1", "https_proxy": "p:1"}, "http://p:1"),
        ("https://api.telegram.org", {"all_proxy": "a:1", "no_proxy": "telegram.org"}, None),
    ],
)
def test_the_proxy_is_the_one_for_where_we_go(server, settings, proxy):
    assert elsewhere(Settings(), telegram_api_url=server, **settings).proxy == proxy


def test_where_an_address_leads_is_shown_without_who_asks():
    assert addresses.shown("http://u:s3cret@proxy:3128") == "proxy:3128"


@pytest.mark.parametrize(
    "text, shown",
    [("abc", "'abc'"), ("own.toml", "'own.toml'"), ("postgresql://u:p@h", UNQUOTED), ("1:AAE", UNQUOTED)],
)  # fmt: skip
def test_a_value_in_the_wrong_place_is_quoted_if_it_is_no_secret(text, shown):
    assert addresses.quotable(text) == shown


def test_a_page_has_an_address_that_nobody_can_listen_to():
    assert addresses.page("https://jekduk.example.id/") == "https://jekduk.example.id"
    assert addresses.page("http://127.0.0.1:8766") == "http://127.0.0.1:8766"


@pytest.mark.parametrize(
    "url",
    ["http://jekduk.example.id", "jekduk.example.id", "https://a.id/page", "https://u:p@a.id", "https://a.id?b=1"],
)
def test_an_address_of_a_page_that_cannot_be_one_is_refused(url):
    with pytest.raises(ValueError, match="write https:// and a name"):
        addresses.page(url)


def test_what_is_no_address_of_a_machine_is_not_listened_at():
    asked = [addresses.near(addresses.listening(one)) for one in ("10.0.0.7", "0.0.0.0", "::")]  # noqa: S104  # a container's
    assert asked == ["10.0.0.7", "127.0.0.1", "::1"]
    with pytest.raises(ValueError, match="such as 127"):
        addresses.listening("jekduk.example.id")
