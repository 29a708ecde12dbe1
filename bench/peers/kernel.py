"""Time the cell `1 + 1` in several kernels, turn by turn: kernel.py N KERNEL... Prints a JSON list."""

import json
import statistics
import sys
import time

from jupyter_client.manager import start_new_kernel

WARM_UP = 10


class Peer:
    def __init__(self, name):
        began = time.perf_counter()
        self.name = name
        self.manager, self.client = start_new_kernel(kernel_name=name)
        self.start = time.perf_counter() - began
        self.replies, self.idles = [], []

    def cell(self):
        """One cell: the time to the reply on shell, and to idle on IOPub, whichever comes first read first."""
        began = time.perf_counter()
        request = self.client.execute("1 + 1")
        shown = None
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "execute_result":
                shown = message["content"]["data"]["text/plain"]
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        idle = time.perf_counter() - began
        while self.client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
            pass
        if shown != "2":
            raise SystemExit(f"{self.name}: 1 + 1 showed {shown!r}")
        return 1e3 * idle

    def reply(self):
        """One cell whose reply alone is awaited."""
        began = time.perf_counter()
        request = self.client.execute("1 + 1")
        while self.client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != request:
            pass
        took = 1e3 * (time.perf_counter() - began)
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if (message["parent_header"].get("msg_id") == request and message["msg_type"] == "status"
                    and message["content"]["execution_state"] == "idle"):
                return took

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def main():
    count, names = int(sys.argv[1]), sys.argv[2:]
    peers = [Peer(name) for name in names]
    try:
        for turn in range(WARM_UP + count):
            for peer in peers:
                idle, reply = peer.cell(), peer.reply()
                if turn >= WARM_UP:
                    peer.idles.append(idle)
                    peer.replies.append(reply)
    finally:
        for peer in peers:
            peer.close()
    tenths = {peer.name: statistics.quantiles(peer.idles, n=10) for peer in peers}
    print(json.dumps([{
        "kernel": {"python3": "ipykernel"}.get(peer.name, peer.name), "start_s": peer.start,
        "median_ms": statistics.median(peer.idles), "p10_ms": tenths[peer.name][0], "p90_ms": tenths[peer.name][8],
        "reply_median_ms": statistics.median(peer.replies),
    } for peer in peers]))


main()
