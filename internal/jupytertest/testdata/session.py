"""Run cells in one kernel session through jupyter_client.

Reads a JSON object from standard input: {"kernel": name, "steps": [{"code": ..., "interrupt_after": seconds or null,
"timeout": seconds}, ...]}. Writes a JSON list with one result per step: the reply's status, ename, evalue and
traceback, the messages on IOPub in order, and the seconds from the request (or the interrupt) to idle.
"""

import json
import sys
import threading
import time

from jupyter_client.manager import start_new_kernel


def run(manager, client, step):
    shown = []

    def keep(message):
        shown.append({"type": message["msg_type"], "content": message["content"]})

    interrupt = None
    began = [time.perf_counter()]
    if step.get("interrupt_after") is not None:
        def fire():
            began[0] = time.perf_counter()
            manager.interrupt_kernel()
        interrupt = threading.Timer(step["interrupt_after"], fire)
        interrupt.start()
    try:
        reply = client.execute_interactive(
            step["code"], timeout=step.get("timeout", 60), output_hook=keep, allow_stdin=False, stop_on_error=False
        )
    finally:
        if interrupt is not None:
            interrupt.cancel()
    content = reply["content"]
    return {
        "status": content["status"],
        "count": content.get("execution_count"),
        "ename": content.get("ename", ""),
        "evalue": content.get("evalue", ""),
        "traceback": content.get("traceback", []),
        "messages": shown,
        "seconds": time.perf_counter() - began[0],
    }


def main():
    order = json.load(sys.stdin)
    manager, client = start_new_kernel(kernel_name=order["kernel"])
    try:
        json.dump([run(manager, client, step) for step in order["steps"]], sys.stdout)
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


main()
