"""Pictures with more in their files than the picture."""

import io

from PIL import Image
from PIL.PngImagePlugin import PngInfo

SECRET = "taken by Zhang San"


def picture() -> Image.Image:
    """A picture with four corners that differ."""
    made = Image.new("RGB", (16, 8), "white")
    for at, colour in (((0, 0), "red"), ((15, 0), "green"), ((0, 7), "blue")):
        made.putpixel(at, Image.new("RGB", (1, 1), colour).getpixel((0, 0)))
    return made


def written(kind: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture().save(buffer, kind, **options)
    return buffer.getvalue()


def exif(*, orientation: int = 1, place: bool = False) -> Image.Exif:
    tags = Image.Exif()
    tags[0x013B] = SECRET
    if orientation != 1:
        tags[0x0112] = orientation
    if place:
        tags.get_ifd(0x8825)[1] = "N"
        tags._ifds[0x8825] = {1: "N", 2: (30.0, 12.0, 0.0)}
    return tags


def jpeg_clean() -> bytes:
    return written("JPEG")


def jpeg_exif() -> bytes:
    return written("JPEG", exif=exif())


def jpeg_turned() -> bytes:
    return written("JPEG", exif=exif(orientation=6))


def jpeg_place() -> bytes:
    return written("JPEG", exif=exif(place=True))


def jpeg_comment() -> bytes:
    return written("JPEG", comment=SECRET.encode())


def jpeg_trailing() -> bytes:
    return written("JPEG") + b"PK\x03\x04" + SECRET.encode()


def png_clean() -> bytes:
    return written("PNG")


def png_text() -> bytes:
    info = PngInfo()
    info.add_text("Author", SECRET)
    return written("PNG", pnginfo=info)


def png_trailing() -> bytes:
    return written("PNG") + SECRET.encode()


def png_too_large() -> bytes:
    """A small file that says of itself to be 40,000 × 40,000."""
    import zlib

    data = bytearray(written("PNG"))
    data[16:24] = (40_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def png_broken() -> bytes:
    return written("PNG")[:-30]
