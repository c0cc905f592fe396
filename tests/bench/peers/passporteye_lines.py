"""What PassportEye reads: python passporteye_lines.py FILE...; one JSON line per file, {"lines": [...], "valid": bool, "millis": number}."""

import json
import sys
import time
import warnings

from passporteye import read_mrz

warnings.filterwarnings("ignore")


def read(path):
    began = time.perf_counter()
    try:
        zone = read_mrz(path)
    except Exception:  # It throws on some pictures; for whoever uses it that is a picture that is not read.
        zone = None
    lines = zone.aux["raw_text"].split("\n") if zone else []
    lines = [line.replace(" ", "") for line in lines if line.strip()]
    return {"lines": lines, "valid": bool(zone and zone.valid), "millis": 1000 * (time.perf_counter() - began)}


for path in sys.argv[1:]:
    print(json.dumps(read(path)), flush=True)
