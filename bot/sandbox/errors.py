"""How the Bot API says no: internal words become public ones (Client.cpp, fail_query_with_error)."""

from typing import Any

FORBIDDEN = 403
PREFIX = {
    400: "Bad Request: ",
    401: "Unauthorized: ",
    403: "Forbidden: ",
    409: "Conflict: ",
    413: "",
    429: "",
    404: "",
    500: "Internal Server Error: ",
}

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current content "
    "and reply markup of the message"
)

VERBATIM = ("Logged out",)  # [U] said by the door itself, before there is a query to fail

PUBLIC: dict[str, tuple[int, str]] = {
    "MESSAGE_NOT_MODIFIED": (400, NOT_MODIFIED),
    "QUERY_ID_INVALID": (400, "query is too old and response timeout expired or query ID is invalid"),
    "USER_IS_BLOCKED": (403, "bot was blocked by the user"),
    "INPUT_USER_DEACTIVATED": (403, "user is deactivated"),
    "PEER_ID_INVALID": (403, "bot can't initiate conversation with a user"),
    "USER_IS_BOT": (403, "the bot can't send messages to the bot"),
    "REPLY_MARKUP_TOO_LONG": (400, "reply markup is too long"),
    "MEDIA_EMPTY": (400, "wrong file identifier/HTTP URL specified"),
    "WEBPAGE_CURL_FAILED": (400, "failed to get HTTP URL content"),
    "WEBPAGE_MEDIA_EMPTY": (400, "wrong type of the web page content"),
    "WC_CONVERT_URL_INVALID": (400, "wrong HTTP URL specified"),
    "MESSAGE_DELETE_FORBIDDEN": (400, "message can't be deleted"),
}


class Refusal(Exception):
    """The server's no. Raise it with the internal words; `answer()` gives what goes over the wire."""

    def __init__(self, code: int, words: str, **parameters: int) -> None:
        super().__init__(words)
        self.code, self.words, self.parameters = code, words, parameters

    def answer(self) -> tuple[int, dict[str, Any]]:
        code, description = normalised(self.code, self.words)
        body: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
        if self.parameters:
            body["parameters"] = self.parameters
        return code, body


def normalised(code: int, words: str) -> tuple[int, str]:
    """The public code and description for an internal error."""
    if words in VERBATIM:
        return code, words
    if words in PUBLIC:
        code, words = PUBLIC[words]
    elif code == FORBIDDEN and words.isupper():
        code = 400
    if code not in PREFIX:
        code = 400
    prefix = PREFIX[code]
    if words.startswith(prefix.rstrip(": ")):
        return code, words
    return code, prefix + lowered(words)


def lowered(words: str) -> str:
    """First letter small, unless the second tells a CONSTANT or an acronym."""
    second = words[1:2]
    return words if second.isupper() or second == "_" else words[:1].lower() + words[1:]


def bad(words: str) -> Refusal:
    return Refusal(400, words)


def flooded(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
