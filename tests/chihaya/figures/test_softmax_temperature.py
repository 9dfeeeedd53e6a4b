import numpy as np
from chihaya.figures import softmax_temperature


def test_each_option_has_its_line() -> None:
    temperatures = np.array([0.1, 1.0, 10.0])
    probabilities = np.array([[0.9, 0.1], [0.7, 0.3], [0.5, 0.5]])
    axes = softmax_temperature.draw(["橋", "箸"], temperatures, probabilities).axes[0]
    even, *lines = axes.lines
    assert even.get_ydata() == [0.5, 0.5]
    for line, label, column in zip(lines, ["橋", "箸"], probabilities.T, strict=True):
        assert line.get_label() == label
        np.testing.assert_array_equal(line.get_xdata(), temperatures)
        np.testing.assert_array_equal(line.get_ydata(), column)
    assert axes.get_xscale() == "log"
    bottom, top = axes.get_ylim()
    assert bottom < 0 and top > 1
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("温度 τ", "確率")
