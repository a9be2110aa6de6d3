"""Finding what was delivered: workbooks in a folder, its sub-folders, .zip archives and mails (.eml).

Nothing is unpacked to disk.

Links are not followed, temporary files and our own results are left out, what an archive claims is bounded.
"""

from __future__ import annotations

import os
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nianbao import files, zips
from nianbao.county import mail
from nianbao.county.model import Source, Status, Stray
from nianbao.errors import InputError
from nianbao.oserrors import why
from nianbao.pipeline import OLD_WORKBOOKS, WORKBOOKS, to_resave

STATE = ".nianbao"
"""The folder of a run's journal; a folder that has one holds our results."""

MAX_FILE = 32 * 2**20
MAX_MEMBERS = 2_000
MAX_UNPACKED = 256 * 2**20
MAX_FILES = 20_000

_CURES = {
    **{suffix: to_resave(suffix) for suffix in OLD_WORKBOOKS},
    ".rar": "是 RAR 压缩包，程序不能解压，请解压后放进文件夹，或改用 .zip",
    ".7z": "是 7z 压缩包，程序不能解压，请解压后放进文件夹，或改用 .zip",
}
_KINDS = {
    **dict.fromkeys((".docx", ".doc", ".wps", ".wpt", ".odt", ".rtf", ".pages"), "Word 文档"),
    **dict.fromkeys((".pdf", ".ofd"), "版式文件（PDF、OFD）"),
    **dict.fromkeys((".html", ".htm", ".shtml", ".mht", ".mhtml"), "网页"),
    ".eml": "邮件，里面没有附件",
    ".msg": "邮件，附件没有读取",
    **dict.fromkeys((".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".heic", ".webp"), "图片"),
    **dict.fromkeys((".txt", ".md"), "文本文件"),
    **dict.fromkeys((".csv", ".json"), "数据文件"),
    **dict.fromkeys((".ppt", ".pptx", ".dps"), "演示文稿"),
}
"""What files that can be no forms are, by their ends; any other is named by its end."""
_TOO_LARGE = "压缩包解开后大得不正常，没有读取"
_RESULTS = "是程序以前写结果的文件夹，里面的文件没有读取"
_MOVE_OUT = "里面如有要汇总的填报表，请移到结果文件夹以外"
_UTF8_FLAG = 0x800
_ENCRYPTED_FLAG = 0x1


@dataclass(frozen=True)
class Candidate:
    """A file that may be a workbook: where it is, and which entry of an archive (-1: the file itself)."""

    path: str
    shown: str
    member: str = ""
    index: int = -1

    @property
    def name(self) -> str:
        """The file's own name, as its sender gave it, without folders."""
        return (self.member or self.shown).rpartition("/")[2]

    def source(self, sha256: str = "") -> Source:
        """Return the candidate as the desk shows it."""
        return Source(self.shown, self.member, sha256)


@dataclass(frozen=True)
class Gathered:
    """What a folder holds: workbooks to read in a fixed order, files that can't be taken, files of other kinds.

    `others` counts the files of other kinds in the folders, without those in archives; `other_files` are all of them,
    each with what it is.
    """

    candidates: tuple[Candidate, ...]
    strays: tuple[Stray, ...]
    others: int
    other_files: tuple[tuple[Candidate, str], ...] = ()


def gather(folders: Iterable[Path], leave_out: Iterable[Path] = ()) -> Gathered:
    """Find the workbooks below these folders; `leave_out` are files and folders not to look into.

    A folder of earlier results is not looked into, but named. Raises InputError for a folder that does not exist, is a
    result of ours or is left out as a whole, or has too many files.
    """
    found = _Found()
    skipped = {_real(p) for p in leave_out}
    listed = list(folders)
    for folder in listed:
        _refuse(folder, skipped)
        prefix = f"{folder.name}/" if len(listed) > 1 else ""
        for path, shown in _walk(folder, prefix, skipped):
            found.take(path, shown)
            if len(found.candidates) + found.others > MAX_FILES:
                raise InputError(f"“{folder}”里有超过 {MAX_FILES} 个文件，请只放填报表")
    return Gathered(tuple(found.candidates), tuple(found.strays), found.others, tuple(found.other_files))


def kind_of(suffix: str) -> str:
    """Return what a file with this end is, in words."""
    return _KINDS.get(suffix, f"{suffix} 文件" if suffix else "没有扩展名的文件")


def _refuse(folder: Path, skipped: set[str]) -> None:
    """Raise InputError for a folder that can't be the one of the deliveries."""
    if not folder.is_dir():
        raise InputError(f"找不到文件夹“{folder}”")
    if _real(folder) in skipped:
        raise InputError(f"“{folder}”是放填报表的文件夹，结果不能写在这里面，请换一个结果文件夹")
    if (folder / STATE).is_dir():
        raise InputError(f"“{folder}”是程序写结果的文件夹，请提供放填报表的文件夹")


def _walk(folder: Path, prefix: str, skipped: set[str]) -> Iterator[tuple[Path, str]]:
    """Yield the files and how they are shown; for a folder of earlier results only its STATE."""
    for root, folders, names in os.walk(folder):
        here = Path(root)
        entered = sorted(d for d in folders if _to_enter(here / d, skipped))
        results = [d for d in entered if (here / d / STATE).is_dir()]
        folders[:] = [d for d in entered if d not in results]
        taken = [here / name for name in names if not is_temporary(name) and _real(here / name) not in skipped]
        for path in sorted([*taken, *(here / d / STATE for d in results)]):
            yield path, visible(prefix + path.relative_to(folder).as_posix())


def _to_enter(folder: Path, skipped: set[str]) -> bool:
    if folder.name.startswith(".") or folder.name == "__MACOSX" or folder.is_symlink():
        return False
    return _real(folder) not in skipped


def _real(path: Path) -> str:
    """Return where a path leads; one that leads to itself stays as it is, where Path.resolve raises before 3.13."""
    return os.path.realpath(path)


def is_temporary(name: str) -> bool:
    """Tell whether a file is one that office programs, systems or we ourselves leave behind."""
    lower = name.lower()
    return (
        name.startswith(("~", "."))
        or lower.endswith((".tmp", ".bak", ".part"))
        or lower in ("thumbs.db", "desktop.ini")
    )


def visible(name: str) -> str:
    """Return a name as it may be printed: no control, direction or broken characters."""
    return "".join(c for c in name if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


class _Found:
    """What was found so far, each file laid to its kind."""

    def __init__(self) -> None:
        self.candidates: list[Candidate] = []
        self.strays: list[Stray] = []
        self.other_files: list[tuple[Candidate, str]] = []
        self.others = 0

    def take(self, path: Path, shown: str) -> None:
        """Lay a file of a folder, or what it holds, to its kind."""
        suffix = path.suffix.lower()
        if path.name == STATE:
            where = shown.removesuffix(f"/{STATE}")
            self.strays.append(Stray(Source(where), Status.RECEIVED, _RESULTS, how=_MOVE_OUT))
        elif path.is_symlink():
            self._cannot(Source(shown), "是指向别处的链接，没有读取，请放入文件本身")
        elif not path.is_file():
            self._cannot(Source(shown), "不是普通的文件，没有读取，请放入文件本身")
        elif suffix == ".zip":
            self._look_into(path, shown)
        elif suffix != ".eml" or not self._look_into_mail(path, shown):
            self._sort(Candidate(str(path), shown))

    def _cannot(self, source: Source, note: str) -> None:
        self.strays.append(Stray(source, Status.UNREADABLE, note))

    def _sort(self, one: Candidate, within: str = "") -> None:
        """Lay a file to its kind by its end; `within` is what holds it."""
        suffix = Path(one.name).suffix.lower()
        if suffix in WORKBOOKS:
            self.candidates.append(one)
        elif within and suffix == ".zip":
            self._cannot(one.source(), f"是{within}中的压缩包，没有再解压，请解压后放进文件夹")
        elif suffix in _CURES:
            self._cannot(one.source(), _CURES[suffix])
        else:
            self.others += not within
            self.other_files.append((one, kind_of(suffix)))

    def _look_into(self, path: Path, shown: str) -> None:
        try:
            with path.open("rb") as source, zips.opened(source) as archive:
                entries = archive.infolist()
        except zips.DirectoryTooLargeError:
            self._cannot(Source(shown), _TOO_LARGE)
            return
        except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
            self._cannot(Source(shown), "压缩包已经损坏或没有传完整，打不开，请重新发送")
            return
        large = len(entries) > MAX_MEMBERS or sum(e.file_size for e in entries) > MAX_UNPACKED
        if large or zips.has_bomb(entries):
            self._cannot(Source(shown), _TOO_LARGE)
            return
        for index, entry in enumerate(entries):
            member = _member_name(entry)
            base = member.rpartition("/")[2]
            if zips.is_folder(entry) or is_temporary(base) or "__MACOSX" in member:
                continue
            if Path(base).suffix.lower() in WORKBOOKS and entry.flag_bits & _ENCRYPTED_FLAG:
                self._cannot(Source(shown, member), "压缩包设了密码，程序无法读取，请去掉密码后再报")
            else:
                self._sort(Candidate(str(path), shown, member, index), "压缩包")

    def _look_into_mail(self, path: Path, shown: str) -> bool:
        """Sort the attachments of a mail; tell whether there was anything to tell of."""
        try:
            names = [visible(name) for name, _ in mail.attachments(files.read(path, MAX_FILE))]
        except files.TooLargeError:
            self._cannot(Source(shown), "邮件太大，没有读取，请把附件另存后放进文件夹")
            return True
        except (InputError, OSError) as e:
            self._cannot(Source(shown), str(e) if isinstance(e, InputError) else f"邮件打不开（{why(e)}）")
            return True
        for index, name in enumerate(names):
            if not is_temporary(name):
                self._sort(Candidate(str(path), shown, name, index), "邮件")
        return bool(names)


def _member_name(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name; Windows writes GBK without saying so, some others UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8_FLAG:
        try:
            raw = name.encode("cp437")
        except UnicodeEncodeError:  # from the field for Unicode, which Python 3.12 reads
            return visible(name.replace("\\", "/"))
        for encoding in ("utf-8", "gb18030"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return visible(name.replace("\\", "/"))


def load(candidate: Candidate) -> bytes:
    """Return the bytes of a candidate. Raises InputError when it can't be read or is too large."""
    path = Path(candidate.path)
    name = candidate.name
    try:
        if candidate.index < 0:
            return files.read(path, MAX_FILE)
        if path.suffix.lower() == ".eml":
            return mail.attachments(files.read(path, MAX_FILE))[candidate.index][1]
        with path.open("rb") as source, zips.opened(source) as archive:
            entry = archive.infolist()[candidate.index]
            if entry.file_size > MAX_FILE:
                raise InputError(f"“{name}”太大，不是标准填报表")
            return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, IndexError, ValueError) as e:
        raise InputError(f"“{name}”在压缩包或邮件中已经损坏，读不出来，请重新发送") from e
    except files.TooLargeError as e:
        raise InputError(f"“{name}”太大，不是标准填报表") from e
    except OSError as e:
        raise InputError(f"“{name}”打不开（{why(e)}），请关闭正在使用它的程序后再试") from e
