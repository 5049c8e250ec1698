#!/usr/bin/env python3
"""Checks the papers with programs that the project did not write.

Contents: cbor2 reads and re-writes the bytes of contents.json, pycddl compares them with content.cddl, b3sum computes
their hash; what RFC 0004 says of numbers and texts is computed here from its text alone.

Pages: `hotich paper preview` sets every paper in every form; qpdf and poppler (pdffonts, pdftotext) judge the file, and
pikepdf (libqpdf) reads its structure for the rules of PDF/A-2a and PDF/UA-1 that structure alone can tell; the sealed papers
of sealed/ too. These are a part of the two standards, not all of them: nothing here looks into the tables of a face, into a
colour profile, or at whether the order of reading makes sense. A full validator (veraPDF) is in no package registry that the
test command uses. What is looked at, by clause:

  ISO 19005-2   6.1.2 head · 6.1.3 trailer · 6.1.7 streams · 6.1.13 limits · 6.2.2 operators · 6.2.3 output intent
                6.2.4.3 device colours · 6.2.5 graphics states · 6.2.8, 6.2.9 pictures and forms · 6.2.10 blend modes
                6.2.11.4, .5, .7, .8 faces, letters and missing glyphs · 6.3.1, 6.3.2, 6.3.3 annotations · 6.4.1, 6.4.2 forms
                6.5.1, 6.5.2 actions · 6.6.2, 6.6.4 metadata · 6.7.2, 6.7.3, 6.7.4 structure, types, language
                6.8 embedded files · 6.9 layers · 6.10, 6.11 presentations and requirements
  ISO 14289-1   5 what it says to be · 7.1 all is tagged or an artifact, no suspects, title shown, types mapped
                7.2 language · 7.3 pictures · 7.4.2 headings · 7.5, 7.6 tables and lists · 7.18.1, 7.18.3 annotations
                7.21 faces

Afterwards every check is itself checked: it has to refuse a copy with one thing spoilt.

Use: check.py [--hotich target/debug/hotich]     exit status 0 = all is right and every spoilt copy was refused
"""

import argparse
import copy
import json
import pathlib
import subprocess
import sys
import tempfile
import unicodedata

import cbor2
import pikepdf
import pycddl
from pikepdf import Array, Dictionary, Name, Operator

HERE = pathlib.Path(__file__).parent
FIELD_ID_MAX = 65_535


class Wrong(Exception):
    """A paper is not what the format says."""


def require(condition, what):
    if not condition:
        raise Wrong(what)


def run(*command):
    done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    require(done.returncode == 0, f"{command[0]}: {(done.stderr or done.stdout).decode(errors='replace').strip()[:200]}")
    return done.stdout


# ---- Contents ---------------------------------------------------------------------------------------------------

GRAMMAR = pycddl.Schema((HERE / "content.cddl").read_text(encoding="utf-8"))


def check_bytes_are_the_one_encoding(case):
    data = bytes.fromhex(case["bytes"])
    require(cbor2.dumps(cbor2.loads(data), canonical=True) == data, "re-encoding gives other bytes")


def check_bytes_fit_the_grammar(case):
    GRAMMAR.validate_cbor(bytes.fromhex(case["bytes"]))


def check_hash_by_b3sum(case):
    with tempfile.NamedTemporaryFile() as file:
        file.write(bytes.fromhex(case["bytes"]))
        file.flush()
        require(run("b3sum", "--no-names", file.name).decode().strip() == case["blake3"], "another BLAKE3")


def check_content_says_what_stands_beside_it(case):
    _, _, _, title, header, number, place, issued_on, fields, notes, signed = cbor2.loads(bytes.fromhex(case["bytes"]))
    require([title, header, notes] == [case["title"], case["header"], case["notes"]], "other lines")
    require([number, place, issued_on, signed] == [case[name] for name in ("number", "place", "issued_on", "signed")], "other texts")
    require(fields == [[number, value] for number, _, value in case["fields"]], "other fields")


def check_fields_stand_once(case):
    ids = [field[0] for field in cbor2.loads(bytes.fromhex(case["bytes"]))[8]]
    require(len(set(ids)) == len(ids) and all(0 <= number <= FIELD_ID_MAX for number in ids), "a field twice")


def check_texts_are_normal(case):
    for text in texts(cbor2.loads(bytes.fromhex(case["bytes"]))):
        require(unicodedata.is_normalized("NFC", text), "text not in NFC")


def check_all_of_it_is_printed_in_order(case):
    """RFC 0004 §2; dates in words stand between the fields."""
    *_, title, header, number, place, issued_on, fields, notes, signed = cbor2.loads(bytes.fromhex(case["bytes"]))
    wanted = [*header, number, day_line(place, issued_on), *title, *(value for _, value in fields), *notes, *signed]
    printed = iter(case["printed"])
    require(all(text in printed for text in wanted if text), "not printed, or in another order")


def day_line(place, issued_on):
    year, month, day = (int(part) for part in issued_on.split("-"))
    line = f"ngày {day:02} tháng {month:02} năm {year}" if month <= 2 else f"ngày {day:02} tháng {month} năm {year}"
    return f"{place}, {line}" if place else line


def texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from texts(item)


def rewritten(change):
    """A vector of which the bytes say something else."""

    def spoil(case):
        content = cbor2.loads(bytes.fromhex(case["bytes"]))
        change(content)
        case["bytes"] = cbor2.dumps(content, canonical=True).hex()

    return spoil


def longer_number(case):
    """The version in two bytes instead of one."""
    require(case["bytes"].startswith("8b02"), "not version 2")
    case["bytes"] = "8b1802" + case["bytes"][4:]


CONTENT_CHECKS = {
    check_bytes_are_the_one_encoding: [longer_number],
    check_bytes_fit_the_grammar: [
        rewritten(lambda content: content.__setitem__(0, 3)),
        rewritten(lambda content: content.__setitem__(1, 19)),
        rewritten(lambda content: content.append("")),
        rewritten(lambda content: content[10].pop()),
    ],
    check_hash_by_b3sum: [rewritten(lambda content: content.__setitem__(6, "Hà Nội"))],
    check_content_says_what_stands_beside_it: [rewritten(lambda content: content[8][0].__setitem__(1, "NGUYỄN VĂN BÌNH"))],
    check_fields_stand_once: [rewritten(lambda content: content[8].append(content[8][0]))],
    check_texts_are_normal: [rewritten(lambda content: content.__setitem__(6, unicodedata.normalize("NFD", "Hà Nội")))],
    check_all_of_it_is_printed_in_order: [
        lambda case: case["printed"].reverse(),
        lambda case: case["printed"].pop(),
    ],
}


def check_contents(cases):
    for case in cases:
        for check, spoilers in CONTENT_CHECKS.items():
            check(case)
            for spoil in spoilers:
                spoilt = copy.deepcopy(case)
                spoil(spoilt)
                require(refuses(check, spoilt), f"{check.__name__} passes a spoilt {case['paper']}")
    print(f"{len(cases)} contents, {len(CONTENT_CHECKS)} checks, and what they have to refuse")


def refuses(check, *what):
    try:
        check(*what)
    except (Wrong, ValueError, KeyError, pikepdf.PdfError, pycddl.ValidationError):
        return True
    return False


# ---- Pages, by whole programs -----------------------------------------------------------------------------------


def check_qpdf_finds_no_fault(path, _case):
    run("qpdf", "--check", "--no-warn", path)
    require(b"WARNING" not in run("qpdf", "--check", path), "qpdf warns")


def check_every_face_is_embedded(path, _case):
    lines = run("pdffonts", path).decode().splitlines()[2:]
    require(lines, "no face at all")
    for line in lines:
        # name … emb sub uni object generation
        embedded, subset, to_unicode = line.split()[-5:-2]
        require((embedded, subset, to_unicode) == ("yes", "yes", "yes"), f"face {line.split()[0]}")


def check_text_is_the_content(path, case):
    """All of it, in order, letter by letter; lines break where they like."""
    page = "".join(run("pdftotext", "-raw", "-enc", "UTF-8", path, "-").decode().split())
    at = 0
    for text in case["printed"]:
        wanted = "".join(text.split())
        at = page.find(wanted, at)
        require(at >= 0, f"not on the page: {text}")
        at += len(wanted)


# ---- Pages, by their structure ----------------------------------------------------------------------------------


def objects(pdf):
    """Every dictionary of the file, streams and what lies inside others too."""
    waiting, seen = [item for item in pdf.objects], set()
    while waiting:
        item = waiting.pop()
        if isinstance(item, Array):
            waiting.extend(part for part in item if is_direct(part))
        elif isinstance(item, (Dictionary, pikepdf.Stream)):
            if item.objgen != (0, 0):
                if item.objgen in seen:
                    continue
                seen.add(item.objgen)
            yield item
            waiting.extend(part for _, part in item.items() if is_direct(part))


def is_direct(item):
    return isinstance(item, (Array, Dictionary)) and item.objgen == (0, 0)


def rule_header(pdf, data):
    require(data.startswith(b"%PDF-1.7\n"), "not PDF 1.7")
    comment = data.split(b"\n", 2)[1]
    require(comment.startswith(b"%") and sum(byte > 127 for byte in comment) >= 4, "no comment of high bytes")


def rule_one_revision(pdf, data):
    require(data.count(b"%%EOF") == 1 and data.rstrip().endswith(b"%%EOF"), "more than one revision")


def rule_identity_and_no_secret(pdf, _data):
    require(len(pdf.trailer.get("/ID", [])) == 2 and not pdf.is_encrypted, "no identity, or encrypted")


def rule_says_what_it_is(pdf, _data):
    require(pdf.Root.get("/Metadata") is not None and "/Filter" not in pdf.Root.Metadata, "metadata that is not plain")
    meta = pdf.open_metadata()
    said = [meta.get(name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")]
    require(said == ["2", "A", "1"], f"says to be {said}")
    require(bool(meta.get("dc:title")) and meta.get("xmp:CreateDate"), "no title or date")


def rule_is_tagged(pdf, _data):
    root = pdf.Root
    require(root.get("/MarkInfo", {}).get("/Marked") is True, "not marked")
    require("/StructTreeRoot" in root and str(root.get("/Lang", "")).startswith("vi"), "no structure or language")
    require(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is True, "title not shown")


def rule_does_nothing(pdf, _data):
    for name in ("/OpenAction", "/AA", "/OCProperties", "/Requirements", "/NeedsRendering"):
        require(name not in pdf.Root, name)
    names = pdf.Root.get("/Names", {})
    require("/JavaScript" not in names and "/EmbeddedFiles" not in names, "scripts or files inside")
    for item in objects(pdf):
        require(item.get("/S") not in (Name.JavaScript, Name.Launch, Name.Movie, Name.Sound, Name.ImportData), "an action")


def rule_colours_are_told(pdf, _data):
    intents = [intent for intent in pdf.Root.get("/OutputIntents", []) if intent.get("/S") == Name.GTS_PDFA1]
    require(len(intents) == 1 and "/DestOutputProfile" in intents[0], "no output intent")
    require(int(intents[0].DestOutputProfile.N) in (1, 3, 4), "a profile of no known colours")


def rule_faces_are_whole(pdf, _data):
    found = 0
    for font in objects(pdf):
        if font.get("/Type") != Name.Font or font.get("/Subtype") in (Name.CIDFontType0, Name.CIDFontType2):
            continue
        found += 1
        require("/ToUnicode" in font, "letters are not told")
        below = font.DescendantFonts[0] if font.get("/Subtype") == Name.Type0 else font
        descriptor = below.get("/FontDescriptor", {})
        require(any(name in descriptor for name in ("/FontFile", "/FontFile2", "/FontFile3")), "not embedded")
        require(below.get("/Subtype") != Name.CIDFontType2 or "/CIDToGIDMap" in below, "no map to glyphs")
        name = str(descriptor.FontName).lstrip("/")
        require(name[6:7] == "+" and name[:6].isupper(), "no mark of a subset")
    require(found > 0, "no face")


def rule_streams_are_inside_and_open(pdf, _data):
    for stream in objects(pdf):
        if isinstance(stream, pikepdf.Stream):
            filters = stream.get("/Filter", [])
            filters = [filters] if isinstance(filters, Name) else list(filters)
            require(Name.LZWDecode not in filters and Name.Crypt not in filters, "a filter that is not allowed")
            require("/F" not in stream and stream.get("/Subtype") != Name.PS, "a stream outside, or PostScript")
            require(stream.get("/Interpolate") is not True and "/Alternates" not in stream, "a picture that is guessed at")


def rule_states_are_plain(pdf, _data):
    for state in objects(pdf):
        if state.get("/Type") == Name.ExtGState:
            require("/TR" not in state and "/HTP" not in state, "a transfer function")


def rule_pictures_have_words(pdf, _data):
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    figures = 0
    for element in objects(pdf):
        if "/S" in element and "/P" in element and ("/K" in element or element.get("/Type") == Name.StructElem):
            role = roles.get(str(element.S), element.S)
            if role in (Name.Figure, Name.Formula):
                figures += 1
                require(len(str(element.get("/Alt", ""))) > 0, "a picture without words")
    require(figures == 2, f"{figures} pictures and not the two codes")


def rule_all_that_is_drawn_is_marked(pdf, _data):
    drawing = {"Tj", "TJ", "'", '"', "f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "Do", "sh", "EI", "INLINE IMAGE"}
    for page in pdf.pages:
        depth = 0
        for _, operator in pikepdf.parse_content_stream(page):
            operator = str(operator)
            depth += (operator in ("BDC", "BMC")) - (operator == "EMC")
            require(depth >= 0 and (operator not in drawing or depth > 0), "drawn outside of the structure")
        require(depth == 0 and "/StructParents" in page, "marks that do not close")


def rule_notes_on_the_page_are_printed(pdf, _data):
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            flags = int(note.get("/F", 0))
            require(flags & 4 and not flags & 0b100011, "an annotation that is not printed")
            require(page.get("/Tabs") == Name.S, "annotations in no order")

OPERATORS = set(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S "
    "SC sc SCN scn sh T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
) | {"INLINE IMAGE"}
BLENDS = set(
    "Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue "
    "Saturation Color Luminosity".split()
)
TYPES = set(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD "
    "THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split()
)
# What may stand only in what.
WITHIN = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "THead": {"Table"},
    "TBody": {"Table"},
    "TFoot": {"Table"},
    "LI": {"L"},
    "LBody": {"LI"},
}
STRING_MAX, NAME_MAX, STATES_MAX = 32_767, 127, 28


def drawn(pdf):
    """Every operator of every page, with its operands."""
    for page in pdf.pages:
        for operands, operator in pikepdf.parse_content_stream(page):
            yield page, operands, str(operator)


def elements(pdf):
    """Every element of the structure with its standard type."""
    roles = pdf.Root.StructTreeRoot.get("/RoleMap", {})
    for item in objects(pdf):
        if isinstance(item.get("/S"), Name) and "/P" in item and not isinstance(item, pikepdf.Stream):
            yield item, str(roles.get(str(item.S), item.S)).lstrip("/")


def rule_operators_are_known(pdf, _data):
    for _, _, operator in drawn(pdf):
        require(operator in OPERATORS, f"an operator {operator}")


def rule_colours_fit_the_intent(pdf, _data):
    """A device colour needs an output intent of its kind; grey fits all."""
    of = {"rg": 3, "RG": 3, "k": 4, "K": 4}
    named = {"/DeviceRGB": 3, "/DeviceCMYK": 4}
    intent = int(pdf.Root.OutputIntents[0].DestOutputProfile.N)
    for _, operands, operator in drawn(pdf):
        wanted = of.get(operator) or (operator in ("cs", "CS") and named.get(str(operands[0])))
        require(not wanted or wanted == intent, f"a colour of {wanted} parts")


def rule_blends_are_known(pdf, _data):
    for item in objects(pdf):
        if "/BM" in item:
            require(isinstance(item.BM, Name) and str(item.BM).lstrip("/") in BLENDS, "a blend mode of its own")


def rule_no_glyph_is_missing(pdf, _data):
    for _, operands, operator in drawn(pdf):
        if operator in ("Tj", "TJ"):
            shown = operands[0] if operator == "TJ" else operands
            for text in (bytes(part) for part in shown if isinstance(part, pikepdf.String)):
                glyphs = {text[at : at + 2] for at in range(0, len(text), 2)}
                require(b"\0\0" not in glyphs, "a letter that the face lacks")


def rule_notes_are_of_known_kinds(pdf, _data):
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            require(note.get("/Subtype") in (Name.Widget, Name.Link, Name.Text), "an annotation of another kind")
            require("/AA" not in note and ("/A" not in note or note.Subtype == Name.Link), "an annotation that acts")


def rule_forms_are_still(pdf, _data):
    form = pdf.Root.get("/AcroForm", Dictionary())
    require("/XFA" not in form and form.get("/NeedAppearances") is not True, "a form that draws itself")


def rule_metadata_are_plain(pdf, _data):
    packet = pdf.Root.Metadata.read_bytes()
    head = packet.split(b"?>", 1)[0]
    require(b"<?xpacket" in head and b"bytes=" not in head and b" encoding=" not in head, "a packet in an old form")
    packet.decode("utf-8")


def rule_limits_are_kept(pdf, _data):
    for item in objects(pdf):
        for name, value in item.items():
            require(len(name.encode()) <= NAME_MAX, "a long name")
            require(not isinstance(value, pikepdf.String) or len(bytes(value)) <= STRING_MAX, "a long text")
    depth, of = 0, None
    for page, _, operator in drawn(pdf):
        depth = depth if page == of else 0
        of = page
        depth += (operator == "q") - (operator == "Q")
        require(0 <= depth <= STATES_MAX, "states in states")


def rule_types_are_known(pdf, _data):
    for _, role in elements(pdf):
        require(role in TYPES, f"an element {role}")


def rule_elements_stand_where_they_may(pdf, _data):
    roles = {element.objgen: role for element, role in elements(pdf)}
    for element, role in elements(pdf):
        within = roles.get(element.P.objgen, "nothing")
        require(role not in WITHIN or within in WITHIN[role], f"{role} in {within}")


def rule_headings_go_down_step_by_step(pdf, _data):
    roles = {element.objgen: role for element, role in elements(pdf)}
    last = 0
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        role = roles.get(element.objgen, "")
        if role[:1] == "H" and role[1:].isdigit():
            require(int(role[1:]) <= last + 1, f"{role} after H{last}")
            last = int(role[1:])
        below = element.get("/K", [])
        below = list(below) if isinstance(below, Array) else [below]
        waiting.extend(part for part in reversed(below) if isinstance(part, Dictionary))


def rule_marks_belong_to_the_structure(pdf, _data):
    """Each marked part of a page stands in the tree of parents, and the element there is one."""
    numbers = {}
    waiting = [pdf.Root.StructTreeRoot.ParentTree]
    while waiting:
        node = waiting.pop()
        waiting.extend(node.get("/Kids", []))
        pairs = list(node.get("/Nums", []))
        numbers.update((int(number), parents) for number, parents in zip(pairs[::2], pairs[1::2]))
    for page, operands, operator in drawn(pdf):
        mark = operands[1] if operator == "BDC" else None
        if isinstance(mark, Dictionary) and "/MCID" in mark:
            parents = numbers.get(int(page.StructParents), [])
            place = int(mark.MCID)
            require(place < len(parents) and isinstance(parents[place], Dictionary) and "/S" in parents[place], "a mark of nobody")


def rule_nothing_is_suspect(pdf, _data):
    require(pdf.Root.MarkInfo.get("/Suspects") is not True, "tags that nobody has looked at")


def rule_languages_are_languages(pdf, _data):
    for item in objects(pdf):
        if "/Lang" in item:
            parts = str(item.Lang).split("-")
            require(parts[0].isalpha() and len(parts[0]) in (2, 3) and all(part.isalnum() and len(part) <= 8 for part in parts), "no language")


def replaced(old, new):
    """Other metadata."""
    return lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(old, new))


def without(*path):
    """A member of the catalogue less."""

    def spoil(pdf):
        item = pdf.Root
        for name in path[:-1]:
            item = item[name]
        del item[path[-1]]

    return spoil


def put(name, value):
    return lambda pdf: pdf.Root.__setitem__(name, pdf.make_indirect(value) if isinstance(value, Dictionary) else value)


def first(pdf, fits):
    return next(item for item in objects(pdf) if fits(item))


def bare_face(pdf):
    for item in objects(pdf):
        for name in ("/FontFile2", "/FontFile3"):
            if name in item:
                del item[name]


def untold_letters(pdf):
    del first(pdf, lambda item: "/ToUnicode" in item)["/ToUnicode"]


def outside_stream(pdf):
    stream = pdf.make_stream(b"")
    stream["/F"] = pikepdf.String("elsewhere")
    pdf.Root["/Extra"] = stream


def wordless_picture(pdf):
    del first(pdf, lambda item: "/Alt" in item)["/Alt"]


def unmarked_line(pdf):
    page = pdf.pages[0]
    page.contents_add(b"0 0 10 10 re f\n", prepend=True)


def hidden_note(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], F=2)
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])


def on_the_page(content):
    """Drawn in front of all, as something that repeats on every page."""
    return lambda pdf: pdf.pages[0].contents_add(b"/Artifact BMC\n" + content + b"\nEMC\n", prepend=True)


def missing_glyph(pdf):
    name = next(iter(pdf.pages[0].Resources.Font.keys())).encode()
    on_the_page(b"BT " + name + b" 9 Tf <0000> Tj ET")(pdf)


def moving_note(pdf):
    note = Dictionary(Type=Name.Annot, Subtype=Name.Movie, Rect=[0, 0, 9, 9], F=4)
    pdf.pages[0]["/Annots"] = Array([pdf.make_indirect(note)])


def of_another_type(name, only=None):
    """The first element (of a type) becomes one of another."""

    def spoil(pdf):
        next(element for element, role in elements(pdf) if only in (None, role)).S = Name("/" + name)

    return spoil


def deep_heading(pdf):
    of_another_type("H3", next((role for _, role in elements(pdf) if role == "H1"), "P"))(pdf)


def forgotten_parents(pdf):
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([])))


STRUCTURE_RULES = {
    rule_identity_and_no_secret: [],  # libqpdf gives an identity to whatever it writes: see `spoilt_bytes`
    rule_says_what_it_is: [replaced(b"pdfaid:part>2", b"pdfaid:part>3"), replaced(b"pdfuaid:part>1", b"pdfuaid:part>2"), without("/Metadata")],
    rule_is_tagged: [without("/MarkInfo"), without("/Lang"), without("/StructTreeRoot"), without("/ViewerPreferences")],
    rule_does_nothing: [
        put("/OpenAction", Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))),
        put("/Names", Dictionary(EmbeddedFiles=Dictionary(Names=[]))),
        put("/Extra", Dictionary(S=Name.Launch)),
    ],
    rule_colours_are_told: [without("/OutputIntents")],
    rule_faces_are_whole: [bare_face, untold_letters],
    rule_streams_are_inside_and_open: [outside_stream],
    rule_states_are_plain: [put("/Extra", Dictionary(Type=Name.ExtGState, TR=Name.Identity))],
    rule_pictures_have_words: [wordless_picture],
    rule_all_that_is_drawn_is_marked: [unmarked_line],
    rule_notes_on_the_page_are_printed: [hidden_note],
    rule_operators_are_known: [on_the_page(b"xx")],
    rule_colours_fit_the_intent: [on_the_page(b"0 0 0 1 k"), on_the_page(b"/DeviceCMYK cs")],
    rule_blends_are_known: [put("/Extra", Dictionary(Type=Name.ExtGState, BM=Name.Own))],
    rule_no_glyph_is_missing: [missing_glyph],
    rule_notes_are_of_known_kinds: [moving_note],
    rule_forms_are_still: [put("/AcroForm", Dictionary(NeedAppearances=True)), put("/AcroForm", Dictionary(XFA=pikepdf.String("")))],
    rule_metadata_are_plain: [replaced(b"<?xpacket begin=", b"<?xpacket bytes='9' begin=")],
    rule_limits_are_kept: [put("/Extra", Dictionary(A=pikepdf.String("a" * 40_000))), put("/" + "a" * 130, 1), on_the_page(b"q " * 30 + b"Q " * 30)],
    rule_types_are_known: [of_another_type("Own")],
    rule_elements_stand_where_they_may: [of_another_type("TD", "P"), of_another_type("LI", "P")],
    rule_headings_go_down_step_by_step: [deep_heading],
    rule_marks_belong_to_the_structure: [forgotten_parents, lambda pdf: pdf.pages[0].contents_add(b"/P <</MCID 9999>> BDC EMC\n")],
    rule_nothing_is_suspect: [lambda pdf: pdf.Root.MarkInfo.__setitem__("/Suspects", True)],
    rule_languages_are_languages: [put("/Lang", pikepdf.String("tiếng Việt"))],
}


def rule_of(rule):
    """A rule of structure as a check of a file."""

    def check(path, _case):
        with pikepdf.open(path) as pdf:
            rule(pdf, path.read_bytes())

    check.__name__ = rule.__name__
    return check


def rewrite(path, spoil, folder):
    """A copy that libqpdf writes after something was done to it."""
    spoilt = folder / "spoilt.pdf"
    with pikepdf.open(path) as pdf:
        spoil(pdf)
        pdf.save(spoilt, fix_metadata_version=False)
    return spoilt


def spoilt_bytes(path, folder):
    """By check, copies of a file that it has to refuse."""
    data = path.read_bytes()
    start = data.rindex(b"startxref")
    copies = {
        check_qpdf_finds_no_fault: [data[: len(data) // 2], data[:start] + b"startxref\n7\n%%EOF\n"],
        rule_header: [data.replace(b"%PDF-1.7", b"%PDF-1.4", 1), data.replace(data.split(b"\n", 2)[1], b"%abcd", 1)],
        rule_one_revision: [data + b"\n%%EOF\n", data + b"more"],
        rule_identity_and_no_secret: [data[: data.rindex(b"/ID")] + data[data.rindex(b"/ID") :].replace(b"/ID", b"/IE", 1)],
    }
    for check, spoilt in copies.items():
        for place, content in enumerate(spoilt):
            file = folder / f"bytes-{place}.pdf"
            file.write_bytes(content)
            yield check, file


PROGRAMS = [check_qpdf_finds_no_fault, check_every_face_is_embedded, check_text_is_the_content]
BYTE_RULES = [rule_header, rule_one_revision]


def check_page(path, case, other, folder, everything):
    """One paper; `other` is what another one says."""
    rules = [*BYTE_RULES, *STRUCTURE_RULES]
    for check in [*PROGRAMS, *map(rule_of, rules)]:
        check(path, case)
    if not everything:
        return
    for check, spoilt in spoilt_bytes(path, folder):
        check = check if check in PROGRAMS else rule_of(check)
        require(refuses(check, spoilt, case), f"{check.__name__} passes {spoilt.name}")
    require(refuses(check_text_is_the_content, path, other), "another paper's text passes")
    require(refuses(check_every_face_is_embedded, rewrite(path, bare_face, folder), case), "a face that is not embedded passes")
    unchanged = rewrite(path, lambda pdf: None, folder)
    for rule, spoilers in STRUCTURE_RULES.items():
        rule_of(rule)(unchanged, case)
        for place, spoil in enumerate(spoilers):
            spoilt = rewrite(path, spoil, folder)
            require(refuses(rule_of(rule), spoilt, case), f"{rule.__name__} passes spoilt copy {place}")


def check_pages(cases, hotich):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for place, case in enumerate(cases):
            path = folder / "paper.pdf"
            original = ["--original"] if case["form"] == "original" else []
            run(hotich, "paper", "preview", case["paper"], *original, "--on", case["issued_on"], "--out", path)
            try:
                check_page(path, case, cases[place - 1], folder, everything=place == 0)
            except Wrong as wrong:
                raise Wrong(f"{case['paper']} {case['form']}: {wrong}") from wrong
    print(f"{len(cases)} pages, {len(PROGRAMS) + len(BYTE_RULES) + len(STRUCTURE_RULES)} checks, and what they have to refuse")


def check_sealed():
    """A seal leaves a paper what it was."""
    files = sorted((HERE / "sealed").glob("*.pdf"))
    for path in files:
        for check in [check_qpdf_finds_no_fault, check_every_face_is_embedded, *map(rule_of, [*BYTE_RULES, *STRUCTURE_RULES])]:
            try:
                check(path, None)
            except Wrong as wrong:
                raise Wrong(f"{path.name}: {check.__name__}: {wrong}") from wrong
    print(f"{len(files)} sealed papers")


def main():
    arguments = argparse.ArgumentParser(description="checks the papers with programs that the project did not write")
    arguments.add_argument("--hotich", type=pathlib.Path, default=HERE.parent.parent / "target/debug/hotich")
    arguments = arguments.parse_args()
    cases = json.loads((HERE / "contents.json").read_text(encoding="utf-8"))["contents"]
    try:
        check_contents(cases)
        check_pages(cases, arguments.hotich)
        check_sealed()
    except Wrong as wrong:
        sys.exit(f"check.py: {wrong}")


if __name__ == "__main__":
    main()
