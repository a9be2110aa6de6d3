"""What office programs write into a PDF by the clock is taken out without moving a byte."""

from nianbao.publish import pdf_file

MADE = (
    b"%PDF-1.6\n1 0 obj\n<</Length 40>>\nstream\n/CreationDate(D:20200101) inside a stream \nendstream\nendobj\n"
    b"2 0 obj\n<</Type/Metadata/Length 9>>\nstream\n<x:xmpmeta><xmp:CreateDate>2026-11-22T18:13:03Z</xmp:CreateDate>"
    b"</x:xmpmeta>\nendstream\nendobj\n3 0 obj\n<</Lang(en-US)/Title<FEFF>/Producer(LibreOffice 7.4)\n"
    b"/CreationDate(D:20261122180913Z')/ModDate (D:20261122180913Z')>>\nendobj\ntrailer\n"
    b"<</ID [ <9956424E64E83980FDB5CDFEAA650DF1>\n<9956424E64E83980FDB5CDFEAA650DF1> ]\n"
    b"/DocChecksum /B9E1B05F48F25CD74CE07499CC81A0D9\n>>\nstartxref\n97367\n%%EOF\n"
)


def test_moments_are_blanked_and_no_byte_moves():
    settled = pdf_file.settled(MADE, b"a document")
    assert len(settled) == len(MADE)
    assert b"20261122" not in settled
    assert b"2026-11-22" not in settled
    assert settled.index(b"startxref") == MADE.index(b"startxref")


def test_what_stands_inside_a_stream_is_not_touched_but_for_the_metadata():
    assert b"/CreationDate(D:20200101) inside a stream" in pdf_file.settled(MADE, b"")


def test_the_identity_follows_from_the_document_alone():
    later = MADE.replace(b"9956424E", b"00000000").replace(b"180913", b"235959")
    assert pdf_file.settled(MADE, b"a document") == pdf_file.settled(later, b"a document")
    assert pdf_file.settled(MADE, b"a document") != pdf_file.settled(MADE, b"another")


def test_the_text_is_said_to_be_chinese():
    assert b"/Lang(zh-CN)" in pdf_file.settled(MADE, b"")


def test_pdfs_of_one_document_are_the_same_and_a_changed_one_is_not():
    one, other = pdf_file.settled(MADE, b"a document"), pdf_file.settled(MADE, b"another")
    assert pdf_file.same(one, one.replace(b"LibreOffice 7.4", b"LibreOffice 7.5"))
    assert not pdf_file.same(one, other)
    # an editor keeps the first half of the identity and changes the second
    second = one.rindex(b"<", 0, one.index(b"/DocChecksum"))
    assert not pdf_file.same(one, one[: second + 1] + b"0" * 32 + one[second + 33 :])
    assert not pdf_file.same(b"no pdf at all", b"no pdf at all")
