"""The command `chihaya`: parse, call, print."""

import argparse
import json
import re
import sys
import warnings
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from .poems import Poem, PoemsError, beginning_with, load_poems, nearest
from .recital import Reciter, VerseError, recall
from .storage import SHIPPED, ModelFileError, check_place, load_reciter, save_reciter
from .training import NotLearnedWarning, train
from .vocabulary import UnknownCharacterError


class _NoModelError(Exception):
    """Poems of one's own are to be recited, and no model that has learned them was given."""


class _Parser(argparse.ArgumentParser):
    """argparse prints its usage before an error; readers get the one line that helps."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"chihaya: 引数が正しくない（{message}）。使い方は {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 answered, 1 not learned, 2 refused, 130 interrupted."""
    options = _parser().parse_args(arguments)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", NotLearnedWarning)
            options.run(options, load_poems(options.poems))
    except NotLearnedWarning as warning:
        _tell(str(warning))
        return 1
    except (PoemsError, VerseError, UnknownCharacterError, ModelFileError, _NoModelError) as error:
        _tell(str(error))
        return 2
    except UnicodeEncodeError as error:
        _tell(f"出力先の文字コード（{error.encoding}）では仮名が書けない。UTF-8 にしてほしい。")
        return 2
    except OSError as error:
        _tell(_explain(error))
        return 2
    except KeyboardInterrupt:
        _tell("中断した。")
        return 130
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="chihaya", description="百人一首の上の句を聞いて下の句を唱える Transformer"
    )
    parser.add_argument(
        "--version", action="version", version=f"chihaya {version('chihaya')}", help="版を示す"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        sub.add_argument("--poems", metavar="FILE", help="歌の CSV（既定は小倉百人一首）")
        return sub

    training = command("train", _train, "モデルを学習させて保存する")
    training.add_argument("--seed", metavar="N", type=_seed, default=0, help="乱数の種（既定は 0）")
    training.add_argument(
        "--output",
        metavar="FILE",
        type=Path,
        default=Path(SHIPPED.name),
        help=f"保存先（既定は {SHIPPED.name}）",
    )
    reciting = command("recite", _recite, "上の句（初めの数文字でもよい）から下の句を唱える")
    reciting.add_argument("verse", metavar="上の句", help="ひらがな，歴史的仮名遣い。例：ちは")
    evaluating = command("evaluate", _evaluate, "何首を一字も違えずに唱えるかを数える")
    evaluating.add_argument("--json", action="store_true", help="JSON で出力する")
    for sub in (reciting, evaluating):
        sub.add_argument("--model", metavar="FILE", type=Path, help="モデル（既定は付属のもの）")
    return parser


def _seed(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} は 0 以上，9 桁までの整数でない")
    return int(text)


def _train(options: argparse.Namespace, poems: Sequence[Poem]) -> None:
    check_place(options.output)
    reciter = train(poems, options.seed)
    save_reciter(reciter, options.output)
    last = reciter.history[-1]
    print(f"{last.step} 歩で {last.full} 首を覚え，{options.output} に保存した。")


def _recite(options: argparse.Namespace, poems: Sequence[Poem]) -> None:
    print(_reciter(options).recite(options.verse))
    remaining = beginning_with(poems, options.verse)
    if not remaining:
        near = nearest(poems, options.verse)
        _tell(
            f"「{options.verse}」で始まる歌はない。"
            f"最も近いのは {near.no} 番「{near.kami_kana}」である。"
        )
    elif len(remaining) > 1:
        listed = "，".join(f"{poem.no} 番「{poem.kami_kana}」" for poem in remaining)
        _tell(f"「{options.verse}」ではまだ決まらない。{len(remaining)} 首が残る：{listed}。")


def _evaluate(options: argparse.Namespace, poems: Sequence[Poem]) -> None:
    reciter = _reciter(options)
    counts = {
        "poems": len(poems),
        "full": recall(reciter, poems).correct,
        "kimariji": recall(reciter, poems, "kimariji").correct,
    }
    if options.json:
        print(json.dumps(counts))
    else:
        print(f"歌 {counts['poems']} 首のうち，一字も違えずに唱えたもの")
        print(f"上の句全体から {counts['full']} 首，決まり字から {counts['kimariji']} 首")


def _reciter(options: argparse.Namespace) -> Reciter:
    if options.poems and not options.model:  # the model that comes along has learned others
        raise _NoModelError(
            f"{options.poems} の歌を覚えたモデルがまだない。先に chihaya train --poems {options.poems} "
            "--output FILE で学習させ，そのファイルを --model で渡してほしい。"
        )
    return load_reciter(options.model or SHIPPED)


def _explain(error: OSError) -> str:
    match error:
        case FileNotFoundError():
            return f"{error.filename} がない。あるファイルの名前を渡してほしい。"
        case IsADirectoryError():
            return f"{error.filename} はフォルダである。ファイルの名前を渡してほしい。"
        case NotADirectoryError() | FileExistsError():
            return f"{error.filename} の途中にフォルダでないものがある。"
        case PermissionError():
            return f"{error.filename} を読み書きする権限がない。"
    return f"{error.filename or 'ファイル'} が使えない（{error.strerror or error}）。"


def _tell(message: str) -> None:
    print(f"chihaya: {message}", file=sys.stderr)
