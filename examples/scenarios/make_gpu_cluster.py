#!/usr/bin/env python3
"""Write gpu-cluster.json: the cluster of the Alibaba openb GPU trace of 2023 as a scenario.

    make_gpu_cluster.py [TRACE_FOLDER]       default: ../shared/data/traces/alibaba_openb

Counts and sizes of nodes and pods are figures of the trace (data/csv of
hkust-adsl/kubernetes-scheduler-simulator, Apache-2.0). What it lacks is ours, and is marked so in
the file: watts, the power tree, network capacities, the energy price, and the weights. The scenario
is kept in the repository; this says how it was made.
"""

from __future__ import annotations

import collections
import csv
import json
import os
import pathlib
import sys
from typing import Any

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
SHARED = pathlib.Path(os.environ.get("DCALLOC_SHARED", ROOT.parent / "shared"))
OPENB = "openb"
OURS = "ours"

# Ours: W drawn by a GPU when idle and beyond that when busy, and the row where a type stands. The
# trace keeps the types G2 and G3 anonymous.
GPUS = {
    "A10": (15, 135, "row-g3"),
    "G2": (40, 260, "row-g2"),
    "G3": (50, 330, "row-g3"),
    "P100": (30, 200, "row-p100"),
    "T4": (10, 60, "row-t4"),
    "V100M16": (40, 240, "row-v100"),
    "V100M32": (40, 250, "row-v100"),
}
CORE_WATTS = 2.5  # ours: W beyond idle of a busy vCPU
NODE_WATTS = (90, 0.6)  # ours: idle W of a node, and more for each vCPU
NIC = (25, 100)  # ours: Gb/s of a node without, with four or more GPUs
GPU_RATE, CORE_RATE = 1.0, 0.05  # ours: Gb/s wanted for a GPU and for a vCPU
PUE = 1.25  # ours
ENERGY_PRICE = 0.11  # ours: money per kWh

# Ours: W that each of four feeds may deliver, and the shares in which rows draw from them. Together
# they carry everything; three of them do not.
FEED_LIMIT = 525_000
FEEDS = {
    "row-cpu": {"feed-A": 0.5, "feed-B": 0.5},
    "row-t4": {"feed-C": 0.5, "feed-D": 0.5},
    "row-p100": {"feed-A": 0.5, "feed-C": 0.5},
    "row-v100": {"feed-B": 0.5, "feed-D": 0.5},
    "row-g3": {"feed-B": 0.5, "feed-C": 0.5},
    "row-g2": {"feed-A": 0.25, "feed-B": 0.25, "feed-C": 0.25, "feed-D": 0.25},
}
UPLINKS = {
    "row-cpu": 1600,
    "row-t4": 3200,
    "row-p100": 800,
    "row-v100": 800,
    "row-g3": 800,
    "row-g2": 7000,
}


def rows(path: pathlib.Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def short(number: float) -> float:
    """A number as it is written by hand: 8, not 8.0; 5.47, not 5.46875."""
    rounded = round(number, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def pool_of(key: tuple[str, int, int, int], count: int) -> dict[str, Any]:
    model, gpus, cpu_milli, memory_mib = key
    cores, gib = cpu_milli / 1000, memory_mib / 1024
    size = f"{short(cores)}c-{short(gib)}g"
    idle, busy, row = GPUS[model] if model else (0, 0, "row-cpu")
    capacity = {"cpu": short(cores), "memory": short(gib), "bandwidth": NIC[gpus >= 4]}
    watts = {"cpu": CORE_WATTS}
    if gpus:
        capacity = {"gpu": gpus, **capacity}
        watts = {"gpu": busy, **watts}
    return {
        "name": f"{model}x{gpus}-{size}" if model else f"cpu-{size}",
        "count": count,
        "capacity": capacity,
        "watts": watts,
        "idle_watts": short(NODE_WATTS[0] + NODE_WATTS[1] * cores + idle * gpus),
        "elastic": True,
        "in": [row, f"uplink-{row}"],
        "source": {OPENB: "count, capacity of gpu, cpu and memory", OURS: "the rest"},
    }


def demand_of(key: tuple[int, int, int, int], amount: int, types: dict[str, int]) -> dict[str, Any]:
    cpu_milli, memory_mib, gpus, gpu_milli = key
    cores, gib = short(cpu_milli / 1000), short(memory_mib / 1024)
    share = short(gpus * gpu_milli / 1000)
    bandwidth = short(GPU_RATE * share + CORE_RATE * cores)
    use = {"cpu": cores, "memory": gib, "bandwidth": bandwidth}
    name = f"{cores}c-{gib}g"
    on: Any = "*"
    if gpus:
        use = {"gpu": share, **use}
        name = f"{share}gpu-{name}" if gpus > 1 or gpu_milli == 1000 else f"{gpu_milli}milli-{name}"
        on = {f"{t}x*": {"ceiling": n} if n < amount else 1 for t, n in sorted(types.items()) if n}
    return {
        "name": name,
        "amount": amount,
        "unit": "pods",
        "use": use,
        "weight": short(10 * share + 0.2 * cores),
        "on": on,
        "source": {OPENB: "amount; use of gpu, cpu, memory; on", OURS: "bandwidth, weight"},
    }


def accepted(spec: str) -> set[str]:
    return set(spec.split("|")) if spec else set(GPUS)


def scenario(trace: pathlib.Path) -> dict[str, Any]:
    nodes: collections.Counter[tuple[str, int, int, int]] = collections.Counter()
    for row in rows(trace / "openb_node_list_all_node.csv"):
        size = int(row["cpu_milli"]), int(row["memory_mib"])
        nodes[(row["model"], int(row["gpu"]), *size)] += 1
    pods: collections.Counter[tuple[int, int, int, int]] = collections.Counter()
    types: dict[tuple[int, int, int, int], collections.Counter[str]] = {}
    for row in rows(trace / "openb_pod_list_gpuspec33.csv"):
        sizes = [int(row[k]) for k in ("cpu_milli", "memory_mib", "num_gpu", "gpu_milli")]
        pod = (sizes[0], sizes[1], sizes[2], sizes[3])
        pods[pod] += 1
        types.setdefault(pod, collections.Counter()).update(accepted(row["gpu_spec"]))
    pools = [pool_of(k, n) for k, n in sorted(nodes.items())]
    order = sorted(pods, key=lambda k: (-k[2] * k[3] * pods[k], -k[0] * pods[k], k))
    demands = [demand_of(k, pods[k], types[k]) for k in order]
    feeds = sorted({feed for shares in FEEDS.values() for feed in shares})
    domains: list[dict[str, Any]] = [
        {
            "name": "site",
            "kind": "power",
            "factor": PUE,
            "energy_price": ENERGY_PRICE,
            "note": "the meter: everything below it, times the PUE",
            "source": OURS,
        }
    ]
    for feed in feeds:
        limit = {"power": FEED_LIMIT}
        domains.append(
            {"name": feed, "kind": "power", "limits": limit, "in": "site", "source": OURS}
        )
    for row_name, shares in FEEDS.items():
        domains.append({"name": row_name, "kind": "power", "in": shares, "source": OURS})
    for row_name, rate in UPLINKS.items():
        domains.append(
            {
                "name": f"uplink-{row_name}",
                "kind": "network",
                "limits": {"bandwidth": rate},
                "source": OURS,
            }
        )
    return {
        "dcalloc": 1,
        "name": "openb GPU cluster",
        "note": "1523 nodes in 27 classes, 8152 pods in 151 request classes. A pod that takes part"
        " of a GPU uses that fraction. A third of the pods with GPUs name the types that they"
        " accept: a class may put on a type as many pods as accept it, a ceiling for each pool.",
        "source": {
            OPENB: "Alibaba cluster trace gpu-v2023 (openb), github.com/hkust-adsl/"
            "kubernetes-scheduler-simulator, data/csv: openb_node_list_all_node.csv and"
            " openb_pod_list_gpuspec33.csv. Licence Apache-2.0; figures only.",
            OURS: "watts, power tree, limits of feeds and uplinks, bandwidth, energy price,"
            " weights: plausible figures of our own, not of that cluster.",
        },
        "resources": {"gpu": "GPU", "cpu": "core", "memory": "GiB", "bandwidth": "Gb/s"},
        "domains": domains,
        "pools": pools,
        "demands": demands,
        "objective": [
            {"name": "unmet demand", "terms": [{"kind": "unmet"}]},
            {"name": "energy cost", "terms": [{"kind": "cost"}]},
        ],
    }


def text_of(data: dict[str, Any]) -> str:
    """One line for each object of a list: short, and readable in a diff."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list):
            lines = ",\n".join(f"    {json.dumps(item)}" for item in value)
            parts.append(f"  {json.dumps(key)}: [\n{lines}\n  ]")
        else:
            parts.append(f"  {json.dumps(key)}: {json.dumps(value)}")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main() -> int:
    trace = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else SHARED / "data/traces/alibaba_openb")
    if not trace.is_dir():
        print(f"{trace}: not there; gpu-cluster.json stays as it is", file=sys.stderr)
        return 1
    (HERE / "gpu-cluster.json").write_text(text_of(scenario(trace)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
