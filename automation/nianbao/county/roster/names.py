"""Names of bodies as people write them: what makes no difference, the places before a name, what is left. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from nianbao.unicodes import plain_form

_SPACES = re.compile(r"\s+")
BRACKETS = re.compile(r"[（(\[【〔《][^（）()\[\]【】〔〕《》]*[)）\]】〕》]")
SIGNS = re.compile(r"[^\w]|_")
"""What is no part of a name: brackets, dots, dashes."""

KINDS = ("镇", "乡", "街道", "苏木")
"""How names of towns end."""

_PROVINCE = re.compile(r"[一-鿿]{2,7}?(?:自治区|特别行政区|省)")
_CITY = re.compile(r"(?:(?![县区])[一-鿿]){2,8}?(?:自治州|地区|州|盟|市(?!政(?!府)|[场容域监]))")
_COUNTY = re.compile(
    r"[一-鿿]{1,9}?(?:自治县|自治旗|县(?:区|市(?!政(?!府)|[场容域监]))?|旗|区|(?<=[一-鿿]{2})市(?!政(?!府)|[场容域监]))"
)
_NO_PLACE = re.compile(
    r".*(?:开发区|社区|园区|景区|小区|库区|林区|矿区|保税区|合作区|示范区|城市|都市|[全本我各外该某][县市区])"
)
_NO_REST = re.compile(r"(?:镇|乡|街道|街办|管委会|管理委员会|级).*|")
_GOVERNMENT = re.compile(r"(?:人民)?政府")
_OFFICE = re.compile(r"[县区市旗]?(?:人民)?(?:政府|府)办(?:公室|公厅)?")
_STREET = re.compile(r"(?:街道办事处|街道办|街办|街道)$")
_END = re.compile(r"(?:人民政府|政府|本级|机关)$")
_ABOVE = re.compile(r"^(?:[县区旗]|市(?![场政容域监]))(?=[一-鿿]{2,})")
_KIND = re.compile(f"(?:{'|'.join(KINDS)})$")
_SHORTEST = 2


@dataclass(frozen=True)
class NameParts:
    """A name taken apart: places as written before it ('' where none is), and the bare name.

    The bare name has no brackets, signs, places, 人民政府 or 办事处: 永平镇, 东街街道, 教育局, 政府办, 云岭县.
    """

    province: str
    city: str
    county: str
    bare: str


def fold(text: str) -> str:
    """Return a name without what makes no difference: widths, spaces, brackets' shapes, signs nobody sees."""
    seen = "".join(c for c in plain_form(text) if unicodedata.category(c) not in ("Cc", "Cf"))
    return _SPACES.sub("", seen).casefold()


@lru_cache(maxsize=20_000)
def parts(name: str) -> NameParts:
    """Take a name apart."""
    folded = fold(name)
    rest = SIGNS.sub("", BRACKETS.sub("", folded)) or SIGNS.sub("", folded)
    province, rest = _place(_PROVINCE, rest)
    city, rest = _place(_CITY, rest)
    county, rest = _place(_COUNTY, rest)
    if city and not county and city.endswith("市"):
        county, city = city, ""  # a city alone may be one of county level
    return NameParts(province, city, county, _bare(rest) or county or city or province)


def bare(name: str) -> str:
    """Return a name without places, signs, brackets and official ends."""
    return parts(name).bare


def stem(name: str) -> str:
    """Return the part of a bare name that is only its own: 永平 of 永平镇; the whole of any other."""
    own = _KIND.sub("", bare(name))
    return own if len(own) >= _SHORTEST else bare(name)


def same_place(one: str, other: str) -> bool:
    """Tell whether two counties can be one: 云岭县, 福建省云岭县, 云岭; a blank one may be any."""
    a, b = bare(one), bare(other)
    return not a or not b or a == b or a == _short(b) or _short(a) == b


def _short(place: str) -> str:
    return re.sub(r"(?:自治县|自治旗|[县区市旗])$", "", place) if len(place) > _SHORTEST else place


def _place(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """Return the place a name begins with and the rest; a name of which nothing of its own is left begins with none."""
    match = pattern.match(text)
    if match is None or _NO_PLACE.fullmatch(match[0]) or _NO_REST.fullmatch(text[match.end() :]):
        return "", text
    return match[0], text[match.end() :]


def _bare(rest: str) -> str:
    if _OFFICE.fullmatch(rest):
        return "政府办"
    if _GOVERNMENT.fullmatch(rest):
        return ""
    found = _STREET.sub("街道", rest)
    shorter = _END.sub("", found)
    found = shorter if len(shorter) >= _SHORTEST else found
    return _ABOVE.sub("", found)
