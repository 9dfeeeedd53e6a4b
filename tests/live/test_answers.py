"""What a reader types for a number: the page judges it as chihaya.exercises does."""

import json
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
CASES = json.loads((HERE.parent / "answers_cases.json").read_text(encoding="utf-8"))


def test_the_page_judges_as_the_cases_say() -> None:
    told = json.dumps([case[:3] for case in CASES])
    run = subprocess.run(
        ["node", HERE / "judge_answers.mjs"], check=True, capture_output=True, text=True, input=told
    )
    judged = json.loads(run.stdout)
    assert [[*case[:3], verdict] for case, verdict in zip(CASES, judged, strict=True)] == CASES
