"""A judge learned from labelled pages: how likely a clause tells an event of each type.

`features.py` describes each clause of an article, `rivals.py` each candidate among the others of its article,
`model.py` weighs the descriptions. The weights are data (`weights.npz`), made again by `make train`; nothing of a
training library is needed to use them.
"""
