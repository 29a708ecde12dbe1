package server

import (
	"os/exec"
	"strconv"
	"syscall"
)

func shell(line string) *exec.Cmd {
	cmd := exec.Command("cmd")
	cmd.SysProcAttr = &syscall.SysProcAttr{CmdLine: "cmd /C " + line}
	return cmd
}

// gather has nothing to do here: taskkill finds what a command has started.
func gather(*exec.Cmd) {}

// killAll ends a command with all it has started.
func killAll(cmd *exec.Cmd) {
	// It fails only when none is left.
	_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
}
