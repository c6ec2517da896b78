import pytest

from parsing.district import generic_district
from parsing.model import EventType
from parsing.roles import actors_of
from tests.parsing.stories import candidate_at, story_of


def actors(kind: str, marked: str, headline: str = "") -> list[str]:
    """The actors of the event told by the clause in 【】."""
    text = marked.replace("【", "").replace("】", "")
    words = marked.partition("【")[2].partition("】")[0]
    story = story_of(text, headline)
    return list(actors_of(story, candidate_at(story, EventType(kind), words), ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日，【我区召开河道治理调度会】。", ["丰台区"]),
        ("【全区养老服务现场会在和义街道召开】。", ["丰台区"]),
        ("【区委书记陈永安主持召开区委常委会会议】。", ["区委常委会"]),
        ("【区长秦海川主持召开第12次区政府常务会议】。", ["区政府"]),
        ("区政协主席郑国安走访企业，【随后在科技园召开座谈会】。", ["郑国安"]),
        ("【在3日的区委常委会会议上】，大家谈了三个问题。", ["区委常委会"]),
        ("【王佐镇西庄店村召开议事会】。", ["王佐镇西庄店村"]),
    ],
)
def test_a_meeting_is_of_the_body_that_meets(text: str, expected: list[str]) -> None:
    assert actors("meeting", text) == expected


def test_a_bare_meeting_is_of_the_body_in_the_headline() -> None:
    text = "3月5日，【会议在区委党校召开】，部署今年工作。"
    assert actors("meeting", text, "区委农村工作会议召开") == ["区委"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【由区文化馆、区图书馆主办的春日诗会在莲花池公园举行】。", ["区文化馆", "区图书馆"]),
        ("【春日诗会在莲花池公园举行】。诗会由区文化馆主办，区图书馆承办。", ["区文化馆"]),
        ("【第三届桃花节在王佐镇开幕】。", []),
        ("【2023年北京市技能大赛决赛在市委党校举行】。", []),
        ("【方庄街道“小课堂”读书活动在芳古园社区举行】。", ["方庄街道"]),
        ("3月5日，方庄街道联合区司法局，【在芳古园社区开展普法讲座】。", ["方庄街道", "区司法局"]),
        ("区卫健委组织区中医医院、丰台医院，【于5月3日开展义诊】。", ["区卫健委", "区中医医院", "丰台医院"]),
    ],
)
def test_an_activity_is_of_whoever_holds_it_and_not_of_its_venue(text: str, expected: list[str]) -> None:
    assert actors("activity", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("日前，【区教委、区财政局联合印发《课后服务办法》】。", ["区教委", "区财政局"]),
        ("区文旅局推进惠民工程，【出台《演艺新空间措施》】。", ["区文旅局"]),
        ("记者从区医保局获悉，【《护理保险细则》6月起施行】。", ["区医保局"]),
        ("丰台区召开企业服务大会。会上，【《丰台区服务企业十条》正式发布】。", ["丰台区"]),
    ],
)
def test_a_document_is_of_the_bodies_that_bring_it_out(text: str, expected: list[str]) -> None:
    assert actors("release", text) == expected


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        ("【区长秦海川会见华大集团董事长路军一行】。", "", ["秦海川", "华大集团"]),
        (
            "【区长秦海川会见林西县委书记白云飞率领的党政代表团】。",
            "秦海川会见林西县党政代表团",
            ["秦海川", "林西县党政代表团"],
        ),
        ("【区长秦海川率丰台区党政代表团赴林西县考察】。", "", ["丰台区党政代表团"]),
        ("【区长秦海川率代表团赴林西县考察】。", "丰台区代表团赴林西县考察", ["丰台区代表团"]),
        ("【韩国水原市友好访问团来我区考察】。", "", ["韩国水原市友好访问团"]),
        ("【区长秦海川赴林西县考察】。", "", ["秦海川"]),
        ("区长秦海川出发了。3月5日，【他领着六个人到林西县转了一天】。", "", ["秦海川"]),
    ],
)
def test_a_visit_is_of_host_and_guest_or_of_the_party(text: str, headline: str, expected: list[str]) -> None:
    assert actors("visit", text, headline) == expected


@pytest.mark.parametrize(
    ("text", "headline", "expected"),
    [
        ("【区委书记陈永安带队检查防汛工作】。", "", ["陈永安"]),
        ("【市委第六巡回指导组组长冯立堂到我区督导】。", "", ["市委第六巡回指导组"]),
        ("【区人大常委会主任高世荣带队检查养老服务】。", "区人大常委会开展执法检查", ["区人大常委会"]),
        ("副区长林秀云带领区教委、区卫健委，【到第一小学检查】。", "", ["区教委", "区卫健委"]),
        ("【区政协组织部分政协委员到方庄开展调研】。", "", ["区政协"]),
        ("【国务院第十督查组到丰台区开展督查】。", "", ["国务院第十督查组"]),
    ],
)
def test_an_inspection_is_of_the_leaders_unless_a_body_is_told(
    text: str, headline: str, expected: list[str]
) -> None:
    assert actors("inspection", text, headline) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【东高地街道万源南里社区和王佐镇南宫村双双入选】。", ["东高地街道万源南里社区", "王佐镇南宫村"]),
        ("【区图书馆被市文旅局评为“十佳书房”】。", ["区图书馆"]),
        ("【由区融媒体中心制作的短视频《一碗茶》获评优秀作品】。", ["区融媒体中心"]),
        ("【方庄街道“红管家”项目获评优秀案例】。", ["方庄街道"]),
        ("方庄街道坚持党建引领，【“方便办”机制入选优秀案例】。", ["方庄街道"]),
        ("【周庄子村村民王建国当选劳动模范】。", ["王建国"]),
        ("【辖区企业云启科技、深蓝视觉等6家企业上榜】。", ["云启科技", "深蓝视觉"]),
        ("会上，【15家企业获颁奖牌】。", ["15家企业"]),
        ("【方庄街道居民许志刚获评好人】。", ["许志刚"]),
        ("【方庄小学学生王浩宇荣获金奖】。", ["王浩宇"]),
        ("【我校学子获一等奖】。", ["我校"]),
        ("方庄街道大力宣传，【“北宫镇的歌”获评优秀案例】。", ["方庄街道"]),
        ("日前，【市总工会授予方庄街道、和义街道“劳动奖状”】。", ["方庄街道", "和义街道"]),
        ("方庄街道传承文化，【《长辛店镇的故事》被评为优秀课程】。", ["方庄街道"]),
        ("【由北河大学课题组梁青等承担创作的短片《小水滴》获评优秀】。", ["北河大学课题组"]),
    ],
)
def test_an_honour_is_of_whoever_receives_it(text: str, expected: list[str]) -> None:
    assert actors("award", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【方庄街道与京快物流、闪达外卖三家企业签署协议】。", ["方庄街道", "京快物流", "闪达外卖"]),
        ("区长秦海川会见韩国水原市友好访问团。【双方签署备忘录】。", ["丰台区", "韩国水原市"]),
        ("区长秦海川赴云南省怒江州考察。期间，【两地签署协作协议】。", ["丰台区", "怒江州"]),
        ("丰台区举办推介会，【9个项目现场签约】。", ["丰台区"]),
        ("在丰台区与柯城区山海协作联席会议上，【两地签订合作协议】。", ["丰台区", "柯城区"]),
        ("【副区长梁波、华大集团总裁路军签署合作协议】。", ["丰台区", "华大集团"]),
        ("【区住建委又与北方大学结成对子】。", ["区住建委", "北方大学"]),
    ],
)
def test_an_agreement_is_of_both_parties(text: str, expected: list[str]) -> None:
    assert actors("agreement", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【莲花池体育中心建成启用】。", []),
        (
            "【莲花池产业园正式开工】。项目由城市投资建设集团负责建设。",
            ["城市投资建设集团"],
        ),
        (
            "【数智平台上线】。平台由区数据局牵头，云岭科技公司运营。",
            ["区数据局", "云岭科技公司"],
        ),
        ("方庄街道筹措资金，【完成芳古园小区管线改造工程】。", ["方庄街道"]),
        ("【方庄街道卫生服务站完成升级改造】。", []),
        ("【区交通委承建的方庄路快速路通车】。", ["区交通委"]),
    ],
)
def test_a_launch_is_only_of_whoever_is_told_to_build_or_run_it(text: str, expected: list[str]) -> None:
    assert actors("launch", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一季度，全区新设企业1.8万户，【增长率11.3%】。", ["丰台区"]),
        ("王佐镇推进整治。今年，【全镇拆除违建412处】。", ["王佐镇"]),
        ("王佐镇抓整治，西庄店村建成公园；【去年办结率98%】。", ["王佐镇"]),
        ("【区图书馆、区文化馆共接待读者4.6万人次】。", ["区图书馆", "区文化馆"]),
        ("【园博园累计接待游客28万人次】。", ["园博园"]),
        ("区统计局发布，【规模以上工业产值增长5%】。", ["丰台区"]),
        ("区司法局推进调解。今年，【共化解纠纷412件】。", ["区司法局"]),
        ("区司法局推进调解。今年，【居民收入增长5%】。", ["丰台区"]),
        ("全镇居全区首位，【辖区星级酒店入住率84%】。", ["丰台区"]),
        ("区法院召开新闻发布会。去年，【共受理案件2.1万件】。", ["区法院"]),
        ("据方庄街道综合执法队统计，【共查处违停320起】。", ["方庄街道综合执法队"]),
        ("王佐镇西庄店村党支部书记李刚说。去年，【该村集体收入突破500万元】。", ["王佐镇西庄店村"]),
        ("方庄街道聚焦民生。\n今年，街道新建公园6个。截至目前，【已完成投资2.3亿元】。", ["方庄街道"]),
        ("海创医药科技公司投产二期。上半年，【公司实现产值3.2亿元】。", ["海创医药科技公司"]),
    ],
)
def test_a_figure_is_of_the_body_that_is_measured(text: str, expected: list[str]) -> None:
    assert actors("figure", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("【方庄路部分小区停水】，请提前储水。（区水务局）", ["区水务局"]),
        ("【方庄路封闭】。\n丰台公安分局交通支队", ["丰台公安分局交通支队"]),
        ("区教育局提醒：高考期间，【第二中学考点周边道路禁止鸣笛】。", ["区教育局"]),
        ("记者从区交通支队获悉，【方庄路半幅封闭】。", []),
        ("【区图书馆周一闭馆】。", ["区图书馆"]),
        ("【丰台体育中心接种点开放时间调整】。", []),
        ("区交通委作如下安排：\n一、【方庄路禁止通行】。", ["区交通委"]),
        ("【方庄街道的托管班从周一起收新生】。", ["方庄街道"]),
    ],
)
def test_a_notice_is_of_whoever_gives_it(text: str, expected: list[str]) -> None:
    assert actors("notice", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全区新设企业1.8万户。", "全区"),
        ("上半年，全国法院新设窗口1.8万个。", "全国法院"),
        ("三天里我县新设企业1.8万户。", "我县"),
    ],
)
def test_without_a_district_home_words_stay_as_printed(text: str, expected: str) -> None:
    story = story_of(text, "", generic_district(None))
    assert actors_of(story, candidate_at(story, EventType.FIGURE, "新设"), ()) == (expected,)


def test_a_figure_that_goes_on_is_of_the_whole_told_before() -> None:
    text = "全区新设企业1.8万户。其中【个体工商户1.1万户】。"
    assert actors("figure", text) == ["丰台区"]


def test_one_body_under_two_names_is_one_actor() -> None:
    text = "【区住建委、丰台区住房和城乡建设委员会、区财政局联合印发办法】。"
    assert actors("release", text) == ["区住建委", "区财政局"]


def test_an_office_is_no_actor() -> None:
    assert actors("inspection", "【区委书记陈永安、区人大常委会主任高敏检查防汛】。") == ["陈永安", "高敏"]


@pytest.mark.parametrize("kind", EventType)
@pytest.mark.parametrize(
    "text", ["双方签约。", "他、她和", "“”《》由的主办。", "1。", "区委书记", "全区、全镇、该公司", "记者从"]
)
def test_any_clause_has_actors_or_none(kind: EventType, text: str) -> None:
    story = story_of(text)
    for clause in story.clauses:
        found = actors_of(story, candidate_at(story, kind, clause.text), ())
        assert all(name.strip() for name in found)
