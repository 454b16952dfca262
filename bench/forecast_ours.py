"""`sauda forecast` on the splits of forecast_splits.py: its forecasts and seconds, kept beside those of the library."""

import json
import os
import subprocess
import sys
import time

from forecast_splits import questions, sets

QUANTILES = [0.05, 0.5, 0.8, 0.9, 0.95]


def main(program, folder, out):
    for one in sets(folder):
        text = "\n".join(questions(one, QUANTILES)) + "\n"
        begun = os.times()
        answer = subprocess.run([*program.split(), "--threads", "1"], input=text, capture_output=True, text=True, check=False)
        ended = os.times()
        seconds = ended.children_user + ended.children_system - begun.children_user - begun.children_system
        told = {}
        for line in answer.stdout.splitlines():
            line = json.loads(line)
            if "error" in line:
                raise SystemExit(f"{line['id']}: {line['error']}")
            told[line["id"]] = {"mean": line["mean"], "quantiles": line["quantiles"]}
        with open(os.path.join(out, f"{one['name']}.Ours.json"), "w", encoding="utf-8") as file:
            json.dump({"seconds": seconds, "failed": 0, "told": told}, file)
    many(program)


def many(program, products=10_000, days=730):
    """Ten thousand products of two years of days, on all processors."""
    state, lines = 7, []
    for product in range(products):
        level, history = 1 + product % 9, []
        for day in range(days):
            state = (state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
            busy = 2 if day % 7 > 4 else 1
            history.append(level * busy * ((state >> 33) % 3))
        lines.append(json.dumps({"id": product, "frequency": "daily", "start": "2024-01-01", "history": history, "horizon": 28}))
    begun = time.monotonic()
    subprocess.run(program.split(), input="\n".join(lines), capture_output=True, text=True, check=True)
    print(f"{products} products x {days} days: {time.monotonic() - begun:.1f} s")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
