"""Elements that may stand in or around text, as text of XML."""
# ruff: noqa: E501 - an element is a line

from __future__ import annotations

from collections.abc import Sequence

IN_RUN: Sequence[str] = (
    "<w:softHyphen/>", "<w:noBreakHyphen/>", "<w:br/>", "<w:cr/>", "<w:tab/>", '<w:ptab w:alignment="right"/>', "<w:pgNum/>", "<w:dayShort/>", "<w:dayLong/>",
    "<w:monthLong/>", "<w:yearShort/>", '<w:sym w:font="Wingdings" w:char="F031"/>', "<w:annotationRef/>", '<w:footnoteReference w:id="1"/>', '<w:endnoteReference w:id="1"/>',
    "<w:drawing/>", "<w:pict/>", "<w:object/>", "<w:txbxContent><w:p><w:r><w:t>8</w:t></w:r></w:p></w:txbxContent>", "<w:delText>8</w:delText>", "<w:instrText>PAGE</w:instrText>",
    '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="separate"/>', '<w:fldChar w:fldCharType="end"/>', "<w:lastRenderedPageBreak/>", "<w:separator/>",
    "<w:rt><w:r><w:t>8</w:t></w:r></w:rt>", "<w:ruby><w:rt><w:r><w:t>8</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>8</w:t></w:r></w:rubyBase></w:ruby>", "<x:t>8</x:t>", "<x:a><x:t>8</x:t></x:a>", "<w:t/>",
    "<w:contentPart><w:t>8</w:t></w:contentPart>", "<w:unknown><w:t>8</w:t></w:unknown>", "<w:unknown/>", "<!-- c -->", "<?c d?>", "<m:oMath><m:r><m:t>8</m:t></m:r></m:oMath>",
    '<mc:AlternateContent><mc:Choice Requires="x"><w:t>8</w:t></mc:Choice><mc:Fallback/></mc:AlternateContent>', "<w:rPr><w:vanish/></w:rPr>", "<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r>",
)  # fmt: skip
"""What may be put into a run."""

IN_PARAGRAPH: Sequence[str] = (
    '<w:bookmarkStart w:id="7" w:name="a"/>', '<w:bookmarkEnd w:id="7"/>', '<w:proofErr w:type="spellStart"/>', "<w:subDoc/>", "<w:t>8</w:t>", "<m:oMath><m:r><m:t>8</m:t></m:r></m:oMath>",
    "<m:oMathPara><m:t>8</m:t></m:oMathPara>", "<w:p><w:r><w:t>8</w:t></w:r></w:p>", "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>8</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", "<w:rt><w:t>8</w:t></w:rt>",
    '<w:r><w:rPr><w:vanish/></w:rPr><w:t>8</w:t></w:r>', '<w:r><w:rPr><w:rStyle w:val="Drawn0"/></w:rPr><w:t>8</w:t></w:r>', "<w:pgNum/>", "<x:t>8</x:t>", '<w:commentRangeStart w:id="1"/>', "<w:pPr><w:bidi/></w:pPr>",
)  # fmt: skip
"""What may be put into a paragraph."""

AROUND: Sequence[str] = (
    '<w:ins w:id="9"/>', '<w:del w:id="9"/>', '<w:moveTo w:id="9"/>', '<w:moveFrom w:id="9"/>', "<w:hyperlink/>", "<w:smartTag/>", "<w:customXml/>", '<w:fldSimple w:instr=" PAGE "/>',
    '<w:fldSimple w:instr=" MERGEFIELD a "/>', '<w:bdo w:val="rtl"/>', '<w:dir w:val="rtl"/>', '<w:dir w:val="ltr"/>', "<w:sdt><w:sdtContent/></w:sdt>",
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a"/></w:sdtPr><w:sdtContent/></w:sdt>', "<w:sdt><w:sdtPr><w15:dataBinding/></w:sdtPr><w:sdtContent/></w:sdt>",
    '<mc:AlternateContent><mc:Choice Requires="w"/></mc:AlternateContent>', "<mc:AlternateContent><mc:Fallback/></mc:AlternateContent>", "<mc:Choice/>", "<mc:Fallback/>", "<x:Choice/>",
    "<w:r/>", "<w:p/>", "<w:ruby/>", "<w:rubyBase/>", "<w:rt/>", "<w:txbxContent/>", "<w:unknown/>", "<x:unknown/>", "<m:oMath/>", "<w:sdtContent/>", "<w:sdtPr/>", "<w:pPr/>", "<w:drawing/>", "<w:tc/>",
    "<w:tbl><w:tr><w:tc/></w:tr></w:tbl>",
)  # fmt: skip
"""What may be put around runs, paragraphs, cells, rows and tables; its innermost element takes them."""
