"""One case over HTTP: the median and the 99th percentile of `POST /v1/check`, with every rule and every proof."""

import statistics
import tempfile
import time
from pathlib import Path

from clew.api.app import create_app
from clew.api.demo import prepare
from clew.api.store import home

CASE = {
    "id": "bench",
    "as_of": "2024-11-15",
    "parties": [
        {"id": "seller", "name": "Seller Inc", "kind": "company", "country": "US", "roles": ["exporter"]},
        {"id": "hub", "name": "Hub Sdn Bhd", "kind": "company", "country": "MY", "roles": ["declared_consignee"]},
        {"id": "buyer", "name": "Buyer Co", "kind": "company", "country": "CN", "roles": ["end_user"]},
        {
            "id": "owner",
            "name": "Listed Owner",
            "kind": "company",
            "country": "RU",
            "listings": [{"list": "US-SDN", "from": "2022-04-06"}],
        },
    ],
    "ownership": [{"owner": "owner", "owned": "buyer", "percent": "75", "kind": "equity"}],
    "items": [{"id": "i1", "desc": "GPU", "hs": "847330", "codes": {"US": "3A090.a"}, "origin": "US"}],
    "transaction": {"type": "export", "date": "2024-11-15", "licences": []},
    "route": [
        {
            "seq": 1,
            "from": {"place": "Miami", "country": "US"},
            "to": {"place": "Port Klang", "country": "MY"},
            "mode": "air",
            "date": "2024-11-10",
            "consignee": "hub",
        },
        {
            "seq": 2,
            "from": {"place": "Port Klang", "country": "MY"},
            "to": {"place": "Guangzhou", "country": "CN"},
            "mode": "air",
            "date": "2024-11-15",
            "consignee": "buyer",
        },
    ],
}


def main(runs: int = 200) -> None:
    with tempfile.TemporaryDirectory() as folder:
        client = create_app(prepare(home(Path(folder)), lambda step, seen: None)).test_client()
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            answer = client.post("/v1/check", json=CASE)
            times.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200, answer.text
        times = sorted(times[10:])
        found = len(answer.get_json()["findings"])
        p50, p99 = statistics.median(times), times[int(len(times) * 0.99)]
        print(
            f"POST /v1/check: {found} findings with proofs, p50 {p50:.1f} ms, p99 {p99:.1f} ms, {len(times)} requests"
        )


if __name__ == "__main__":
    main()
