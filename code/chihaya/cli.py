"""The command `chihaya`: parse, call, print."""

import argparse
import json
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from .poems import Poem, PoemsError, beginning_with, load_poems, nearest
from .recital import Reciter, VerseError, recall
from .storage import ModelFileError, cached_path, load_or_train, load_reciter, save_reciter
from .training import NotLearnedWarning, train
from .vocabulary import UnknownCharacterError


class _Parser(argparse.ArgumentParser):
    """argparse prints its usage before an error; readers get the one line that helps."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"chihaya: 引数が正しくない（{message}）。使い方は {self.prog} --help\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code: 0 answered, 1 not learned, 2 refused."""
    options = _parser().parse_args(arguments)
    try:
        poems = load_poems(options.poems)
        code: int = options.run(options, poems)
    except (PoemsError, VerseError, UnknownCharacterError, ModelFileError) as error:
        _tell(str(error))
        return 2
    except OSError as error:
        _tell(
            f"{error.filename} が使えない（{error.strerror}）。" if error.filename else str(error)
        )
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="chihaya", description="百人一首の上の句を聞いて下の句を唱える Transformer"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: object, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        sub.add_argument("--poems", metavar="FILE", help="歌の CSV（既定は小倉百人一首）")
        return sub

    training = command("train", _train, "学習し直して保存する")
    training.add_argument("--seed", type=int, default=0, help="乱数の種（既定は 0）")
    training.add_argument("--output", metavar="FILE", type=Path, help="保存先（既定はキャッシュ）")
    reciting = command("recite", _recite, "上の句（初めの数文字でもよい）から下の句を唱える")
    reciting.add_argument("verse", metavar="上の句", help="ひらがな，歴史的仮名遣い。例：ちは")
    evaluating = command("evaluate", _evaluate, "何首を一字も違えずに唱えるかを数える")
    evaluating.add_argument("--json", action="store_true", help="JSON で出力する")
    for sub in (reciting, evaluating):
        sub.add_argument("--model", metavar="FILE", type=Path, help="モデル（既定は保存したもの）")
    return parser


def _train(options: argparse.Namespace, poems: Sequence[Poem]) -> int:
    path = options.output or cached_path(poems, options.seed)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", NotLearnedWarning)
        reciter = train(poems, options.seed)
    if any(issubclass(warning.category, NotLearnedWarning) for warning in caught):
        _tell(f"{caught[0].message} 保存はしなかった。")
        return 1
    save_reciter(reciter, path)
    last = reciter.history[-1]
    print(f"{last.step} 歩で {last.full} 首を覚え，{path} に保存した。")
    return 0


def _recite(options: argparse.Namespace, poems: Sequence[Poem]) -> int:
    print(_reciter(options, poems).recite(options.verse))
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
    return 0


def _evaluate(options: argparse.Namespace, poems: Sequence[Poem]) -> int:
    reciter = _reciter(options, poems)
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
    return 0


def _reciter(options: argparse.Namespace, poems: Sequence[Poem]) -> Reciter:
    return load_reciter(options.model) if options.model else load_or_train(poems, tell=_tell)


def _tell(message: str) -> None:
    print(f"chihaya: {message}", file=sys.stderr)
