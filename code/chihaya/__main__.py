"""`python -m chihaya`, the command under the name that torchrun can start."""

import sys

from .cli import main

sys.exit(main())
