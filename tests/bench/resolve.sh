#!/usr/bin/env bash
# How long `tip resolve -` takes for 100,000 names, against pycountry's lookup of the same (pip install pycountry).
# Whole processes in turn, medians and their ratio. Usage: tests/bench/resolve.sh [FILE OF NAMES] [RUNS]
# Without a file: 909 distinct English spellings of data/names.csv, drawn with a fixed seed.
set -euo pipefail
cd "$(dirname "$0")/../.."
cargo build --release --quiet
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/names.py" <<'PY'
import csv, random, sys
rows = csv.DictReader(open("data/names.csv", encoding="utf-8", newline=""))
names = [row["name"] for row in rows if row["kind"] in ("official", "alias") and row["languages"] == "en"]
random.seed(7)
names = random.sample(names, 909)
sys.stdout.write("".join(random.choice(names) + "\n" for _ in range(100_000)))
PY
names=${1:-}
[ -n "$names" ] || { names=$dir/names.txt; python3 "$dir/names.py" >"$names"; }
cat >"$dir/peer.py" <<'PY'
import sys, pycountry
for line in sys.stdin:
    try:
        print(pycountry.countries.lookup(line.rstrip("\n")).alpha_3)
    except LookupError:
        print()
PY
python3 - "$names" "${2:-11}" "$dir/peer.py" <<'PY'
import statistics, subprocess, sys, time
names, runs, peer = sys.argv[1], int(sys.argv[2]), ["python3", sys.argv[3]]
def spend(command):
    with open(names, "rb") as stdin:
        start = time.perf_counter()
        subprocess.run(command, stdin=stdin, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return time.perf_counter() - start
for format in ("csv", "ndjson"):
    tip = ["target/release/tip", "resolve", "-", "--format", format]
    pairs = [(spend(tip), spend(peer)) for _ in range(runs)]
    tip_s, peer_s = (statistics.median(side) for side in zip(*pairs))
    print(f"{' '.join(tip)}: {tip_s * 1000:.0f} ms; pycountry: {peer_s * 1000:.0f} ms; {tip_s / peer_s:.3f} of it")
PY
