"""What an event's subject is, learned from labelled pages: of all words near it, those that a reader would note down.

`stretches.py` gathers the words that it may be, `features.py` tells what is seen at their first and last letters, and
`model.py` weighs that. What the rules of `parsing/subjects` tell is seen too; it is good in the genre that they were
made from, and less so elsewhere.
"""
