"""Whether two reports of a visit can be of one: on one day a host meets many guests, a guest many hosts."""

import re

from storage.alike import names_alike, share_a_name
from storage.details import names_in
from storage.kinds import is_kind
from storage.told import Told

_MET = re.compile("(?:会见|接见|看望慰问|会晤)了?([\u4e00-\u9fff·—-]{2,})")


def meets_a_stranger(one: Told, other: Told) -> bool:
    """Whether one of two reports of a visit names a guest of whom the other knows nothing."""
    return any(
        guests and not any(_knows(unaware, name) for name in guests)
        for guests, unaware in ((_guests(one), other), (_guests(other), one))
    )


def met_by_others(one: Told, other: Told) -> bool:
    """Whether each of two reports of a visit names a host, or a guest, whom the other does not.

    A host often speaks of who else met the guest: the clauses alone tell them apart.
    """
    one_host, other_host = (
        next((name for name in each.people if name in each.evidence), "") for each in (one, other)
    )
    if one_host and other_host and not names_alike(one_host, other_host):
        return not any(
            host in (*each.people, *each.actors) or host in each.evidence
            for host, each in ((one_host, other), (other_host, one))
        )
    mine, yours = (_guests(each) for each in (one, other))
    known = any(_knows(other, name) for name in mine) or any(_knows(one, name) for name in yours)
    return bool(mine and yours) and not known


def _guests(report: Told) -> list[str]:
    """Whom a clause says somebody met, without what is said of them: 会见来华访问的[某国总理某某]."""
    met = _MET.search(report.evidence)
    if not met:
        return [name for name in report.people if name in report.subject]
    described, _, head = met[1].rpartition("的")
    return [described if described and is_kind(head) else head]


def _knows(report: Told, name: str) -> bool:
    """Whether a report names somebody, anywhere near its clause."""
    return names_in([name], report.around + report.headline, 2) or share_a_name(
        [name], (*report.actors, *report.people)
    )
