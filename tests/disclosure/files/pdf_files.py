"""PDFs with something hidden in each, made instruction by instruction."""

import functools
import io
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String
from PIL import Image

SEEN = "Public text"
SECRET = "Not for the public"


def new(content: str, **resources: Any) -> pikepdf.Pdf:
    """A document of one page, 400 × 400 points, with this content."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(400, 400))
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.Resources = Dictionary(Font=Dictionary(F1=pdf.make_indirect(font)), **resources)
    page.Contents = pdf.make_stream(content.encode())
    return pdf


def stored(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer, **options)
    return buffer.getvalue()


def words(text: str, y: int = 300, *, how: str = "0 g", size: int = 14) -> str:
    return f"q {how} BT /F1 {size} Tf 50 {y} Td ({text}) Tj ET Q\n"


def clean() -> bytes:
    return stored(new(words(SEEN)))


def white_on_dark() -> bytes:
    """Nothing hidden: a heading in white on a dark ground."""
    return stored(new("0 0 0.5 rg 40 290 300 30 re f\n" + words(SEEN, how="1 g")))


def grounds_first() -> bytes:
    """Nothing hidden: text over a filled box."""
    return stored(new("0.9 g 40 290 300 30 re f\n" + words(SEEN)))


def clipped_to_the_page() -> bytes:
    """Nothing hidden: what Word does around every line."""
    return stored(new("q 0 0 400 400 re W n " + words(SEEN) + "Q\n"))


def clipped_to_a_circle() -> bytes:
    """Nothing hidden: a shape around the whole line."""
    shape = "0 300 m 0 500 400 500 400 300 c 400 100 0 100 0 300 c h W n "
    return stored(new("q " + shape + words(SEEN) + "Q\n"))


def clipped_away() -> bytes:
    """Text in a corner that shows nothing of it."""
    return stored(new(words(SEEN, 350) + "q 0 0 1 1 re W n " + words(SECRET) + "Q\n"))


def clipped_by_a_triangle() -> bytes:
    shape = "0 0 m 400 0 l 0 100 l h W n "
    return stored(new(words(SEEN, 350) + "q " + shape + words(SECRET) + "Q\n"))


def black_on_black() -> bytes:
    """What comes of a black shading in Word: the box first, the text over it."""
    ground = "q 0 g 40 290 300 30 re f Q\n"
    return stored(new(words(SEEN, 350) + ground + words(SECRET)))


def blue_on_blue() -> bytes:
    ground = "q 0 0 .6 rg 40 290 300 30 re f Q\n"
    return stored(new(words(SEEN, 350) + ground + words(SECRET, how="0 0 .62 rg")))


def black_on_a_black_line() -> bytes:
    ground = "q 30 w 0 G 40 305 m 340 305 l S Q\n"
    return stored(new(words(SEEN, 350) + ground + words(SECRET)))


def black_on_a_black_picture() -> bytes:
    from PIL import Image

    made = new(words(SEEN, 350) + "q 300 0 0 30 40 290 cm /I Do Q\n" + words(SECRET))
    black = Image.new("L", (30, 3), 0)
    picture = made.make_stream(black.tobytes(), Type=Name.XObject, Subtype=Name.Image)
    picture.Width, picture.Height, picture.BitsPerComponent = 30, 3, 8
    picture.ColorSpace = Name.DeviceGray
    made.pages[0].Resources.XObject = Dictionary(I=picture)
    return stored(made)


def red_on_green() -> bytes:
    """Nothing hidden: alike in grey, but not in colour."""
    ground = "q 0 .3 0 rg 40 290 300 30 re f Q\n"
    return stored(new(ground + words(SEEN, how=".6 0 0 rg")))


def strange_keys() -> bytes:
    """What a program keeps for itself in the document and in a page."""
    made = new(words(SEEN))
    made.Root["/XX_Data"] = pikepdf.String(SECRET)
    made.pages[0].obj["/XX_Data"] = pikepdf.String(SECRET)
    return stored(made)


def structure_that_says_more() -> bytes:
    """A part of the structure that says what was redacted."""
    made = new(words(SEEN))
    part = Dictionary(Type=Name.StructElem, S=Name.P, ActualText=pikepdf.String(SECRET))
    made.Root.StructTreeRoot = made.make_indirect(
        Dictionary(Type=Name.StructTreeRoot, K=made.make_indirect(part))
    )
    return stored(made)


def under_a_box() -> bytes:
    text = words(SEEN, 350) + words(SECRET)
    return stored(new(text + "0 g 45 290 300 30 re f\n"))


def partly_under_a_box() -> bytes:
    """The box lies over two words in the middle of a line."""
    return stored(new(words(f"{SEEN} ZhangSan {SEEN}", size=12) + "0 g 118 295 58 16 re f\n"))


def under_a_white_box() -> bytes:
    return stored(new(words(SEEN, 350) + words(SECRET) + "1 g 45 290 300 30 re f\n"))


def under_a_thick_line() -> bytes:
    return stored(new(words(SECRET) + "q 20 w 0 G 45 305 m 300 305 l S Q\n" + words(SEEN, 350)))


def under_a_seal() -> bytes:
    """Nothing hidden: a half transparent ground over text, as seals are."""
    state = Dictionary(GS=Dictionary(Type=Name.ExtGState, ca=0.3))
    return stored(new(words(SEEN) + "q /GS gs 1 0 0 rg 45 290 300 30 re f Q\n", ExtGState=state))


def under_an_annotation() -> bytes:
    pdf = new(words(SEEN, 350) + words(SECRET))
    drawn = Stream(pdf, b"0 g 0 0 300 30 re f")
    drawn.Type, drawn.Subtype, drawn.BBox = Name.XObject, Name.Form, Array([0, 0, 300, 30])
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Square,
        Rect=[45, 290, 345, 320],
        AP=Dictionary(N=pdf.make_indirect(drawn)),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
    return stored(pdf)


def invisible() -> bytes:
    return stored(new(words(SEEN, 350) + words(SECRET, how="3 Tr")))


def white() -> bytes:
    return stored(new(words(SEEN, 350) + words(SECRET, how="0.97 g")))


def tiny() -> bytes:
    return stored(new(words(SEEN, 350) + words(SECRET, size=1)))


def off_the_page() -> bytes:
    return stored(new(words(SEEN) + words(SECRET, 900)))


def _scan(pdf: pikepdf.Pdf, picture: Image.Image) -> None:
    raw = Stream(pdf, picture.convert("L").tobytes())
    raw.Type, raw.Subtype = Name.XObject, Name.Image
    raw.Width, raw.Height = picture.width, picture.height
    raw.ColorSpace, raw.BitsPerComponent = Name.DeviceGray, 8
    pdf.pages[0].Resources.XObject = Dictionary(Im=pdf.make_indirect(raw))


def scanned(*, blackened: bool = False) -> bytes:
    """A scanned page with its text recognised behind it; `blackened`: a box in the picture."""
    pdf = new("q 400 0 0 400 0 0 cm /Im Do Q\n" + words(SECRET, how="3 Tr"))
    picture = Image.effect_noise((200, 200), 60).point(lambda value: 130 + value // 3)
    if blackened:
        picture.paste(0, (0, 30, 200, 70))
    _scan(pdf, picture)
    return stored(pdf)


def blackened_scan() -> bytes:
    return scanned(blackened=True)


def comment() -> bytes:
    pdf = new(words(SEEN))
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.Text, Rect=[10, 10, 30, 30], Contents=String(SECRET)
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(note)])
    return stored(pdf)


def link() -> bytes:
    """Nothing hidden: a link to an address, and one within the document."""
    pdf = new(words(SEEN))
    web = Dictionary(S=Name.URI, URI=String("https://www.example.cn/"))
    to_web = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[50, 290, 150, 320], A=web)
    pdf.pages[0].Annots = Array([pdf.make_indirect(to_web)])
    return stored(pdf)


def attached() -> bytes:
    pdf = new(words(SEEN))
    pdf.attachments["secret.txt"] = SECRET.encode()
    return stored(pdf)


def script() -> bytes:
    pdf = new(words(SEEN))
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    return stored(pdf)


def launch() -> bytes:
    pdf = new(words(SEEN))
    action = Dictionary(S=Name.Launch, F=String("calc.exe"))
    one = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].Annots = Array([pdf.make_indirect(one)])
    return stored(pdf)


def form() -> bytes:
    pdf = new(words(SEEN, 350))
    font = pdf.pages[0].Resources.Font.F1
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("name"),
            V=String("Filled in"),
            Rect=[50, 290, 250, 320],
            DA=String("/F1 12 Tf 0 g"),
            P=pdf.pages[0].obj,
            F=4,
        )
    )
    pdf.pages[0].Annots = Array([field])
    pdf.Root.AcroForm = Dictionary(
        Fields=Array([field]),
        NeedAppearances=True,
        DA=String("/F1 12 Tf 0 g"),
        DR=Dictionary(Font=Dictionary(F1=font)),
    )
    pdf.generate_appearance_streams()
    return stored(pdf)


def layer_off() -> bytes:
    pdf = new("")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("draft")))
    pdf.Root.OCProperties = Dictionary(
        OCGs=Array([layer]), D=Dictionary(OFF=Array([layer]), Order=Array([layer]))
    )
    page = pdf.pages[0]
    page.Resources.Properties = Dictionary(L1=layer)
    page.Contents = pdf.make_stream(
        (words(SEEN) + f"/OC /L1 BDC\n{words(SECRET, 200)}0 g 10 10 9 9 re f\nEMC\n").encode()
    )
    return stored(pdf)


def earlier_revision() -> bytes:
    """The page was written anew behind the first state of the file."""
    first = stored(new(words(SECRET)), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    with pikepdf.open(io.BytesIO(first)) as pdf:
        number = pdf.pages[0].Contents.objgen[0]
        root, size = pdf.Root.objgen[0], len(pdf.objects) + 1
    start = int(first.rpartition(b"startxref")[2].split()[0])
    content = words(SEEN).encode()
    added = f"{number} 0 obj\n<</Length {len(content)}>>\nstream\n".encode() + content
    at = len(first)
    body = first + added + b"\nendstream\nendobj\n"
    table = f"xref\n{number} 1\n{at:010d} 00000 n \ntrailer\n".encode()
    trailer = f"<</Size {size} /Root {root} 0 R /Prev {start}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + table + trailer.encode()


def trailing() -> bytes:
    return clean() + SECRET.encode()


def properties() -> bytes:
    pdf = new(words(SEEN))
    pdf.docinfo["/Author"] = "Zhang San"
    with pdf.open_metadata(set_pikepdf_as_editor=False) as data:
        data["dc:creator"] = ["Zhang San"]
    return stored(pdf)


def picture_with_place() -> bytes:
    from tests.disclosure.files.picture_files import jpeg_place

    pdf = new(words(SEEN) + "q 50 0 0 50 50 50 cm /Im Do Q\n")
    raw = Stream(pdf, jpeg_place())
    raw.Type, raw.Subtype, raw.Filter = Name.XObject, Name.Image, Name.DCTDecode
    raw.Width, raw.Height, raw.ColorSpace, raw.BitsPerComponent = 16, 8, Name.DeviceRGB, 8
    pdf.pages[0].Resources.XObject = Dictionary(Im=pdf.make_indirect(raw))
    return stored(pdf)


def restricted() -> bytes:
    """Anyone may read it; printing and copying are forbidden."""
    allowed = pikepdf.Permissions(extract=False, print_highres=False)
    return stored(
        new(words(SEEN)), encryption=pikepdf.Encryption(owner="o", user="", allow=allowed)
    )


def encrypted() -> bytes:
    return stored(new(words(SEEN)), encryption=pikepdf.Encryption(owner="o", user="u"))


def broken() -> bytes:
    return b"%PDF-1.7\n" + b"nothing of a document " * 20


@functools.cache
def ten_thousand_pages() -> bytes:
    """All with the same content."""
    pdf = new(words(SEEN))
    page = pdf.pages[0].obj
    kids = [pdf.make_indirect(Dictionary(page)) for _number in range(10_000)]
    pdf.Root.Pages.Kids, pdf.Root.Pages.Count = Array(kids), 10_000
    return stored(pdf)


def stream_bomb() -> bytes:
    """A page's content that unpacks to a gigabyte of operators."""
    import zlib

    pdf = new("")
    packer = zlib.compressobj(9)
    piece = b"0 0 1 1 re f\n" * 80_000
    raw = b"".join(packer.compress(piece) for _round in range(1000)) + packer.flush()
    page = pdf.pages[0]
    page.Contents = Stream(pdf, raw)
    page.Contents.Filter = Name.FlateDecode
    return stored(pdf)
