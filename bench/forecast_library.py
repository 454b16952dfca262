"""The models of statsforecast on the splits of forecast_splits.py: forecasts and seconds, each model alone, kept as JSON."""

import json
import os
import sys
import time
import warnings

import numpy as np
from statsforecast.models import (
    ADIDA,
    IMAPA,
    TSB,
    AutoCES,
    AutoETS,
    AutoTheta,
    CrostonSBA,
    DynamicOptimizedTheta,
    HistoricAverage,
    SeasonalNaive,
    SimpleExponentialSmoothingOptimized,
    WindowAverage,
)

from forecast_splits import sets

warnings.filterwarnings("ignore")
QUANTILES = (0.05, 0.5, 0.8, 0.9, 0.95)
LEVELS = [60, 80, 90]


def models(season):
    window = {12: 12, 7: 28, 1: 8}[season]
    return {
        "SeasonalNaive": SeasonalNaive(season_length=season),
        "WindowAverage": WindowAverage(window_size=window),
        "HistoricAverage": HistoricAverage(),
        "SES": SimpleExponentialSmoothingOptimized(),
        "CrostonSBA": CrostonSBA(),
        "TSB": TSB(alpha_d=0.1, alpha_p=0.1),
        "ADIDA": ADIDA(),
        "IMAPA": IMAPA(),
        "AutoETS": AutoETS(season_length=season),
        "AutoTheta": AutoTheta(season_length=season),
        "DynamicOptimizedTheta": DynamicOptimizedTheta(season_length=season),
        "AutoCES": AutoCES(season_length=season),
    }


def run(model, values, horizon, intervals):
    values = np.array(values, dtype=np.float64)
    answer = model.forecast(y=values, h=horizon, level=LEVELS) if intervals else model.forecast(y=values, h=horizon)
    mean = np.asarray(answer["mean"], dtype=float)
    told = {"mean": mean.tolist()}
    if intervals:
        columns = {0.05: "lo-90", 0.5: "mean", 0.8: "hi-60", 0.9: "hi-80", 0.95: "hi-90"}
        told["quantiles"] = {q: np.asarray(answer[name], dtype=float).tolist() for q, name in columns.items()}
    return told


def main(folder, out, only):
    for one in sets(folder):
        if only and one["name"] not in only:
            continue
        for name, model in models(one["season"]).items():
            path = os.path.join(out, f"{one['name']}.{name}.json")
            if os.path.exists(path):
                continue
            intervals = name in ("AutoETS", "AutoTheta", "DynamicOptimizedTheta", "SeasonalNaive")
            run(model, one["series"][0]["train"], one["horizon"], intervals)  # compiled before the clock starts
            told, failed, begun = {}, 0, time.process_time()
            for series in one["series"]:
                try:
                    told[series["id"]] = run(model, series["train"], one["horizon"], intervals)
                except Exception:
                    failed += 1
                    told[series["id"]] = {"mean": [float(np.mean(series["train"]))] * one["horizon"]}
            seconds = time.process_time() - begun
            with open(path, "w", encoding="utf-8") as file:
                json.dump({"seconds": seconds, "failed": failed, "told": told}, file)
            print(one["name"], name, round(seconds, 1), "s", failed, "failed", flush=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
