"""Who an event's actors and people are, learned from labelled pages: of the names near it, those with a part in it.

`pool.py` gathers the names that an article could mean, `features.py` describes each beside the event, and
`model.py` weighs the descriptions. What the rules of `parsing/roles` tell is one description among others; it is
strong in the genre that they were made from, and less so elsewhere.
"""
