"""Each happening once, however many pages tell it."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import event, func, select
from sqlmodel import Session

from parsing.model import NO_PERIOD, EventType, Period, Precision
from storage.base import Row
from storage.database import Database
from storage.events import find_events, get_event
from storage.filters import EventFilter
from storage.ingest import PageInfo
from storage.tables_events import EventRow
from storage.views import EventDetail, EventView
from tests.storage.pages import AWARD, FIGURE, ISSUED, MEETING, PAGE, SITE, store
from tests.support.readings import Happening, on


def count(session: Session, table: type[Row]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def only(session: Session) -> EventView:
    page = find_events(session, EventFilter())
    assert page.total == 1
    return page.events[0]


def detail(session: Session, public_id: str) -> EventDetail:
    found = get_event(session, public_id)
    assert found is not None
    return found


def test_one_happening_in_two_papers_is_one_event_with_two_proofs(database: Database) -> None:
    told_again = replace(
        MEETING,
        subject="丰台区月度工作点评会",
        evidence="丰台区4月月度工作点评会在河西五街镇举行",
        headline="区里开了点评会",
        when=Period(date(2024, 4, 1), date(2024, 4, 30), Precision.MONTH),
        actors=("丰台区", "河西五街镇"),
        people=("苏军", "高峰"),
    )
    with database.session() as session:
        first = store(session, MEETING).new[0]
        report = store(session, told_again, source=SITE, issued_on=date(2024, 4, 3), page=PageInfo("web.txt"))
        assert report.new == ()
        (merged,) = report.merged
        assert merged.id == first.id
        assert merged.subject == "月度工作点评会"
        assert merged.when == on(date(2024, 4, 2))
        assert merged.reported_on == date(2024, 4, 3)
        assert merged.source == "丰台区政府网站"
        assert merged.people == ("王少峰", "苏军", "高峰")
        assert merged.actors == ("丰台区", "河西五街镇")
        proofs = detail(session, first.id).proofs
    assert [(proof.source, proof.page_number, proof.url) for proof in proofs] == [
        ("丰台区政府网站", None, None),
        ("丰台报", "02", PAGE.url),
    ]
    assert proofs[0].evidence == told_again.evidence
    assert proofs[1].headline == MEETING.headline
    assert proofs[1].context == f"{MEETING.evidence}。"
    assert proofs[1].rule == "meeting.by-hand"


def test_the_words_of_every_report_find_the_event(database: Database) -> None:
    with database.session() as session:
        store(session, MEETING)
        store(session, replace(MEETING, evidence="会上晒出了成绩单", headline="晒成绩"), source=SITE)
        for word in ("晒", "成绩单", "点评会", "苏军", "河西五街镇", "丰台区召开"):
            assert find_events(session, EventFilter(words=(word,))).total == 1, word


def test_the_more_exact_day_replaces_the_vaguer(database: Database) -> None:
    vague = replace(MEETING, when=NO_PERIOD, evidence="丰台区召开月度工作点评会", headline="点评会")
    with database.session() as session:
        store(session, vague, issued_on=date(2024, 4, 3))
        assert only(session).when == NO_PERIOD
        store(session, MEETING, source=SITE, issued_on=date(2024, 4, 4))
        assert only(session).when == on(date(2024, 4, 2))


def test_the_monthly_meetings_of_two_months_stay_two(database: Database) -> None:
    march = replace(MEETING, when=on(date(2024, 3, 5)), evidence="3月5日，丰台区召开月度工作点评会")
    with database.session() as session:
        store(session, march, issued_on=date(2024, 3, 8))
        assert len(store(session, MEETING).new) == 1


def test_one_honour_to_two_communities_stays_two(database: Database) -> None:
    other = replace(AWARD, evidence="云岗街道翠园社区获评首都文明村镇", actors=("翠园社区",), areas=())
    with database.session() as session:
        store(session, AWARD)
        assert len(store(session, other, source=SITE).new) == 1


def test_two_honours_of_one_receiver_stay_two(database: Database) -> None:
    other = replace(AWARD, subject="首都文明单位", evidence="王佐镇获评首都文明单位")
    with database.session() as session:
        store(session, AWARD)
        assert len(store(session, other, source=SITE).new) == 1


def test_figures_of_two_periods_stay_two(database: Database) -> None:
    half = replace(
        FIGURE,
        evidence="上半年社会消费品零售总额同比增长5.1%",
        when=Period(date(2024, 1, 1), date(2024, 6, 30), Precision.QUARTER),
    )
    with database.session() as session:
        store(session, FIGURE)
        assert len(store(session, half, source=SITE).new) == 1
        assert len(store(session, replace(FIGURE, headline="数据"), source=SITE).merged) == 1


def test_what_one_page_tells_apart_stays_apart(database: Database) -> None:
    twin = replace(MEETING, subject="月度工作点评会议", evidence="点评会议同日召开", headline="又讯")
    with database.session() as session:
        assert len(store(session, MEETING, twin).new) == 2
        # Told again by another paper, each finds its own, not both the same.
        again = store(session, replace(twin, headline="甲"), replace(MEETING, headline="乙"), source=SITE)
        assert {event.subject for event in again.merged} == {"月度工作点评会", "月度工作点评会议"}


def test_the_very_same_told_twice_on_a_page_is_one_event(database: Database) -> None:
    with database.session() as session:
        report = store(session, MEETING, replace(MEETING, headline="图片新闻"))
        assert (report.mentions, len(report.new)) == (2, 1)
        assert len(detail(session, report.new[0].id).proofs) == 2


def test_several_honours_in_one_clause_are_several_events(database: Database) -> None:
    clause = "王佐镇荣获首都文明村镇、全国卫生乡镇"
    with database.session() as session:
        report = store(
            session,
            replace(AWARD, evidence=clause),
            replace(AWARD, evidence=clause, subject="全国卫生乡镇"),
        )
        assert len(report.new) == 2


def test_a_reprint_joins_its_events_where_the_words_alone_would_not(database: Database) -> None:
    body = "社区里热闹非凡，居民们早早排起了队，医生为老人量血压、测血糖、讲解用药的常识，" * 3
    small = Happening(EventType.ACTIVITY, "义诊", f"{body}社区举办了义诊", headline="家门口的义诊")
    other = replace(small, evidence=f"{body}社区里举办了义诊。")
    unrelated = replace(small, evidence="另一个社区也举办了义诊，人不多", headline="义诊")
    with database.session() as session:
        (first,) = store(session, small).new
        (again,) = store(session, other, source=SITE, issued_on=ISSUED + timedelta(3)).merged
        assert again.id == first.id
        assert len(store(session, unrelated, source=SITE).new) == 1
        late = replace(other, evidence=f"{body}社区里举办了义诊活动")
        assert len(store(session, late, source=SITE, issued_on=ISSUED + timedelta(60)).new) == 1


def test_a_weekly_notice_in_the_same_words_is_new_each_week(database: Database) -> None:
    body = "请沿线居民提前储水备用，施工结束后即刻恢复供水，由此带来的不便敬请谅解。" * 3
    first, second = (
        Happening(
            EventType.NOTICE, "停水", f"{body}4月{day}日停水", on(date(2024, 4, day)), headline="停水通知"
        )
        for day in (10, 17)
    )
    with database.session() as session:
        store(session, first)
        assert len(store(session, second, issued_on=ISSUED + timedelta(7)).new) == 1


def test_the_right_one_of_many_with_nearly_the_same_name_is_found(database: Database) -> None:
    with database.session() as session:
        store(
            session, *(replace(MEETING, subject=f"{n}号楼居民议事会", evidence=f"{n}号楼") for n in range(50))
        )
        assert count(session, EventRow) == 50
        (again,) = store(
            session, replace(MEETING, subject="7号楼居民议事会", evidence="七号楼"), source=SITE
        ).merged
        assert again.subject == "7号楼居民议事会"


def test_a_report_takes_as_many_queries_in_a_full_database_as_in_an_empty_one(database: Database) -> None:
    counts: list[int] = []

    def note(*_: object) -> None:
        counts[-1] += 1

    with database.session() as session:
        event.listen(session.connection(), "before_cursor_execute", note)
        for number in range(3):
            counts.append(0)
            told = replace(MEETING, subject=f"{number}号院居民议事会", evidence=f"{number}号院居民议事会召开")
            store(session, told, page=PageInfo(f"{number}.txt"))
            many = (
                replace(told, subject=f"{number}{n}号楼居民议事会", evidence=f"{number}{n}号楼")
                for n in range(30)
            )
            counts.append(0)
            store(session, *many, page=PageInfo(f"many{number}.txt"))
    assert counts[4] <= counts[2]
