import numpy as np
from chihaya.figures import data_size
from matplotlib.collections import LineCollection


def test_each_context_is_a_line_through_its_values() -> None:
    nats = {0: np.array([4.0, 3.9, 3.9]), 2: np.array([4.4, 4.2, 3.6])}
    spread = {0: np.array([0.1, 0.2, 0.1]), 2: np.array([0.3, 0.1, 0.2])}
    axes = data_size.draw([5, 10, 90], nats, spread).axes[0]
    drawn = {line.get_label(): np.asarray(line.get_xydata()).tolist() for line in axes.lines}
    assert drawn == {
        "前を見ない": [[5, 4.0], [10, 3.9], [90, 3.9]],
        "前の 2 文字を見る": [[5, 4.4], [10, 4.2], [90, 3.6]],
    }
    assert len({(line.get_linestyle(), line.get_marker()) for line in axes.lines}) == 2
    assert (axes.get_xlabel(), axes.get_ylabel()) == (
        "数えた歌の数（首）",
        "交差エントロピー（nat／文字）",
    )
    assert list(axes.get_xticks()) == [5, 10, 90]
    bars = [each for each in axes.collections if isinstance(each, LineCollection)]
    for bar, context in zip(bars, nats, strict=True):
        ends = [(segment[0][1], segment[1][1]) for segment in bar.get_segments()]
        low, high = nats[context] - spread[context], nats[context] + spread[context]
        assert ends == list(zip(low, high, strict=True))
