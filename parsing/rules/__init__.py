"""One file for each family of event types: from a clause to candidates. A rule proposes; gates decide.

A new rule is a function `(story, clause) -> candidates` and one entry in `RULES`.
"""

from parsing.candidates import Rule
from parsing.rules.agreements import agreements
from parsing.rules.awards import awards
from parsing.rules.figures import figures
from parsing.rules.launches import launches
from parsing.rules.notices import notices
from parsing.rules.occasions import occasions
from parsing.rules.releases import releases
from parsing.rules.visits import visits

RULES: tuple[Rule, ...] = (
    occasions,
    visits,
    launches,
    awards,
    agreements,
    releases,
    figures,
    notices,
)
