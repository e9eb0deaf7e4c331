from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retention_reports.reading.decoding import decode, utf8_of
from retention_reports.reading.letters import MIXED, TWICE, garbled_rows, garbled_words, once_decoded, without_entities
from retention_reports.reading.problems import UnreadableFileError

NAMES = (
    *("Müller", "Jäger", "Weiß", "Größe", "Straße", "Österreich", "Übelacker", "Ärzte", "BÄCKEREI", "KÖLN", "EuroÖl"),
    *("Café", "CAFÉ’S", "René", "Françoise", "Hélène", "Noël", "Zoë", "L’Oréal", "d’Arc", "O\u00b4Neil", "Citroën"),
    *("L'Haÿ", "Œuvre", "Señor", "Peña", "Muñoz", "Ñandú", "São", "SÃO", "Conceição", "João", "Gonçalves"),
    *("Šarić", "Žižek", "Sušić", "Tomáš", "DŽamonja", "Łukasz", "Dvořák", "Győr", "Şahin", "İstanbul", "Öztürk"),
    *("Ångström", "Åse", "Bjørn", "Sørensen", "Ærø", "Þór", "Guðmundsson", "Müller–Lüdenscheidt", "Müller…"),
    *("„Zum Adler“", "“Café”", "»Löwe«", "Café™", "GmbH®", "MÜLLER†", "5€", "m²", "20°C", "n.º", "Αθήνα", "Москва"),
    *("株式会社", "why?because.de", "https://a.de/?id=x", "wer?", "x?y"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "iso-8859-15", "utf-16"])
@pytest.mark.parametrize("together", [False, True])
def test_names_that_are_right_are_never_called_garbled(encoding: str, *, together: bool) -> None:
    known = [name for name in NAMES if _can_be_written(name, encoding)]

    for text in ["\n".join(known)] if together else known:
        data = text.encode(encoding)
        assert garbled_words(data, utf8_of(data), "") is None, text


def test_most_names_can_be_written_in_the_encodings_that_are_tried() -> None:
    assert sum(_can_be_written(name, "cp1252") for name in NAMES) > 50


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp850", "Möhre\nJäger"),
        ("cp850", "Straße\nGröße"),
        ("cp850", "Österreich"),
        ("cp850", "Hélène\nFrançois"),
        ("cp850", "Muñoz"),
        ("cp850", "Café"),
        ("mac_roman", "Müller"),
        ("mac_roman", "Möhre\nJäger & Söhne"),
        ("mac_roman", "Große Straße"),
        ("mac_roman", "Café"),
    ],
)
def test_the_encoding_that_makes_names_of_bytes_is_told_and_reads_them(encoding: str, text: str) -> None:
    data = text.encode(encoding)

    found = garbled_words(data, utf8_of(data), "")

    assert found is not None
    assert f'encoding = "{encoding}"' in str(found.message)
    assert decode(data, encoding) == text
    assert garbled_words(data, utf8_of(data, encoding), encoding) is None


@pytest.mark.parametrize(("encoding", "text"), [("cp850", "id\nMüller"), ("mac_roman", "id\nHélène")])
def test_bytes_that_no_cp1252_has_name_the_encoding_that_has_them(encoding: str, text: str) -> None:
    with pytest.raises(UnreadableFileError, match=f'encoding = "{encoding}"') as caught:
        utf8_of(text.encode(encoding))

    assert caught.value.line == 2


@pytest.mark.parametrize("text", ["Müller", "Größe", "Café – Bar", "„Zitat“", "SÃO", "ÄRZTE", "5 €", "Dvořák"])
def test_letters_that_were_read_twice_are_told_and_read_once(text: str) -> None:
    garbled = "".join(_as_read(byte) for byte in text.encode())
    data = f"id,name\n1,{garbled}\n".encode()

    found = garbled_words(data, utf8_of(data), "")

    assert found is not None
    assert found.line == 2
    assert f'encoding = "{TWICE}"' in str(found.message)
    assert decode(data, TWICE) == f"id,name\n1,{text}\n"
    assert garbled_words(data, utf8_of(data, TWICE), TWICE) is None


@given(st.lists(st.sampled_from([name for name in NAMES if name.isprintable()])))
def test_what_was_read_once_is_left_alone(names: list[str]) -> None:
    assert once_decoded(" ".join(names)) == " ".join(names)


@given(st.lists(st.tuples(st.sampled_from(["Müller", "Jäger", "Größe", "Anna"]), st.booleans()), min_size=1))
def test_lines_of_two_encodings_are_each_read_as_what_they_are(lines: list[tuple[str, bool]]) -> None:
    data = b"".join(f"{name}\r\n".encode("utf-8" if is_utf8 else "cp1252") for name, is_utf8 in lines)

    assert decode(data, MIXED).split("\r\n")[:-1] == [name for name, _ in lines]


def test_a_file_of_two_encodings_is_told_by_the_first_line_that_is_misread() -> None:
    data = b"id,name\n1,Anna\n" + "2,Jäger\n".encode("cp1252") + "3,Müller\n".encode()

    found = garbled_words(data, utf8_of(data), "")

    assert found is not None
    assert found.line == 4
    assert f'encoding = "{MIXED}"' in str(found.message)


def test_a_wrong_declaration_is_told_the_right_one() -> None:
    data = "id,name\n1,Müller\n".encode()

    found = garbled_words(data, utf8_of(data, "cp1252"), "cp1252")

    assert found is not None
    assert 'encoding = "utf-8"' in str(found.message)


@pytest.mark.parametrize("text", ["M\ufffdller", "J?ger", "M\ufffd\ufffdhre", "\ufffdsterreich", "B?cker & S?hne"])
def test_lost_letters_are_told(text: str) -> None:
    data = f"id,name\n1,Anna\n2,{text}\n".encode()

    found = garbled_words(data, utf8_of(data), "")

    assert found is not None
    assert found.line == 3
    assert "lost" in str(found.message)


def test_rows_of_a_spreadsheet_are_looked_at_too() -> None:
    found = garbled_rows([["id", "name"], [1.0, "MÃ¼ller"]], "")

    assert found is not None
    assert found.line == 2
    assert garbled_rows([["id", "name"], [1.0, "Müller"]], "") is None


def _can_be_written(name: str, encoding: str) -> bool:
    try:
        name.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _as_read(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("M&uuml;ller &amp; S&ouml;hne", "Müller & Söhne"),
        ("J&#228;ger;L&#xF6;we", "Jäger;Löwe"),
        ("O&#39;Neil", "O'Neil"),
        ("a &quot;b&quot; &semi; &comma; &lt;c&gt; &nbsp;d", "a &quot;b&quot; &semi; &comma; &lt;c&gt; &nbsp;d"),
        ("A & B; C&A; R&D;", "A & B; C&A; R&D;"),
        ("M=C3=BCller, Stra=c3=9fe", "Müller, Straße"),
        ("Gr%C3%A4fe", "Gräfe"),
        (r"M\u00fcller \u0141uk", "Müller Łuk"),
        (r"a\u002cb\u0022 =2C =C3=28 %C3", r"a\u002cb\u0022 =2C =C3=28 %C3"),
    ],
)
def test_letters_that_were_written_for_a_web_page_are_read_and_signs_of_syntax_stay(written: str, meant: str) -> None:
    assert utf8_of(written.encode()).decode() == meant
    assert utf8_of(written.encode("utf-16")).decode() == meant


@given(st.text(alphabet='ab&;#,\n"xuml0123', max_size=30))
def test_no_row_or_cell_is_made_by_reading_letters(text: str) -> None:
    read = without_entities(text.encode()).decode()

    assert [read.count(sign) for sign in ',\n"'] == [text.count(sign) for sign in ',\n"']


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_the_encoding_of_two_bytes_a_letter_is_named(encoding: str) -> None:
    with pytest.raises(UnreadableFileError, match=encoding):
        decode("customer_id,name\n".encode(encoding))
