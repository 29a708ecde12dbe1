package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"text/tabwriter"
)

// peer is a script under way that answers each line of its input with one number.
type peer struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	errors bytes.Buffer
}

func startPeer(python, script string) (*peer, error) {
	p := &peer{cmd: exec.Command(python, "-c", script)}
	p.cmd.Stderr = &p.errors
	in, err := p.cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.in, p.out = in, bufio.NewReader(out)
	return p, p.cmd.Start()
}

// ask puts a line to the peer and returns its number.
func (p *peer) ask(format string, args ...any) (float64, error) {
	if _, err := fmt.Fprintf(p.in, format+"\n", args...); err != nil {
		return 0, fmt.Errorf("%s: %w", p.cmd.Path, err)
	}
	line, err := p.out.ReadString('\n')
	if err != nil {
		_ = p.cmd.Wait() // its standard error is complete only then
		return 0, fmt.Errorf("%s: %w\n%s",
			p.cmd.Path, err, p.errors.String())
	}
	return strconv.ParseFloat(strings.TrimSpace(line), 64)
}

// stop ends the script by ending its input.
func (p *peer) stop() {
	_ = p.in.Close()
	_ = p.cmd.Wait()
}

// printDuels prints a table, then one line of JSON. It is an error when a ratio misses its target.
func printDuels(bench string, duels []duel) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "one thread each\tpeer\tpeer ns\tScorebook ns\tratio\taim")
	missed := 0
	for _, d := range duels {
		fmt.Fprintf(table, "%s\t%s\t%.1f\t%.2f\t%.1f\t%.0f\n", d.What, d.Peer, d.Theirs, d.Ours, d.Ratio, d.Target)
		if d.Ratio < d.Target {
			missed++
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	line, err := json.Marshal(map[string]any{"bench": bench, "load": loadAverage(), "duels": duels})
	if err != nil {
		return err
	}
	fmt.Printf("\nnanoseconds per step of one member, medians; load average %s\n%s\n", loadAverage(), line)
	if missed > 0 {
		return fmt.Errorf("%d of %d ratios are below their aim", missed, len(duels))
	}
	return nil
}

// loadAverage is that of the last minute, or "unknown": what else the machine did during the run.
func loadAverage() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Fields(string(text))[0]
}
