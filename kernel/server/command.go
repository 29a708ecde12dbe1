package server

import (
	"errors"
	"os/exec"
	"strings"
	"time"

	"scorebook/kernel/cell"
)

// lastOutput is how long a command's orphans may go on writing to the cell.
const lastOutput = 200 * time.Millisecond

// command runs a line of the system's shell, whose output goes to the cell as it comes. An interrupt ends it with
// all it has started.
func (x *execution) command(src cell.Source, p cell.Part) (cell.Result, error) {
	if p.Magic.Args == "" {
		return cell.Result{}, magicError(src, p, "there is no command", "write it after the !, as in !ls")
	}
	cmd := shell(strings.ReplaceAll(p.Magic.Args, "\\\n", " "))
	cmd.Stdout, cmd.Stderr = x.out.stream(stdout), x.out.stream(stderr)
	cmd.WaitDelay = lastOutput
	gather(cmd)
	if err := cmd.Start(); err != nil {
		return cell.Result{}, magicError(src, p, err.Error(), "")
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var err error
	select {
	case err = <-ended:
	case <-x.ctx.Done():
		killAll(cmd)
		<-ended
		return cell.Result{}, x.ctx.Err()
	}
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return cell.Result{}, magicError(src, p, "the command ended with "+failed.Error(), "")
	}
	return cell.Result{}, nil
}
