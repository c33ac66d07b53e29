"""Goals: exercises inside a panel that need no Python and answer in the page.

A goal is a declaration, as a panel is: `Target` (make it fire at 40 Hz), `Ask` (a number), `Identify` (a
hidden neuron) and `Predict` (draw a curve before you see it). It is handed to ``Panel(..., goal=...)``. What
is said to a right answer and to each known mistake stands in the declaration, or in the exercise that
`snnlab.course.check` judges; Python and the page say the same sentences.

The visible page never shows the answer. A determined reader finds it in the source of the page, where it has
to be since there is no server.
"""

from snnlab_widgets.goals.answers import Ask, Identify
from snnlab_widgets.goals.base import Goal, Task
from snnlab_widgets.goals.predict import Drawn, Predict
from snnlab_widgets.goals.target import Miss, Target

__all__ = ["Ask", "Drawn", "Goal", "Identify", "Miss", "Predict", "Target", "Task"]
