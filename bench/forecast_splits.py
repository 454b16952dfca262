"""Splits of the public demand sets, shared by the measurement of `sauda forecast` and of the Python library. Keeps no rows."""

import csv
import json
import os


def is_learned_from(name):
    """The half of the products that parameters may be learned from: FNV-1a of the id, the same as in examples/learn_demand."""
    value = 0xCBF29CE484222325
    for byte in str(name).encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return (value >> 20) & 1 == 0


def read(folder, name):
    with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def numbers(text):
    return [None if word == "NA" else float(word) for word in text.split()]


def cut(name, values, horizon):
    return {"id": name, "train": values[:-horizon], "test": values[-horizon:]}


def sets(folder):
    """Every set: how often, start, season, horizon, lag of the scale, and its series."""
    weekly = {}
    for row in read(folder, "grocery_weekly_dev.csv"):
        weekly.setdefault(row["product_id"], [0.0] * 53)[int(row["week"]) - 1] += float(row["units"])
    daily = [(row["product_id"], numbers(row["units_by_day"])) for row in read(folder, "grocery_daily_dev.csv")]
    parts = [(row["part"], numbers(row["units_by_month"])) for row in read(folder, "carparts_monthly_dev.csv")]
    parts = [(name, values) for name, values in parts if None not in values]
    m3 = [
        {"id": row["series"], "train": numbers(row["train"]), "test": numbers(row["test"])}
        for row in read(folder, "m3_monthly_dev.csv")
    ]
    every = [
        ("weekly", "weekly", "2017-01-01", 1, 8, 1, [cut(n, v, 8) for n, v in weekly.items()]),
        ("daily", "daily", "2017-01-01", 7, 28, 1, [cut(n, v, 28) for n, v in daily]),
        ("daily90", "daily", "2017-01-01", 7, 90, 1, [cut(n, v, 90) for n, v in daily]),
        ("carparts", "monthly", "1998-01-01", 12, 6, 1, [cut(n, v, 6) for n, v in parts]),
        ("m3", "monthly", "1980-01-01", 12, 18, 12, m3),
    ]
    names = ("name", "frequency", "start", "season", "horizon", "lag", "series")
    result = []
    for one in every:
        one = dict(zip(names, one))
        one["series"] = [series for series in one["series"] if not is_learned_from(series["id"])]
        result.append(one)
    return result


def questions(one, quantiles):
    """The lines of `sauda forecast` for a set."""
    for series in one["series"]:
        yield json.dumps(
            {
                "id": series["id"],
                "frequency": one["frequency"],
                "start": one["start"],
                "history": series["train"],
                "horizon": one["horizon"],
                "quantiles": quantiles,
            }
        )
