"""Time kernels through jupyter_client, turn by turn.

Reads a JSON object from standard input: {"cells": n, "starts": n, "kernels": [{"name", "spec", "cell", "lines"}, ...]}.
Prints a JSON list with one object per kernel.
"""

import json
import queue
import statistics
import subprocess
import sys
import time

from jupyter_client.manager import KernelManager

WARM_UP = 10
LINES = 20_000
REPEATS = 3


class Peer:
    def __init__(self, order):
        self.order, self.name = order, order["name"]
        self.idles, self.replies, self.lines, self.starts = [], [], [], []
        self.manager = self.client = None

    def start(self):
        """A fresh kernel: the time until it has answered what kernel it is."""
        self.close()
        began = time.perf_counter()
        self.manager = KernelManager(kernel_name=self.order["spec"])
        self.manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()
        request = self.client.kernel_info()
        while self.client.get_shell_msg(timeout=120)["parent_header"].get("msg_id") != request:
            pass
        self.starts.append(time.perf_counter() - began)
        self.client.wait_for_ready(timeout=120)

    def run(self, code):
        """One cell: the time to idle, the results it showed, and how many lines it printed."""
        began = time.perf_counter()
        request = self.client.execute(code)
        shown, printed = [], 0
        while True:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "execute_result":
                shown.append(message["content"]["data"]["text/plain"])
            elif message["msg_type"] == "stream":
                printed += message["content"]["text"].count("\n")
            elif message["msg_type"] == "error":
                raise SystemExit(f"{self.name}: {message['content']}")
            elif message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        took = time.perf_counter() - began
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        return took, shown, printed

    def cell(self):
        took, shown, _ = self.run(self.order["cell"])
        if shown != ["2"]:
            raise SystemExit(f"{self.name}: {self.order['cell']} showed {shown}")
        return 1e3 * took

    def reply(self):
        """One cell whose reply alone is awaited."""
        began = time.perf_counter()
        request = self.client.execute(self.order["cell"])
        while self.client.get_shell_msg(timeout=60)["parent_header"].get("msg_id") != request:
            pass
        took = 1e3 * (time.perf_counter() - began)
        while True:
            message = self.client.get_iopub_msg(timeout=60)
            if (message["parent_header"].get("msg_id") == request and message["msg_type"] == "status"
                    and message["content"]["execution_state"] == "idle"):
                return took

    def print_lines(self):
        """The time for many lines; 0 when some of them, or the end of the cell, never came."""
        try:
            took, _, printed = self.run(self.order["lines"])
        except queue.Empty:
            return 0
        return took if printed == LINES else 0

    def close(self):
        if self.client is not None:
            self.client.stop_channels()
            self.manager.shutdown_kernel()
            self.client = None


def measure(peers, cells, starts):
    for _ in range(starts):
        for peer in peers:
            peer.start()
    for turn in range(WARM_UP + cells):
        for peer in peers:
            # evcxr compiles each cell; a few of them are enough.
            if turn > WARM_UP and peer.idles and statistics.median(peer.idles) > 100 and len(peer.idles) >= 10:
                continue
            idle, reply = peer.cell(), peer.reply()
            if turn >= WARM_UP:
                peer.idles.append(idle)
                peer.replies.append(reply)
    for _ in range(REPEATS):
        for peer in peers:
            if peer.order["lines"] and 0 not in peer.lines:
                peer.lines.append(peer.print_lines())


def main():
    order = json.load(sys.stdin)
    peers = [Peer(kernel) for kernel in order["kernels"]]
    try:
        measure(peers, order["cells"], order["starts"])
    finally:
        for peer in peers:
            peer.close()
    print(json.dumps([{
        "kernel": peer.name,
        "start_s": statistics.median(peer.starts),
        "median_ms": statistics.median(peer.idles),
        "p10_ms": statistics.quantiles(peer.idles, n=10)[0],
        "p90_ms": statistics.quantiles(peer.idles, n=10)[8],
        "reply_median_ms": statistics.median(peer.replies),
        "lines_s": statistics.median(peer.lines) if peer.lines and 0 not in peer.lines else 0,
    } for peer in peers]))


main()
