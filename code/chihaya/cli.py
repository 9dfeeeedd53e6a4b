"""The command `chihaya`: parse, call, print."""

import argparse
import json
import re
import sys
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from os.path import exists  # false, too, of a name too long to be one
from pathlib import Path
from typing import Any, NoReturn

import torch

from .checkpoint import Checkpoint, CheckpointError, checkpoint_of
from .pairs import Pair, PairsError, load_pairs, split
from .poems import Poem, PoemsError, beginning_with, load_poems, nearest
from .processes import ProcessesError, first, place, together
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
    CheckpointError,
    _AskedError,
)

AVAILABLE: dict[str, Callable[[], bool]] = {
    "cpu": lambda: True,
    "cuda": torch.cuda.is_available,
    "mps": torch.backends.mps.is_available,
}
"""Where a model can be trained, and whether that is there."""


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
        return _end(1, str(warning))
    except REFUSED as error:
        return _end(2, str(error))
    except ProcessesError as error:
        _tell(str(error) + _how_to_go_on(options))
        return 2
    except UnicodeEncodeError as error:
        _tell(f"出力先の文字コード（{error.encoding}）では仮名が書けない。UTF-8 にしてほしい。")
        return 2
    except OSError as error:
        _tell(_explain(error) + _how_to_go_on(options))
        return 2
    except KeyboardInterrupt:
        return _end(130, "中断した。" + _how_to_go_on(options))
    return 0


def _end(code: int, message: str) -> int:
    """What all processes find, the first says; had another ended in failure, it might not come to that."""
    if place()[0]:
        return 0
    _tell(message)
    return code


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
    training.add_argument(
        "--resume", action="store_true", help="中断した学習を，保存先の横の .checkpoint から続ける"
    )
    training.add_argument(
        "--device",
        choices=tuple(AVAILABLE),
        default="cpu",
        help="計算する装置：cpu（既定），cuda，mps。ここのモデルは小さく，GPU の速さは測っていない",
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
    if not AVAILABLE[options.device]():
        raise _AskedError(f"--device {options.device} はこの環境では使えない。cpu にしてほしい。")
    names = ("held_out", "d_model", "layers", "heads", "steps")
    told = {name: value for name in names if (value := getattr(options, name)) is not None}
    if told and options.pairs is None:
        flags = ", ".join(f"--{name.replace('_', '-')}" for name in told)
        raise _AskedError(f"{flags} は --pairs FILE とともに使う。歌の学習にはない。")
    with together(options.device) as options.device:
        if options.pairs is None:
            _train_poems(options)
        else:
            _train_pairs(options, told.pop("held_out", 0), told)


def _train_poems(options: argparse.Namespace) -> None:
    reciter = _teach(options, first(lambda: load_poems(options.poems)))
    if place()[0] == 0:
        last = reciter.history[-1]
        print(f"{last.step} 歩で {last.full} 首を覚え，{options.output} に保存した。")


def _train_pairs(options: argparse.Namespace, share: float, told: dict[str, Any]) -> None:
    d_model, heads = told.get("d_model", 64), told.get("heads", 4)
    if d_model % heads or d_model % 2:
        raise _AskedError(
            f"--d-model {d_model} が --heads {heads} で割り切れる偶数でない。"
            f"たとえば {2 * heads * max(1, d_model // (2 * heads))} にしてほしい。"
        )
    pairs = first(lambda: load_pairs(options.pairs))
    seen, held_out = split(pairs, share, options.seed)
    if not seen or (share and not held_out):
        raise _AskedError(
            f"{len(pairs)} 対の割合 {share} は {len(held_out)} 対である。"
            "--held-out は，学ぶ対も試す対も残るようにしてほしい。"
        )
    with warnings.catch_warnings():  # what was learned is kept, and what was not is said below
        warnings.simplefilter("ignore", NotLearnedWarning)
        reciter = _teach(options, seen, held_out=held_out, **told)
    if place()[0] == 0:
        _report(reciter, seen, held_out, options.output)


def _teach(options: argparse.Namespace, pairs: Sequence[Poem | Pair], **told: Any) -> Reciter:
    """Train, and save what was learned; until then, what is needed to resume."""
    first(lambda: check_place(options.output))
    checkpoint = first(lambda: Checkpoint(options.output, options.resume))
    try:
        reciter = train(pairs, options.seed, device=options.device, checkpoint=checkpoint, **told)
        first(lambda: save_reciter(reciter, options.output))
    except NotLearnedWarning:  # training has ended all the same
        first(checkpoint.remove)
        raise
    first(checkpoint.remove)
    return reciter


def _report(reciter: Reciter, seen: Sequence[Pair], held_out: Sequence[Pair], output: Path) -> None:
    known = examine(reciter, seen)
    print(f"{reciter.history[-1].step} 歩で学び，{output} に保存した。")
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


def _how_to_go_on(options: argparse.Namespace) -> str:
    """For whoever trains and was stopped: that nothing is lost."""
    if options.run is _train and exists(checkpoint_of(options.output)):
        return "途中までは残っている。同じ命令に --resume を添えれば続けられる。"
    return ""


def _tell(message: str) -> None:
    print(f"chihaya: {message}", file=sys.stderr)
