import numpy as np
from chihaya.figures import overfitting


def test_every_look_is_drawn_and_so_are_the_levels() -> None:
    axes = overfitting.draw([1, 5], [4.2, 0.1], [4.1, 5.0], 3.4, 4.3).axes[0]
    drawn = {line.get_label(): np.asarray(line.get_xydata())[:, 1].tolist() for line in axes.lines}
    assert drawn == {
        "学んでいない歌": [4.1, 5.0],
        "学んだ歌": [4.2, 0.1],
        "どの仮名も等しいとする": [4.3, 4.3],
        "数えるだけのモデル": [3.4, 3.4],
    }
    assert len({line.get_linestyle() for line in axes.lines}) == 4
    assert (axes.get_xlabel(), axes.get_ylabel()) == (
        "学習の歩数",
        "交差エントロピー（nat／文字）",
    )
    assert axes.get_ylim()[0] == 0
