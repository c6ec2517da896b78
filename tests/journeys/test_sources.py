"""A paper whose layout has changed: operators decide by a tap, and subscribers are told."""

import asyncio
from datetime import date

import pytest

from jobs.collect import Collecting, collect_due
from jobs.collecting.hours import hours_of
from messages.callbacks import Tend
from parsing.district import load_district
from parsing.model import Reading
from parsing.reader import read_page
from sources.catalog import Source, sources_of
from sources.fetching.fetcher import Fetcher
from sources.fetching.pace import Pace
from storage.ledger import last_issues
from tests.journeys.handing import Operator, stored
from tests.journeys.people import buttons, meet, words
from tests.journeys.stage import BEIJING, Stage
from tests.sources.paper import FRONT, serve_entry, serve_issue
from tests.sources.site import Reply, Site

TODAY = date(2024, 4, 10)  # of the stage
BROKEN = "/shibao/html/2024-04/10/content_1_{}.htm"


def source_of(paper: Site) -> Source:
    entry = f"""[[source]]
id = "hexi"
name = "河西时报"
district = "丰台区"
adapter = "founder"
base = "{paper.url}/shibao"
tls = "http"
"""
    return sources_of(entry, "test")["hexi"]


def read(text: str, *, district: str, issued_on: date) -> Reading:
    return read_page(text, district=load_district(district), issued_on=issued_on)


async def collect(stage: Stage, paper: Site) -> None:
    """The job, as the scheduler runs it."""
    work = Collecting(
        database=stage.database,
        fetcher_of=lambda source: Fetcher(
            agent="Quwen", pace=Pace(gap=0.0, jitter=0.0), tls=source.tls, private=True
        ),
        read=read,
        clock=stage.clock,
        zone=str(BEIJING),
        hours=hours_of("00:00-23:59"),
        operators=(stage.operator, stage.colleague),
    )
    await asyncio.to_thread(collect_due, work, [source_of(paper)])


@pytest.fixture
def changed_paper(paper: Site) -> Site:
    """Its pages hold articles in boxes that nobody knows."""
    serve_entry(paper, serve_issue(paper, TODAY))
    for number in range(1, len(FRONT) + 1):
        paper.answers[BROKEN.format(number)] = Reply("<div class=new>新版式</div>".encode())
    return paper


async def test_an_operator_lets_an_issue_pass_that_was_held(
    stage: Stage, ann: Operator, changed_paper: Site
) -> None:
    await ann.say("/start")
    await collect(stage, changed_paper)
    assert stored(stage) == (0, 0)
    await stage.deliver()
    note = (await ann.heard())[-1]
    assert "来源有问题：《河西时报》 · 读得不对劲" in words(note)
    assert "3 篇文章里，2 篇不对" in words(note)
    assert [button["text"] for button in buttons(note)] == ["重读", "放行"]
    done = await ann.turn(note, Tend, word="a")
    assert "照样入库" in words(done)
    await collect(stage, changed_paper)
    assert stored(stage) == (1, 1)
    with stage.database.session(write=False) as session:
        assert [issue.accepted_by for issue in last_issues(session, "hexi", limit=5)] == [ann.id]


async def test_an_issue_that_was_mended_is_read_again(
    stage: Stage, ann: Operator, changed_paper: Site
) -> None:
    await ann.say("/start")
    await collect(stage, changed_paper)
    await stage.deliver()
    note = (await ann.heard())[-1]
    serve_issue(changed_paper, TODAY)
    await ann.turn(note, Tend, word="r")
    await collect(stage, changed_paper)
    assert stored(stage)[0] == 3


async def test_only_operators_have_a_word(stage: Stage, ann: Operator, changed_paper: Site) -> None:
    await ann.say("/start")
    await collect(stage, changed_paper)
    await stage.deliver()
    note = (await ann.heard())[-1]
    bob = await meet(stage.world, id=4099)
    own = await bob.say("/start")
    data = buttons(note)[1]["callback_data"]
    pressed = await stage.world.press(bob.chat, own, data=data, force=True)
    assert "只有区闻的管理员" in pressed["answer"]["text"]
    await collect(stage, changed_paper)
    assert stored(stage) == (0, 0)


async def test_subscribers_read_one_line_in_their_next_digest(
    stage: Stage, ann: Operator, changed_paper: Site
) -> None:
    bob = await meet(stage.world, id=4099)
    await bob.say("/subscribe")
    await collect(stage, changed_paper)
    stage.clock.to(date(2024, 4, 15), 8)
    await collect(stage, changed_paper)
    stage.clock.to(date(2024, 4, 15), 9, 1)
    await stage.send_digests()
    digest = (await bob.heard())[-1]
    assert "《河西时报》4月10日这一期还在核对" in words(digest)
