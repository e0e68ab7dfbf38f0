"""How large a picture is, read from its first bytes."""

PNG, GIF, JPEG = b"\x89PNG\r\n\x1a\n", b"GIF8", b"\xff\xd8"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the JPEG markers that tell a size


def dimensions(body: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, GIF or JPEG; None if it is none of them."""
    if body.startswith(PNG):
        return pair(body[16:24], "big")
    if body.startswith(GIF):
        return pair(body[6:10], "little")
    return jpeg_dimensions(body) if body.startswith(JPEG) else None


def pair(field: bytes, order: str) -> tuple[int, int] | None:
    half = len(field) // 2
    read = int.from_bytes
    first, second = (read(part, "big" if order == "big" else "little") for part in (field[:half], field[half:]))
    return (first, second) if first and second else None


def jpeg_dimensions(body: bytes) -> tuple[int, int] | None:
    """Walk from segment to segment to the frame."""
    at = 2
    while body[at : at + 1] == b"\xff":
        if body[at + 1] in FRAMES:
            size = pair(body[at + 5 : at + 9], "big")
            return size and (size[1], size[0])
        at += 2 + int.from_bytes(body[at + 2 : at + 4], "big")
    return None
