"""Scores of forecasts on the splits of forecast_splits.py: MASE, RMSSE, WAPE, pinball, coverage. Runs no model."""

import json
import os
import sys

import numpy as np

from forecast_splits import sets

QUANTILES = ("0.5", "0.8", "0.9", "0.95")


def scores(one, told):
    sums = {name: [] for name in ("mase", "mase_median", "rmsse")}
    off, off_median, came, sold, steps, inside = 0.0, 0.0, 0.0, 0.0, 0, 0
    pinball, covered, with_quantiles = dict.fromkeys(QUANTILES, 0.0), dict.fromkeys(QUANTILES, 0), False
    for series in one["series"]:
        train, test = np.array(series["train"], float), np.array(series["test"], float)
        answer = told[series["id"]]
        mean = np.array(answer["mean"])
        apart = train[one["lag"] :] - train[: -one["lag"]]
        single, square = np.abs(apart).mean(), np.sqrt((apart**2).mean())
        off += np.abs(test - mean).sum()
        came += test.sum()
        sold += mean.sum()
        steps += len(test)
        quantiles = answer.get("quantiles")
        median = np.array(quantiles["0.5"]) if quantiles else mean
        off_median += np.abs(test - median).sum()
        if single > 0:
            sums["mase"].append(np.abs(test - mean).mean() / single)
            sums["mase_median"].append(np.abs(test - median).mean() / single)
            sums["rmsse"].append(np.sqrt(((test - mean) ** 2).mean()) / square)
        if quantiles:
            with_quantiles = True
            for name in QUANTILES:
                line, share = np.array(quantiles[name]), float(name)
                pinball[name] += np.where(test > line, share * (test - line), (1 - share) * (line - test)).sum()
                covered[name] += (test <= line).sum()
            inside += ((test <= np.array(quantiles["0.95"])) & (test >= np.array(quantiles["0.05"]))).sum()
    row = {name: float(np.mean(values)) for name, values in sums.items()}
    row |= {"wape": off / came, "wape_median": off_median / came, "bias": sold / came - 1}
    if with_quantiles:
        row["pinball"] = [pinball[name] / came for name in QUANTILES]
        row["covered"] = [float(covered[name] / steps) for name in QUANTILES]
        row["inside"] = float(inside / steps)
    return row


def show(name, row, speed):
    words = [f"| {name} | {speed} | {row['mase']:.4f} | {row['rmsse']:.4f} | {row['wape']:.4f}"]
    words.append(f"{row['mase_median']:.4f} | {row['wape_median']:.4f} | {row['bias']:+.3f}")
    if "pinball" in row:
        words.append(" ".join(f"{value:.4f}" for value in row["pinball"]))
        words.append(" ".join(f"{value:.3f}" for value in row["covered"][1:]) + f", {row['inside']:.3f} |")
    print(" | ".join(words))


def main(folder, out):
    for one in sets(folder):
        print(f"\n{one['name']}: {len(one['series'])} series, {one['horizon']} steps")
        print("| model | series a second | MASE | RMSSE | WAPE | median MASE | median WAPE | bias | pinball | covered |")
        for file in sorted(os.listdir(out)):
            if file.startswith(one["name"] + "."):
                kept = json.load(open(os.path.join(out, file), encoding="utf-8"))
                speed = f"{len(one['series']) / max(kept['seconds'], 1e-3):.0f}"
                show(file.split(".")[1], scores(one, kept["told"]), speed)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
