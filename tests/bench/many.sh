#!/usr/bin/env bash
# What many names on standard input and many rows cost: time as user and system seconds, peak memory in MB, bytes written.
# Usage: tests/bench/many.sh [NAMES] [TIP]. Without arguments: a million names, and the release build. Needs GNU time.
# The names are all spellings of data/names.csv, drawn with a fixed seed; the unknown ones are random letters, a tenth as many.
set -euo pipefail
cd "$(dirname "$0")/../.."
names=${1:-1000000}
tip=${2:-target/release/tip}
[ $# -gt 1 ] || cargo build --release --quiet
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
python3 - "$names" "$dir" "$tip" <<'PY'
import csv, os, random, string, subprocess, sys
count, folder, tip = int(sys.argv[1]), sys.argv[2], sys.argv[3]
random.seed(7)
rows = csv.DictReader(open("data/names.csv", encoding="utf-8", newline=""))
spellings = [row["name"] for row in rows if row["kind"] in ("official", "alias") and row["languages"] == "en"]
def file(name, lines):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as out:
        out.writelines(line + "\n" for line in lines)
file("known", (random.choice(spellings) for _ in range(count)))
file("unknown", ("".join(random.choices(string.ascii_lowercase, k=9)) for _ in range(count // 10)))
# One cell that would make every row of a table as wide as itself.
file("wide", ["MD"] * (count // 100) + ["x" * 60_000] + ["MD"] * (count // 100))
file("none", [])
def spend(names, *command):
    # GNU time starts it: the peak of a child of this process would be at least that of Python.
    out, spent = os.path.join(folder, "out"), os.path.join(folder, "spent")
    with open(os.path.join(folder, names)) as stdin, open(out, "wb") as stdout:
        timed = ["/usr/bin/time", "-f", "%U %S %M", "-o", spent, tip, *command]
        subprocess.run(timed, stdin=stdin, stdout=stdout, stderr=subprocess.DEVNULL)
    with open(spent) as lines:
        user, system, peak = map(float, lines.read().splitlines()[-1].split())
    time, size = user + system, os.path.getsize(out)
    print(f"tip {' '.join(command)} ({names}): {time:.2f} s, {peak / 1024:.0f} MB, {size:,} bytes", flush=True)
for format in ("csv", "ndjson", "json", "markdown", "table"):
    for command in ("resolve", "lookup", "history"):
        spend("known", command, "-", "--format", format)
spend("unknown", "resolve", "-", "--csv")
spend("wide", "resolve", "-")
for format in ("table", "csv", "json"):
    spend("none", "list", "--region", "world", "--year", "all", "--format", format)
PY
