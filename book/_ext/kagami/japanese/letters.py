"""Which characters are Japanese letters, kana and kanji: one answer for all extensions."""

import re

LETTER = re.compile("[々〆ぁ-ゖァ-ヺー\u3400-\u4dbf\u4e00-\u9fff]")
