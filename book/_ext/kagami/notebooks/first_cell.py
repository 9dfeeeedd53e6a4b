"""The first cell of each notebook: it installs the package where it is missing, as in Colab."""

# It prints nothing, so that nbval finds the same with and
# without the package; Colab shows its title.
INSTALL = """\
# @title パッケージ chihaya を用意する（入っていなければ，ここで入れる）
import importlib.util, os, subprocess, sys

if not importlib.util.find_spec("chihaya"):
    package = os.environ.get("CHIHAYA_INSTALL", "{archive}")
{unknown}    subprocess.run([sys.executable, "-m", "pip", "install", "-qq", package], check=True)"""
# Where the package cannot be had yet. IPython shows what `_render_traceback_` returns.
UNKNOWN = """\
    if not package:
        class Unknown(Exception):
            _render_traceback_ = lambda self: [str(self)]
        raise Unknown("このノートブックには，パッケージ chihaya の入手先がまだ書かれていない。"
                      "環境変数 CHIHAYA_INSTALL に wheel などを指定してから動かす。")
"""


def first_cell(archive: str | None) -> str:
    """The cell that installs the package from `archive` where it is missing."""
    return INSTALL.format(archive=archive or "", unknown="" if archive else UNKNOWN)
