"""Labelled pages, the scorer, and how the judge is made from them: nothing of it is needed to run Quwen."""
