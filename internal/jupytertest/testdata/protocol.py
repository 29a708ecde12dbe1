"""What jupyter_kernel_test leaves out, over real sockets: protocol.py KERNEL TRIES

Each function below is one test. Prints a JSON object with the median milliseconds from an interrupt to idle, by what was
interrupted and how.
"""

import json
import os
import queue
import signal
import statistics
import sys
import time

from jupyter_client.manager import start_new_kernel

PATIENCE = 20
STARTED = 'fmt.Println("started")\n'
LONG = {
    "interpreted": STARTED + "words := []string{}\nfor { words = append(words[:0], strings.Repeat(\"a\", len(words))) }",
    "machine code": STARTED + "sum := 0.0\nfor { sum += 1 }",
    "prelude": STARTED + "Simulate(SDE{Dim: 1, Drift: func(dst, x []float64) { dst[0] = -x[0] }, Noise: Isotropic(1)},"
    " Run{Dt: 1e-3, Steps: 2_000_000_000, Every: 1_000_000, Seed: 1})",
    "goroutines": STARTED + "var all sync.WaitGroup\nfor range 4 { all.Go(func() { for { time.Sleep(time.Microsecond) } }) }\nall.Wait()",
    "command": "!echo started; sleep 60",
    "input": None,  # waits for nobody's answer
}


class Kernel:
    def __init__(self, name):
        self.manager, self.client = start_new_kernel(kernel_name=name)

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def iopub(self, request):
        """The next message on IOPub that a request caused. One that nobody's request caused is a fault."""
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message

    def until_idle(self, request):
        messages = []
        while True:
            message = self.iopub(request)
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return messages

    def reply(self, request, channel="shell"):
        get = {"shell": self.client.get_shell_msg, "control": self.client.get_control_msg}[channel]
        while True:
            message = get(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message

    def run(self, code, **options):
        """Runs a cell; returns its reply's content and what it caused on IOPub."""
        request = self.send(code, **options)
        return self.reply(request)["content"], self.until_idle(request)

    def ask(self, channel, msg_type, content):
        message = self.client.session.msg(msg_type, content)
        {"shell": self.client.shell_channel, "control": self.client.control_channel}[channel].send(message)
        return message["header"]["msg_id"]


def types(messages):
    return [m["msg_type"] for m in messages]


def text(messages):
    return "".join(m["content"]["text"] for m in messages if m["msg_type"] == "stream")


def shown(messages):
    return [m["content"]["data"]["text/plain"] for m in messages if m["msg_type"] == "execute_result"]


def equal(got, want):
    if got != want:
        raise AssertionError(f"got {got!r}, want {want!r}")


def order_of_messages(k):
    _, messages = k.run('fmt.Println("a")\nfmt.Fprintln(os.Stderr, "b")\n7')
    equal(types(messages), ["status", "execute_input", "stream", "stream", "execute_result", "status"])


def silent_and_store_history(k):
    before = k.run("1")[0]["execution_count"]
    reply, messages = k.run("hidden := 5\nhidden", silent=True)
    equal((reply["status"], reply["execution_count"], types(messages)), ("ok", before, ["status", "status"]))
    reply, messages = k.run("hidden + 1", store_history=False)
    equal((reply["execution_count"], shown(messages)), (before, ["6"]))
    equal(k.run("hidden + 2")[0]["execution_count"], before + 1)


def user_expressions(k):
    reply, _ = k.run("u := 20", user_expressions={"twice": "u * 2", "wrong": "nowhere", "list": "[]int{u}"})
    found = reply["user_expressions"]
    equal(found["twice"]["data"]["text/plain"], "40")
    equal((found["wrong"]["status"], found["wrong"]["ename"]), ("error", "NameError"))
    equal((found["list"]["status"], found["list"]["data"]["text/plain"]), ("ok", "[20]"))


def stop_on_error(k):
    first = k.send('panic("on purpose")')
    later = [k.send("1"), k.send("2")]
    equal(k.reply(first)["content"]["ename"], "panic")
    for request in later:
        content = k.reply(request)["content"]
        equal((content["status"], content["ename"], content["traceback"] is not None), ("error", "Aborted", True))
    k.until_idle(later[-1])
    first = k.send('panic("again")', stop_on_error=False)
    after = k.send("3")
    equal(k.reply(after)["content"]["status"], "ok")
    k.until_idle(after)


def answer(k, value):
    message = k.client.get_stdin_msg(timeout=PATIENCE)
    equal(message["msg_type"], "input_request")
    k.client.input(value)
    return message["content"]


def stdin(k):
    request = k.send('var name string\nvar n int\nfmt.Scan(&name, &n)\nfmt.Println(name, n+1)', allow_stdin=True)
    equal(answer(k, "Ada 41"), {"prompt": "", "password": False})
    equal(text(k.until_idle(request)), "Ada 42\n")
    request = k.send('in := bufio.NewReader(os.Stdin)\nline, _ := in.ReadString(\'\\n\')\nfmt.Print("<" + line + ">")', allow_stdin=True)
    answer(k, "a line")
    equal(text(k.until_idle(request)), "<a line\n>")
    request = k.send('len(ReadPassword("secret: "))', allow_stdin=True)
    equal(answer(k, "12345"), {"prompt": "secret: ", "password": True})
    equal(shown(k.until_idle(request)), ["5"])
    reply, messages = k.run('ReadLine("who? ")', allow_stdin=False)
    equal((reply["status"], "cannot be asked" in reply["evalue"]), ("error", True))


def comms(k):
    request = k.ask("shell", "comm_info_request", {})
    equal(k.reply(request)["content"]["comms"], {})
    k.until_idle(request)
    request = k.ask("shell", "comm_open", {"comm_id": "c1", "target_name": "nowhere", "data": {}})
    messages = k.until_idle(request)
    equal([(m["msg_type"], m["content"].get("comm_id")) for m in messages if m["msg_type"] != "status"], [("comm_close", "c1")])


def control_runs_beside_a_cell(k):
    running = k.send(STARTED + "time.Sleep(500 * time.Millisecond)")
    while k.iopub(running)["msg_type"] != "stream":
        pass
    began = time.perf_counter()
    request = k.ask("control", "kernel_info_request", {})
    equal(k.reply(request, "control")["content"]["implementation"], "scorebook")
    if time.perf_counter() - began > 0.4:
        raise AssertionError("control waited for the cell")
    k.until_idle(running)


def magics(k):
    equal(text(k.run("!echo from the shell")[1]), "from the shell\n")
    reply, _ = k.run("!exit 3")
    equal((reply["status"], "exit status 3" in reply["evalue"]), ("error", True))
    _, messages = k.run("%time 6 * 7")
    equal((shown(messages), "ran in" in text(messages)), (["42"], True))


def displays(k):
    _, messages = k.run('DisplayAs("spot", HTML("<b>1</b>"))\nDisplayUpdate("spot", HTML("<b>2</b>"))\nClearOutput(true)\nDisplay(Markdown("*m*"))')
    equal(types(messages), ["status", "execute_input", "display_data", "update_display_data", "clear_output", "display_data", "status"])
    first, second = messages[2]["content"], messages[3]["content"]
    equal(first["transient"]["display_id"], second["transient"]["display_id"])
    equal(messages[5]["content"]["data"]["text/markdown"], "*m*")


def interrupt_by_message(k):
    request = k.ask("control", "interrupt_request", {})
    equal(k.reply(request, "control")["content"]["status"], "ok")


def interrupt_by_signal(k):
    os.kill(k.manager.provisioner.process.pid, signal.SIGINT)


def time_interrupts(k, tries):
    """Medians over so many tries, and after each of them a cell that must answer."""
    medians = {}
    for what, code in LONG.items():
        for how, interrupt in (("message", interrupt_by_message), ("signal", interrupt_by_signal)):
            took = [interrupted(k, code, interrupt) for _ in range(tries)]
            medians[f"{what}, by {how}"] = 1e3 * statistics.median(took)
    return medians


def interrupted(k, code, interrupt):
    if code is None:
        request = k.send("var answer string\nfmt.Scanln(&answer)", allow_stdin=True)
        k.client.get_stdin_msg(timeout=PATIENCE)
    else:
        request = k.send(code)
        while k.iopub(request)["msg_type"] != "stream":
            pass
    time.sleep(0.01)
    began = time.perf_counter()
    interrupt(k)
    k.until_idle(request)
    took = time.perf_counter() - began
    reply = k.reply(request)["content"]
    equal((reply["status"], reply["ename"]), ("error", "Interrupted"))
    equal(shown(k.run("1 + 1")[1]), ["2"])
    return took


def shutdown(k):
    process = k.manager.provisioner.process
    request = k.ask("control", "shutdown_request", {"restart": False})
    equal(k.reply(request, "control")["content"], {"status": "ok", "restart": False})
    deadline = time.perf_counter() + 3
    while process.poll() is None and time.perf_counter() < deadline:
        time.sleep(0.01)
    equal(process.poll(), 0)


def main():
    name, tries = sys.argv[1], int(sys.argv[2])
    k = Kernel(name)
    try:
        for test in (order_of_messages, silent_and_store_history, user_expressions, stop_on_error, stdin, comms,
                     control_runs_beside_a_cell, magics, displays):
            try:
                test(k)
            except (AssertionError, queue.Empty) as fault:
                raise SystemExit(f"{test.__name__}: {fault!r}") from fault
        medians = time_interrupts(k, tries)
        shutdown(k)
    finally:
        k.close()
    print(json.dumps(medians))


main()
