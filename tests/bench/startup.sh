#!/usr/bin/env bash
# How long `tip` takes to start, against a hello world: wall time as the median ratio of pairs run in turn,
# instructions by callgrind where valgrind is installed. Usage: tests/bench/startup.sh [PAIRS] [TIP ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/../.."
pairs=${1:-300}
shift || true
[ $# -gt 0 ] || set -- lookup Moldova
cargo build --release --quiet
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
echo 'fn main() { println!("hello, world"); }' >"$dir/hello.rs"
rustc -O -C lto -C codegen-units=1 -C panic=abort -C strip=symbols -o "$dir/hello" "$dir/hello.rs"
# Side by side: a program starts faster or slower with the folder it lies in.
tip=$dir/tip
cp target/release/tip "$tip"

python3 - "$pairs" "$dir/hello" "$tip" "$@" <<'PY'
import statistics, subprocess, sys, time
pairs, hello, tip = int(sys.argv[1]), [sys.argv[2]], sys.argv[3:]
def spawn(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - start
for command in (hello, tip) * 10: spawn(command)
times = [(spawn(hello), spawn(tip)) for _ in range(pairs)]
print(f"hello world: {statistics.median(a for a, _ in times) * 1000:.2f} ms")
print(f"{' '.join(['tip', *tip[1:]])}: {statistics.median(b for _, b in times) * 1000:.2f} ms")
print(f"median ratio of {pairs} pairs: {statistics.median(b / a for a, b in times):.2f}")
PY

if command -v valgrind >/dev/null; then
  count() { valgrind --tool=callgrind --callgrind-out-file=/dev/null "$@" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'; }
  echo "instructions: hello world $(count "$dir/hello"), tip $(count "$tip" "$@")"
fi
