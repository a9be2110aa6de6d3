"""P1: personal data is found and never repeated in full; codes, landlines and amounts are none."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.applicant_names import is_masked, named_applicants
from nianbao.checks.wording.privacy import no_personal_data
from nianbao.findings import Severity
from nianbao.form import load_edition

RULE = load_edition("2021").rule["P1"]


def found(words, text="overview"):
    return no_personal_data(RULE, reports.reading(replace(reports.zero(), texts={text: words})))


def identity(first17):
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first17 + "10X98765432"[sum(int(d) * w for d, w in zip(first17, weights, strict=True)) % 11]


def card(without_check):
    digits = [int(d) for d in reversed(without_check)]
    total = sum(sum(divmod(2 * d, 10)) if n % 2 == 0 else d for n, d in enumerate(digits))
    return without_check + str(-total % 10)


ID = identity("35082419900307123")
ID_WITH_X = next(i for n in range(100, 999) if (i := identity(f"35082419850612{n}")).endswith("X"))
CARD = card("622202123456789012")
SHORT_CARD = card("621700123456789")

PERSONAL = [
    f"申请材料中的身份证号{ID}已核对。",
    f"身份证编号：{ID}。",
    f"证件号{ID_WITH_X}。",
    f"证件号{ID_WITH_X.lower()}。",
    f"号码为{ID[:6]} {ID[6:14]} {ID[14:]}。",
    "号码为" + "".join(chr(ord("０") + int(d)) if d.isdigit() else "Ｘ" for d in ID) + "。",
    "群众可拨打13912345678咨询。",
    "联系人手机：139 1234 5678。",
    "联系人手机：139-1234-5678。",
    "可致电+8613912345678。",
    "可致电１３９１２３４５６７８。",
    f"退费账号{CARD}已登记。",
    f"退费账号{SHORT_CARD[:4]} {SHORT_CARD[4:8]} {SHORT_CARD[8:12]} {SHORT_CARD[12:]}已登记。",
    "申请人张三提出的申请已答复。",
    "申请人李小明不服答复，申请行政复议。",
    "申请人：王建国，要求公开征地批文。",
    "申请人欧阳明要求公开征地批文。",
    "申请人为陈大文，已按期答复。",
    "复议申请人刘洋向县政府申请复议。",
]

MASKED = [
    "申请人王某某不服答复，申请行政复议。",
    "申请人李某提出的申请已答复。",
    "申请人张××提出的申请已答复。",
    "申请人王先生提出的申请已答复。",
]

NO_PERSONAL_DATA = [
    "申请人：周一提交申请，当天答复",
    "咨询电话0597-4632003，工作日均可拨打。",
    "监督电话05974632003。",
    "拨打12345热线。",
    "邮编364306。",
    "统一社会信用代码113508240038661236。",
    f"统一社会信用代码：{ID}。",
    "统一社会信用代码91350824MA2XXXXX0T。",
    "投资13800000000元。",
    "点击量达13912345678次。",
    "受理编号13912345678。",
    "办件流水号20250307139123456789。",
    f"工单号{CARD}。",
    "闽公网安备35082402000101号。",
    "文号〔2021〕30号，2021年9月26日印发。",
    "号码为350824199003071230。" if ID[-1] != "0" else "号码为350824199003071231。",
    "号码为350824199013321234。",
    f"号码{CARD[:-1]}{(int(CARD[-1]) + 1) % 10}。",
    f"物品编码{CARD}。",
    "投入1391234.5678万元。",
    "申请人陈述意见后，机关依法处理。",
    "申请人何时提出，机关何时登记。",
    "申请人高度认可答复。",
    "申请人向本机关提出申请。",
    "申请人对答复满意。",
    "申请人为自然人的，不收取费用。",
    "申请人为商业企业，共2件。",
    "申请人任何时候都可以查询。",
    "申请人应当提供身份证明。",
    "申请人包括自然人和法人。",
    "申请人于3月提出申请。",
    "申请人许可后，向第三方征求意见。",
    "申请人数量与上年持平。",
    "申请人通过邮寄提出申请。",
    "向申请人邮寄答复书。",
    "申请人逾期不补正的，不再处理。",
    "依申请人要求，提供纸质件。",
    "申请人高校、企业各1件。",
    "被申请人陈塘镇人民政府提交了答复书。",
    "手机验证码双重验证。",
]


@pytest.mark.parametrize("words", PERSONAL)
def test_personal_data_is_an_error_and_is_not_repeated(words):
    (one,) = found(words)
    assert one.severity is Severity.ERROR
    assert all(secret not in one.message for secret in (ID, CARD, "13912345678", "李小明", "张三", "王建国"))


@pytest.mark.parametrize("words", MASKED)
def test_a_masked_applicant_is_only_hinted_at(words):
    (one,) = found(words)
    assert one.severity is Severity.HINT


@pytest.mark.parametrize("words", NO_PERSONAL_DATA)
def test_other_numbers_and_words_are_left_alone(words):
    assert found(words) == []


def test_a_number_is_shown_with_its_first_three_and_last_two_digits():
    (one,) = found("群众可拨打13912345678咨询。")
    assert "手机号码“139******78”" in one.message


def test_each_number_is_told_once():
    assert [f.message.count("身份证号码") for f in found(f"身份证号{ID}。") if f.rule == "P1"] == [2]
    assert len(found(f"身份证号{ID}，手机13912345678，卡号{CARD}。")) == 3


def test_the_contact_block_is_exempt():
    base = reports.zero()
    report = replace(base, body={**base.body, "phone": "13912345678"})
    assert no_personal_data(RULE, reports.reading(report)) == []
    assert found("联系电话：13912345678。", "introduction") == []
    assert len(found("本年度共有13912345678等线索。", "introduction")) == 1


@pytest.mark.parametrize(
    ("number", "personal"), [("13113113113", False), ("13113113112", False), ("13113114112", True)]
)
def test_a_mobile_number_has_at_least_four_different_digits(number, personal):
    assert bool(found(f"群众可拨打{number}咨询。")) is personal


def test_an_identity_number_is_masked_as_long_as_it_is():
    (one,) = found(f"号码为{ID[:6]} {ID[6:14]} {ID[14:]}。")
    assert f"“{ID[:3]}{'*' * 13}{ID[-2:]}”" in one.message
    (one,) = found(f"退费账号{SHORT_CARD[:4]} {SHORT_CARD[4:8]} {SHORT_CARD[8:12]} {SHORT_CARD[12:]}已登记。")
    assert f"“{SHORT_CARD[:3]}{'*' * 11}{SHORT_CARD[-2:]}”" in one.message


@pytest.mark.parametrize(
    ("words", "names"),
    [("申请人高明，要求公开。", ["高明"]), ("申请人高明（甲）已撤回。", ["高明"]), ("申请人高明要求公开。", []),
     ("申请人何故提出申请，不必说明。", []), ("申请人高明华要求公开。", ["高明华"]), ("申请人王华要求公开。", ["王华"]),
     ("申请人：高明", ["高明"]), ("申请人许多，窗口不够。", []), ("依申请人高明，要求。", []),
     ("高明、王华，要求公开。", [])],
)  # fmt: skip
def test_a_surname_that_is_a_word_too_wants_a_clear_sign(words, names):
    assert list(named_applicants(words)) == names


def test_a_name_is_told_once_where_a_sign_marks_it():
    assert list(named_applicants("申请人：王华，申请人张三先生，申请人李四，")) == ["王华", "张三先生", "李四"]


@pytest.mark.parametrize(
    ("name", "masked"),
    [("王某", True), ("王某某", True), ("王××", True), ("李先生", True), ("王华", False), ("某某", False)],
)
def test_a_name_left_out_is_known_by_its_signs(name, masked):
    assert is_masked(name) is masked


@pytest.mark.parametrize(
    ("born", "personal"),
    [("19000101", True), ("20000229", True), ("20991231", True), ("18991231", False),
     ("21000101", False), ("20230229", False)],
)  # fmt: skip
def test_an_identity_number_has_a_date_of_birth(born, personal):
    number = identity(f"350824{born}001")
    assert bool(found(f"申请人身份证号{number}。")) is personal
