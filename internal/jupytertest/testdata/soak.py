"""Mixed cells with random interrupts in one kernel: soak.py KERNEL CELLS SECONDS SEED

The cells are spread over the seconds; 0 means as fast as they go. Every reply, every result and the parent of every message
are checked. Prints a JSON object with the counts and the kernel's memory (MB) after a tenth of the cells and at the end.
"""

import collections
import json
import queue
import random
import sys
import time

from jupyter_client.manager import start_new_kernel

PATIENCE = 30


def arithmetic(r, i):
    a, b = r.randrange(1000), r.randrange(1, 1000)
    return f"{a} * {b} + {i}", str(a * b + i)


def variables(r, i):
    return f"x := {i}\ny := x * 2\ny - x", str(i)


def redefined(r, i):
    return f"func f(n int) int {{ return n + {i} }}\nf(1)", str(i + 1)


def types(r, i):
    return f"type P struct{{ X, y int }}\nfunc (p P) Sum() int {{ return p.X + p.y }}\nP{{{i}, 1}}.Sum()", str(i + 1)


def closures(r, i):
    return f"fs := []func() int{{}}\nfor k := range 3 {{ fs = append(fs, func() int {{ return k + {i} }}) }}\nfs[2]()", str(i + 2)


def goroutines(r, i):
    return ("sums := make(chan int)\nfor k := range 4 { go func() { sums <- k }() }\ntotal := 0\nfor range 4 { total += <-sums }\n"
            f"total + {i}"), str(6 + i)


def late_output(r, i):
    return f"go func() {{ time.Sleep(5 * time.Millisecond); fmt.Println(\"late {i}\") }}()\n{i}", str(i)


def machine_code(r, i):
    return f"t := 0.0\nfor k := range 10000 {{ t += float64(k) }}\nint(t) + {i}", str(49995000 + i)


def library(r, i):
    return f'strings.Join([]string{{"a", strconv.Itoa({i})}}, "-")', f"a-{i}"


def printed(r, i):
    return f"for k := range 50 {{ fmt.Println(k) }}\n{i}", str(i)


def displayed(r, i):
    return f'Display(HTML("<b>{i}</b>"))\n[]int{{{i}}}', f"[{i}]"


def magic(r, i):
    return f"%pwd\n{i}", str(i)


def wrong(r, i):
    return f"nowhere{i}", "NameError"


def panics(r, i):
    return f"var none []int\nnone[{i}]", "panic"


def recovered(r, i):
    return f"func() (n int) {{ defer func() {{ recover(); n = {i} }}(); panic(1) }}()", str(i)


ENDLESS = [
    'words := []string{}\nfor { words = append(words[:0], "a") }',
    "for { }",
    "time.Sleep(time.Hour)",
    "select {}",
    "<-make(chan int)",
    "for { go func() {}(); time.Sleep(time.Millisecond) }",
    "!sleep 60",
]
KINDS = [arithmetic, variables, redefined, types, closures, goroutines, late_output, machine_code, library, printed, displayed,
         magic, wrong, panics, recovered]


class Soak:
    def __init__(self, name, seed):
        self.manager, self.client = start_new_kernel(kernel_name=name)
        self.random = random.Random(seed)
        self.sent = set()
        self.counts = collections.Counter()

    def memory(self):
        with open(f"/proc/{self.manager.provisioner.process.pid}/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def answer(self, request, interrupt_at=None):
        """Waits for the end of a cell; returns its reply's content and its results."""
        results, interrupted = [], False
        deadline = time.monotonic() + PATIENCE
        while True:
            if interrupt_at is not None and not interrupted and time.monotonic() >= interrupt_at:
                self.interrupt()
                interrupted = True
            try:
                message = self.client.get_iopub_msg(timeout=0.02 if interrupt_at and not interrupted else 1)
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise SystemExit(f"no idle: {dict(self.counts)}") from None
                continue
            parent = message["parent_header"].get("msg_id")
            if parent not in self.sent and message["parent_header"].get("msg_type") == "execute_request":
                raise SystemExit(f"a message with the parent {parent}: {message['content']}")
            if message["msg_type"] == "stream" and "late" in message["content"]["text"]:
                self.counts["late lines"] += 1
            if parent != request:
                continue
            if message["msg_type"] == "execute_result":
                results.append(message["content"]["data"]["text/plain"])
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        reply = self.client.get_shell_msg(timeout=PATIENCE)
        if reply["parent_header"]["msg_id"] != request:
            raise SystemExit(f"the reply to {request} is one to {reply['parent_header']}")
        return reply["content"], results

    def interrupt(self):
        """Asks for an interrupt and waits for its answer: one that is still on its way could reach the next cell."""
        message = self.client.session.msg("interrupt_request", {})
        self.client.control_channel.send(message)
        while self.client.get_control_msg(timeout=PATIENCE)["parent_header"].get("msg_id") != message["header"]["msg_id"]:
            pass

    def send(self, code):
        request = self.client.execute(code)
        self.sent.add(request)
        return request

    def cell(self, i):
        if self.random.random() < 0.05:
            return self.endless()
        kind = self.random.choice(KINDS)
        code, want = kind(self.random, i)
        interrupt_at = time.monotonic() + self.random.random() / 500 if self.random.random() < 0.03 else None
        content, results = self.answer(self.send(code), interrupt_at)
        self.counts[kind.__name__] += 1
        if interrupt_at is not None and content["status"] == "error" and content["ename"] == "Interrupted":
            self.counts["interrupted early"] += 1
            return
        got = content["ename"] if content["status"] == "error" else "".join(results)
        if got != want:
            raise SystemExit(f"cell {i}: {code!r} gave {got!r}, want {want!r}: {content}")

    def endless(self):
        code = self.random.choice(ENDLESS)
        content, _ = self.answer(self.send(code), time.monotonic() + 0.01 + self.random.random() / 50)
        self.counts["endless"] += 1
        if content["status"] != "error" or content["ename"] != "Interrupted":
            raise SystemExit(f"{code!r} ended with {content}")


def main():
    name, cells, seconds, seed = sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
    soak = Soak(name, seed)
    began, early = time.monotonic(), 0
    try:
        for i in range(cells):
            soak.cell(i)
            if i == cells // 10:
                early = soak.memory()
            time.sleep(max(0, began + seconds * (i + 1) / cells - time.monotonic()))
        late = soak.memory()
    finally:
        soak.client.stop_channels()
        soak.manager.shutdown_kernel(now=True)
    print(json.dumps({"cells": cells, "seconds": time.monotonic() - began, "early_mb": early, "late_mb": late, "counts": soak.counts}))


main()
