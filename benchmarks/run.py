"""Every benchmark in one run: ratios against named references, medians, growth with size, peak memory."""

import platform
import subprocess
import sys
from pathlib import Path

BENCHES = ("bench_load", "bench_infer", "bench_rules", "bench_check")


def main() -> int:
    print(f"Python {platform.python_version()} on {platform.machine()}; absolute times say little, ratios say more")
    here = Path(__file__).parent
    failed = [name for name in BENCHES if subprocess.run([sys.executable, str(here / f"{name}.py")]).returncode]
    for name in failed:
        print(f"{name} failed")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
