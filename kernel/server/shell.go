//go:build !windows

package server

import (
	"os/exec"
	"syscall"
)

func shell(line string) *exec.Cmd { return exec.Command("sh", "-c", line) }

// gather gives a command and what it starts a process group of their own.
func gather(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killAll ends a gathered command with its group.
func killAll(cmd *exec.Cmd) {
	// It fails only when none is left.
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}
