"""The command `chihaya`: parse, call, print."""

import argparse
import json
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, NoReturn

from .pairs import PairsError, load_pairs, split
from .poems import PoemsError, beginning_with, load_poems, nearest
from .recital import Reciter, VerseError, recall
from .report import Report, examine
from .storage import SHIPPED, ModelFileError, check_place, load_reciter, save_reciter
from .training import NotLearnedWarning, train
from .vocabulary import UnknownCharacterError


class _AskedError(Exception):
    """What was asked for does not go together, as a model and what it has not learned."""


REFUSED = (
    PairsError,
    PoemsError,
    VerseError,
    UnknownCharacterError,
    ModelFileError,
    _AskedError,
)


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
            options.run(options)
    except NotLearnedWarning as warning:
        _tell(str(warning))
        return 1
    except REFUSED as error:
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

    def command(name: str, run: object, text: str, pairs: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=run)
        given = sub.add_mutually_exclusive_group()
        given.add_argument("--poems", metavar="FILE", help="歌の CSV（既定は小倉百人一首）")
        if pairs:
            what = "source と target の対の CSV，TSV，JSON Lines（- は標準入力）"
            given.add_argument("--pairs", metavar="FILE", help=f"歌でなく，{what}")
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
    pairs = training.add_argument_group("--pairs とともに")
    pairs.add_argument(
        "--held-out", metavar="SHARE", type=_share, help="学ばせずに試す割合（例 0.1，既定は 0）"
    )
    for name, most, text in (
        ("--d-model", 1024, "d_model，モデルの幅（既定は 64）"),
        ("--layers", 32, "層の数（既定は 2）"),
        ("--heads", 128, "ヘッドの数（既定は 4）"),
        ("--steps", 1_000_000, "歩数の上限（既定は対の数による）"),
    ):
        pairs.add_argument(name, metavar="N", type=_whole(most), help=text)
    reciting = command(
        "recite", _recite, "上の句（初めの数文字でもよい）から下の句を唱える", pairs=False
    )
    reciting.add_argument(
        "verse",
        metavar="上の句",
        help="ひらがな，歴史的仮名遣い。例：ちは。歌でない対を覚えたモデルには source",
    )
    evaluating = command("evaluate", _evaluate, "何首を一字も違えずに唱えるかを数える")
    evaluating.add_argument("--json", action="store_true", help="JSON で出力する")
    for sub in (reciting, evaluating):
        sub.add_argument("--model", metavar="FILE", type=Path, help="モデル（既定は付属のもの）")
    return parser


def _seed(text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text):
        raise argparse.ArgumentTypeError(f"{text!r} は 0 以上，9 桁までの整数でない")
    return int(text)


def _whole(most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not re.fullmatch("[1-9][0-9]{0,6}", text) or int(text) > most:
            raise argparse.ArgumentTypeError(f"{text!r} は 1 以上 {most} 以下の整数でない")
        return int(text)

    return read


def _share(text: str) -> float:
    if not re.fullmatch(r"0?\.[0-9]{1,9}|0", text):
        raise argparse.ArgumentTypeError(f"{text!r} は 0 以上 1 未満の小数でない")
    return float(text)


def _train(options: argparse.Namespace) -> None:
    names = ("held_out", "d_model", "layers", "heads", "steps")
    told = {name: value for name in names if (value := getattr(options, name)) is not None}
    if options.pairs is not None:
        _train_pairs(options, told.pop("held_out", 0), told)
        return
    if told:
        flags = ", ".join(f"--{name.replace('_', '-')}" for name in told)
        raise _AskedError(f"{flags} は --pairs FILE とともに使う。歌の学習にはない。")
    poems = load_poems(options.poems)
    check_place(options.output)
    reciter = train(poems, options.seed)
    save_reciter(reciter, options.output)
    last = reciter.history[-1]
    print(f"{last.step} 歩で {last.full} 首を覚え，{options.output} に保存した。")


def _train_pairs(options: argparse.Namespace, share: float, told: dict[str, Any]) -> None:
    d_model, heads = told.get("d_model", 64), told.get("heads", 4)
    if d_model % heads or d_model % 2:
        raise _AskedError(
            f"--d-model {d_model} が --heads {heads} で割り切れる偶数でない。"
            f"たとえば {2 * heads * max(1, d_model // (2 * heads))} にしてほしい。"
        )
    pairs = load_pairs(options.pairs)
    seen, held_out = split(pairs, share, options.seed)
    if not seen or (share and not held_out):
        raise _AskedError(
            f"{len(pairs)} 対の割合 {share} は {len(held_out)} 対である。"
            "--held-out は，学ぶ対も試す対も残るようにしてほしい。"
        )
    check_place(options.output)
    with warnings.catch_warnings():  # what was learned is kept, and what was not is said below
        warnings.simplefilter("ignore", NotLearnedWarning)
        reciter = train(seen, options.seed, held_out=held_out, **told)
    save_reciter(reciter, options.output)
    known = examine(reciter, seen)
    print(f"{reciter.history[-1].step} 歩で学び，{options.output} に保存した。")
    print("学んだ対：" + _words(known))
    if held_out:
        print("学んでいない対：" + _words(examine(reciter, held_out)))
    elif known.exact < known.pairs:
        raise NotLearnedWarning("覚えきれない対がある。--steps か --d-model を増やしてみてほしい。")


def _words(found: Report) -> str:
    return (
        f"{found.pairs} 対のうち，source だけから一字も違えずに言うのは {found.exact} 対。"
        f"損失 {found.loss:.4f}，教師強制の正解率 {100 * found.teacher_forced:.2f} %"
    )


def _recite(options: argparse.Namespace) -> None:
    poems = load_poems(options.poems)
    reciter = _reciter(options)
    print(reciter.recite(options.verse))
    if not reciter.vocabulary.verses:
        return
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


def _evaluate(options: argparse.Namespace) -> None:
    if options.pairs is not None:
        pairs = load_pairs(options.pairs)
        reciter = _reciter(options)
        if options.json:
            print(json.dumps(examine(reciter, pairs)._asdict()))
        else:
            print(_words(examine(reciter, pairs)))
        return
    poems = load_poems(options.poems)
    reciter = _reciter(options)
    if not reciter.vocabulary.verses:
        raise _AskedError(f"{options.model} は歌でない対を覚えた。--pairs FILE で渡してほしい。")
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
    for name, what in (("poems", "の歌"), ("pairs", "の対")):
        file = vars(options).get(name)
        if file is not None and not options.model:  # the model that comes along has learned others
            raise _AskedError(
                f"{file} {what}を覚えたモデルがまだない。先に chihaya train --{name} {file} "
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
