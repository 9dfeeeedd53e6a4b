"""Whether the model that comes with the package is what training gives; `--make` puts it there.

On the machine that made it the same bytes come out. Another processor rounds otherwise, and
training goes another way: there only what it recites is compared.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import chihaya
import torch
from chihaya.storage import SHIPPED


def main() -> None:
    """Train anew and round as for the package, then look at what was rounded."""
    poems = chihaya.load_poems()
    with TemporaryDirectory() as folder:
        made = Path(folder) / SHIPPED.name
        chihaya.save_reciter(chihaya.train(poems), made, torch.float16)
        reciter = chihaya.load_reciter(made)
        full = chihaya.recall(reciter, poems).correct
        kimariji = chihaya.recall(reciter, poems, "kimariji").correct
        print(f"trained anew, float16: {full} from the whole verse, {kimariji} from the kimariji")
        if full < len(poems) or kimariji < len(poems):
            sys.exit("does not recite all poems")
        if sys.argv[1:] == ["--make"]:
            SHIPPED.write_bytes(made.read_bytes())
        elif reciter.recipe != chihaya.load_reciter(SHIPPED).recipe:
            sys.exit("the model that comes with the package was trained otherwise: make model")
        elif SHIPPED.read_bytes() == made.read_bytes():
            print("the same bytes as the model that comes with the package")
        else:
            print("other bytes than the model that comes with the package: made elsewhere")


if __name__ == "__main__":
    main()
