"""S5: placeholders and words of another body are found, ordinary words are left alone."""

from dataclasses import replace

import pytest

import reports
from nianbao.checks.wording.leftovers import nothing_is_left_over
from nianbao.findings import Severity
from nianbao.form import load_edition

RULE = load_edition("2021").rule["S5"]
DEPARTMENT = {"name": "示例县教育局", "level": "department", "county": "示例县"}
DISTRICT = {"name": "示例区民政局", "level": "department", "county": "示例区"}


def found(words, text="overview", **body):
    base = reports.zero()
    report = replace(base, texts={text: words}, body={**base.body, **body})
    return nothing_is_left_over(RULE, reports.reading(report))


LEFT_OVER = [
    "本报告电子版可从（具体网址）下载。",
    "（文字描述，收取信息处理费情况在此处报告。）",
    "全年发布信息XX条。",
    "全年发布信息××条，其中解读类××条。",
    "全年发布信息xxx条。",
    "全年发布信息ＸＸ条。",
    "X镇高度重视政务公开工作。",
    "截至X月X日，网站运行正常。",
    "全年收到申请×件。",
    "某镇高度重视政务公开工作。",
    "某局每季度自查一次。",
    "某街道落实三审制度。",
    "某某镇落实三审制度。",
    "某某单位落实三审制度。",
    "某某县统一部署。",
    "由{{ 单位名称 }}负责。",
    "由{单位名称}负责。",
    "由【】负责编制。",
    "由【填写单位全称】负责编制。",
    "全年发布____条。",
    "全年发布＿＿条。",
    "全年发布（  ）条。",
    "全年发布信息（）条。",
    "此处填写主动公开情况。",
    "请在此插入统计图。",
    "点击此处输入文字",
    "全年培训情况待补充。",
    "发布信息&nbsp;30条。",
    "第一段。<br/>第二段。",
    "更新栏目？？？个。",
    "共公开政府信息_条。",
    "示例县人民政府：",
    "区政府：",
]

ORDINARY = [
    "某些栏目更新不够及时。",
    "某一栏目更新不够及时。",
    "某种意义上，公开就是服务。",
    "某个村的公开栏破损，已经更换。",
    "某项工作完成后及时公开。",
    "某市民来电咨询，当场答复。",
    "某村民反映公示栏过高，已经降低。",
    "某区域内的征地信息全部公开。",
    "某部门未及时更新的，予以通报。",
    "网站信息公开专栏网址为www.example.gov.cn/xxgk/index.html。",
    "专栏地址http://xxgk.example.gov.cn/xx/。",
    "开通7×24小时热线。",
    "制作展板3×5米。",
    "落实“三审三校”制度。",
    "公开栏旁设X光机读数说明。",
    "建立A、B岗制度。",
    "有待补充的内容已经补充完整。",
    "政策解读亟待补充图文形式。",
    "发布《关于印发〈办法〉的通知》。",
    "增长<5%的项目也予以公开。",
    "群众问：为什么不公开？我们答：已经公开。",
    "全年发布信息30条（其中图解2条）。",
    "湖镇镇人民政府网站运行正常。",
    "受理点设在综合楼（一楼）。",
    "公开标准化规范化建设纳入考核（占5分）。",
    "【政策问答】栏目发布12期。",
    "2025年，我镇按照示例县人民政府：公开为常态的要求抓落实。",
    "网址xxgk_2025可以查阅。",
]

FOREIGN = [
    ("我县将政务公开纳入对各股室的考核，全年通报2次。", {"county": "示例县"}),
    ("2025年全县共收到政府信息公开申请6件。", {"county": "示例县"}),
    ("2025年，望川市各级行政机关新收申请204件。", {"name": "临江市人民政府", "level": "higher"}),
    ("一是望川市各级行政机关新收申请204件。", {"name": "临江市人民政府", "level": "higher"}),
    ("望川市共收到政府信息公开申请30件。", {"name": "临江市人民政府办公室", "level": "higher"}),
    ("我局高度重视政务公开工作。", {}),
    ("本局全年发布信息30条。", {}),
    ("我委全年发布信息30条。", {}),
    ("2025年，我市主动公开政府信息3万条。", {}),
    ("我省各级各部门认真落实。", {}),
    ("全省共发布信息30万条。", {}),
    ("今年以来，我区高度重视公开工作。", {}),
    ("2025年，岩坪镇人民政府发布信息30条。", {}),
    ("岩坪乡人民政府认真落实公开要求。", {}),
    ("我镇全年发布信息30条。", DEPARTMENT),
    ("我乡全年发布信息30条。", DEPARTMENT),
    ("我委全年发布信息30条。", DEPARTMENT),
    ("我街道全年发布信息30条。", {}),
    ("我乡全年发布信息30条。", {}),
    ("我镇全年发布信息30条。", {"name": "示例乡人民政府"}),
    ("我镇全年发布信息30条。", {"name": "示例街道办事处", "level": "street"}),
    ("全省共发布信息30万条。", {"county": ""}),
    ("围绕我县重点工作公开信息30条。", DISTRICT),
    ("我县政务公开工作稳步推进。", {"name": "示例市司法局", "level": "department", "county": "示例市"}),
    ("我县政务公开工作稳步推进。", {"county": "示例区"}),
    ("2025年，我区高度重视公开工作。", DEPARTMENT),
    ("2025年，我市共收到申请30件。", DEPARTMENT),
    ("全市共收到申请30件。", DEPARTMENT),
    ("2025年，示例乡在县政府网站发布信息30条。", {}),
    ("示例街道党政办负责。", {}),
    ("2025年，示例镇发布信息30条。", {"name": "示例乡人民政府"}),
    ("2025年，示例县水务局认真落实条例。", DEPARTMENT),
    ("2025年，示例县人民政府办公室认真落实上级部署。", {}),
    ("受理公民向市政府及市政府办公室提出的政府信息公开申请5件。", {}),
    ("制度印发后在岩坪镇信息公开网站公开。", {}),
    ("围绕市场监管工作深化公开内容。", {}),
    ("全县各级各部门公开信息30条。", DISTRICT),
    ("本县公开信息30条。", DISTRICT),
    ("2025年，我省认真落实要求。", {"name": "沧澜县人民政府", "level": "county", "county": ""}),
    ("全市主动公开信息30条。", {"name": "沧澜县人民政府", "level": "county", "county": ""}),
    ("2025年示例县水务局认真贯彻条例。", DEPARTMENT),
    ("2025年，岩坪镇认真落实公开要求。", {}),
    ("今年以来，示列镇共发布信息30条。", {}),
    ("2025年，岩坪街道在区政府网站发布信息30条。", {"name": "示例街道办事处", "level": "street"}),
    ("2025年，雁岭县共收到申请30件。", {"name": "沧澜县人民政府", "level": "county", "county": ""}),
    ("2025年，雁岭县人民政府认真落实要求。", {"name": "沧澜县人民政府办公室", "level": "county_office"}),
]

OWN = [
    ("我镇高度重视政务公开工作。", {}),
    ("我县政务公开工作全县考核中，我镇位列第三。", {}),
    ("按照我市统一部署，我镇开展了自查。", {}),
    ("落实我省政务公开要点。", {}),
    ("获评全省政务公开先进单位。", {}),
    ("在全市率先建成公开专区。", {}),
    ("全市共有17个县区参加评比。", {}),
    ("全省统一平台已经上线。", {}),
    ("我市场监管所公开办事指南。", {}),
    ("原岩坪镇人民政府的历史信息已经移交。", {}),
    ("2025年，我市主动公开信息30条。", {"county": "示例市"}),
    ("我区高度重视公开工作。", {"county": "示例区"}),
    ("县财政局、县教育局联合我镇开展培训。", {}),
    ("我委托第三方开展测评。", {}),
    ("使我局部调整栏目设置。", {}),
    ("基本局面稳定。", {}),
    ("自我校验机制运行正常。", {}),
    ("县人民政府办公室每季度通报。", {}),
    ("示例镇人民政府2025年发布信息30条。", {}),
    ("示例县示例镇人民政府认真落实公开要求。", {}),
    ("与岩坪镇人民政府联合开展培训。", {}),
    ("各乡镇人民政府均已设立专区。", {}),
    ("我镇人民政府网站运行正常。", {}),
    ("全县17个乡镇人民政府统一标准。", {}),
    ("湖镇镇人民政府认真落实公开要求。", {"name": "湖镇镇人民政府"}),
    ("武平县永平镇人民政府认真落实公开要求。", {"name": "福建省龙岩市武平县永平镇人民政府"}),
    ("我局全年发布信息30条。", DEPARTMENT),
    ("指导各乡镇公开，全县乡镇人民政府均已达标。", DEPARTMENT),
    ("我委全年发布信息30条。", {"name": "示例工业园区管理委员会", "level": "town"}),
    ("我乡村振兴信息公开及时。", {"name": "示例乡人民政府"}),
    ("我乡全年发布信息30条。", {"name": "示例乡人民政府"}),
    ("本乡本土的事，群众最关心。", {}),
    ("按照我县统一部署公开信息30条。", DEPARTMENT),
    ("我旗高度重视公开工作。", {"name": "示例旗民政局", "level": "department", "county": "示例旗"}),
    ("我区高度重视公开工作。", DISTRICT),
    ("我区高度重视公开工作。", {"name": "示例自治县民政局", "level": "department", "county": "示例自治县"}),
    ("我市认真落实自治区要求，我区各地都有专栏。", {"name": "示例市民政局", "level": "department", "county": "示例市"}),
    ("落实我省、我市部署，在全市率先公开。", DEPARTMENT),
    ("向全市发布信息30条。", DEPARTMENT),
    ("全县共收到申请30件。", DEPARTMENT),
    ("原示例乡的档案、示例乡村振兴的信息都已公开，“示例乡音”推送50期。", {}),
    ("与示例乡联合开展培训。", {}),
    ("示例县水务局公开信息30条，县财政局、县教育局报送信息。", DEPARTMENT),
    ("示例县教育局认真落实条例，县水务局联合我局培训。", DEPARTMENT),
    ("市水务局通报表扬。", DEPARTMENT),
    ("示例镇街道两旁设公开栏。", {}),
    ("示例县人民政府网站公开信息30条。", {}),
    ("省政府办公厅在全省发布通报，全市政务公开工作会议在我县召开。", {"name": "沧澜县人民政府", "level": "county"}),
    ("示例区财政局、示例区教育局等部门联合印发文件，区财政局认真审核我局预算。", DISTRICT),
    ("2025年，示例镇认真落实要求。各镇认真落实要求。街道对照要求自查。乡镇按照要求公开。", {}),
    ("东山街道在区政府网站公开。", {"name": "荣成市人民政府东山街道办事处", "level": "street"}),
    ("2025年，我乡镇村两级共发布信息30条。集镇按照规划公开。", {"name": "示例乡人民政府"}),
    (
        "2025年，沧澜县共收到申请30件。全县共收到30件。开发区共收到2件。景区全年公开。",
        {"name": "沧澜县人民政府", "level": "county", "county": ""},
    ),
    ("2025年，城区共设公示栏30个，高新区认真落实要求。", {"name": "示例区人民政府", "level": "county", "county": ""}),
    ("全市主动公开信息30条，我市认真落实。", {"name": "霖州市人民政府", "level": "county", "county": ""}),
    (
        "全区共收到申请30件，我市认真落实要求，基本县情公开。",
        {"name": "示例区人民政府", "level": "higher", "county": ""},
    ),
    ("2025年，示例县人民政府办公室认真落实上级部署。", {"name": "示例县人民政府办公室", "level": "county_office"}),
    ("在各村镇公开栏、乡镇网站和示例镇公众号公开。", {}),
    ("通过县政府网站、集镇公示栏公开。", {}),
    ("东山街道认真落实条例，请与东山街道办事处联系。", {"name": "示例市人民政府东山街道办事处", "level": "street"}),
    ("公开市场监管、自然资源、税收政策信息30条。", {}),
    ("围绕市场监管工作深化公开内容。", {"name": "示例县市场监督管理局", "level": "department"}),
    ("主动公开街道2025年财政预算。", {"name": "示例区柳溪街道办事处", "level": "street", "county": "示例区"}),
    ("2025年度禾麓县共收到申请12件。", {"name": "禾麓县", "level": "county", "county": "禾麓县"}),
    ("2025年，禾麓县政府办公室认真落实条例。", {"name": "禾麓县政府办公室", "level": "department", "county": "禾麓县"}),
    ("禾麓区政府坚持依法公开。", {"name": "禾麓区政府", "level": "county", "county": "禾麓区"}),
    (
        "某区政府高度重视公开工作，某市政务公开办组织培训。",
        {"name": "某区人民政府", "level": "county", "county": "某区"},
    ),
    ("我县将政务公开纳入年度考核，我镇位列第三。", {"county": "示例县"}),
    ("全县共收到申请90件，其中我镇2件。", {"county": "示例县"}),
    ("临江市各级行政机关新收申请204件。", {"name": "临江市人民政府", "level": "higher"}),
    ("一是临江市各级行政机关新收申请204件。", {"name": "临江市人民政府", "level": "higher"}),
    ("2025年，望川市获评全省先进，经验在临江市推广。", {"name": "临江市人民政府", "level": "higher"}),
    ("落实《条例》第二十条（3）条款，发布信息（含图解）30条。", {}),
]

ANNOUNCED = [
    ("现将示例镇2025年政府信息公开工作年度报告公布如下。", {}),
    ("现将示例县示例镇人民政府2025年度政府信息公开工作年度报告公布如下。", {}),
    ("现将我镇2025年政府信息公开工作年度报告公布如下。", {}),
    ("现公布2025年政府信息公开工作年度报告。", {}),
    ("现将县教育局2025年政府信息公开年度报告公布如下。", DEPARTMENT),
    ("编制发布示例县教育局2025年度政府信息公开报告。", DEPARTMENT),
    (
        "现将禾麓县2025年政府信息公开工作年度报告公布如下。",
        {"name": "禾麓县人民政府", "level": "county", "county": "禾麓县"},
    ),
    (
        "现将全县2025年政府信息公开工作年度报告公布如下。",
        {"name": "禾麓县人民政府", "level": "county", "county": "禾麓县"},
    ),
]

ANNOUNCED_FOR_ANOTHER = [
    ("现将岩坪镇2025年政府信息公开工作年度报告公布如下。", {}),
    ("现将岩坪乡人民政府2025年度政府信息公开年度报告公布如下。", {}),
    ("现公布示例县水务局2025年政府信息公开工作年度报告。", DEPARTMENT),
    (
        "现将望川县2025年政府信息公开工作年度报告公布如下。",
        {"name": "禾麓县人民政府", "level": "county", "county": "禾麓县"},
    ),
    (
        "现将望川县人民政府2025年政府信息公开工作年度报告公布如下。",
        {"name": "禾麓县人民政府", "level": "county", "county": "禾麓县"},
    ),
]

COMPILED_BY_ITSELF = [
    ("如有疑问，请与示例县教育局办公室联系（地址：岩坪镇中山路1号）。", DEPARTMENT),
    ("如有疑问，请与我镇联系，或与示例镇党政办公室联系。", {}),
    ("由示例县教育局办公室按照《条例》第五十条编制。", DEPARTMENT),
    ("由县教育局根据《条例》编制。", DEPARTMENT),
    ("由局办公室汇总编制。", DEPARTMENT),
    ("由旗医保局根据《条例》编制。", {"name": "示例旗医疗保障局", "level": "department", "county": "示例旗"}),
    ("由县人社局编制。", {"name": "示例县人力资源和社会保障局", "level": "department", "county": "示例县"}),
    ("由市住建局负责编制。", {"name": "示例市住房和城乡建设局", "level": "department", "county": "示例市"}),
    ("由示例生态环境分局编制。", {"name": "临江市生态环境局示例县分局", "level": "department", "county": "示例县"}),
    ("由示例镇人民政府党政综合办公室编制。", {}),
    ("由县政务公开办统一格式，经县司法局审核，由示例县教育局编制。", DEPARTMENT),
    ("由区政府办公室编制。", {"name": "示例区人民政府", "level": "county"}),
]

COMPILED_BY_ANOTHER = [
    ("如有疑问，请与示例县财政局办公室联系。", DEPARTMENT),
    ("如有疑问，请与岩坪镇党政办公室联系。", {}),
    ("本报告由示例县卫生健康局根据《条例》编制。", DEPARTMENT),
    ("由示例区医疗保障局编制。", {"name": "示例区卫生健康局", "level": "department", "county": "示例区"}),
    ("由县住建局负责编写。", DEPARTMENT),
    ("由示例县水务局办公室按照要求起草。", DEPARTMENT),
]


@pytest.mark.parametrize("words", LEFT_OVER)
def test_a_placeholder_is_found(words):
    (one,) = found(words)
    assert one.severity is Severity.EXPLAIN
    assert "没有填写或没有替换" in one.message


@pytest.mark.parametrize("words", ORDINARY)
def test_ordinary_words_are_no_placeholders(words):
    assert found(words, name="湖镇镇人民政府") == []


@pytest.mark.parametrize(("words", "body"), FOREIGN)
def test_words_of_another_body_are_found(words, body):
    assert len(found(words, **body)) == 1


@pytest.mark.parametrize(("words", "body"), OWN)
def test_words_a_body_may_use_are_left_alone(words, body):
    assert found(words, **body) == []


def test_the_introduction_names_no_other_town():
    words = "本报告由岩坪镇人民政府编制。如有疑问，请与岩坪镇人民政府联系。"
    (one,) = found(words, "introduction")
    assert "示例镇人民政府" in one.message
    assert found("本报告由示例县示例镇人民政府编制。", "introduction") == []
    assert found("本报告由示例县教育局编制，统计全县数据。", "introduction", **DEPARTMENT) == []
    assert len(found("本报告由示例县财政局编制。", "introduction", **DEPARTMENT)) == 1


@pytest.mark.parametrize(("words", "body"), COMPILED_BY_ITSELF)
def test_a_body_its_office_and_its_short_forms_may_compile(words, body):
    assert found(words, "introduction", **body) == []


@pytest.mark.parametrize(("words", "body"), COMPILED_BY_ANOTHER)
def test_another_bureau_may_not(words, body):
    (one,) = found(words, "introduction", **body)
    assert "写的是别的单位" in one.message


@pytest.mark.parametrize(("words", "body"), ANNOUNCED)
def test_the_own_report_may_be_announced(words, body):
    assert found(words, "introduction", **body) == []


@pytest.mark.parametrize(("words", "body"), ANNOUNCED_FOR_ANOTHER)
def test_another_bodys_report_may_not(words, body):
    (one,) = found(words, "introduction", **body)
    assert "写的是别的单位" in one.message


def test_a_letters_salutation_is_left_over():
    (one,) = found("区政府：按照有关规定编制本报告。", "introduction")
    assert "没有替换" in one.message
    assert found("县政府：负责审核。", "introduction") == []


def test_brackets_around_a_figure_filled_in_are_hinted_at():
    (one,) = found("发布信息（236）条，培训（4）次。")
    assert one.severity is Severity.HINT


def test_one_finding_a_text_quotes_the_first_and_counts_them_all():
    (one,) = found("甲类信息XX条。\n乙类信息××条。\n丙类信息xxx条。\n丁类信息___条。\n戊类信息（ ）条。")
    assert "总体情况 第1段" in one.message
    assert "“甲类信息XX条。”" in one.message
    assert "等5处" in one.message
