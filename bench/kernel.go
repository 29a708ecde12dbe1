package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"text/tabwriter"
)

//go:embed peers/kernel.py
var kernelScript string

// latency is what one kernel took, in milliseconds, from the request to idle; the start is in seconds.
type latency struct {
	Kernel string  `json:"kernel"`
	Start  float64 `json:"start_s"`
	Median float64 `json:"median_ms"`
	Lower  float64 `json:"p10_ms"`
	Upper  float64 `json:"p90_ms"`
	Reply  float64 `json:"reply_median_ms"` // to the reply on shell
}

// benchKernel times the cell `1 + 1` in Scorebook and in ipykernel through jupyter_client. Both kernels are up at
// once, and the cells alternate between them, so that neither gets the quieter half of the run.
func benchKernel(args []string) error {
	flags := flag.NewFlagSet("kernel", flag.ExitOnError)
	n := flags.Int("n", 200, "cells for each kernel")
	python := flags.String("python", defaultPython(), "a Python with jupyter_client and ipykernel")
	binary := flags.String("scorebook", "", "the scorebook binary; built when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := installKernel(dir, *binary); err != nil {
		return err
	}
	results, err := timeKernels(*python, dir, *n)
	if err != nil {
		return err
	}
	return printLatencies(results)
}

// defaultPython is the one test.sh sets up, when it has.
func defaultPython() string {
	if python := os.Getenv("SCOREBOOK_JUPYTER"); python != "" {
		return python
	}
	own := filepath.Join(".cache", "jupyter", "bin", "python")
	if _, err := os.Stat(own); err == nil {
		return own
	}
	return "python3"
}

// installKernel puts a kernelspec of the binary below dir.
func installKernel(dir, binary string) error {
	if binary == "" {
		binary = filepath.Join(dir, "scorebook")
		if out, err := exec.Command("go", "build", "-o", binary, "./cmd/scorebook").CombinedOutput(); err != nil {
			return fmt.Errorf("go build: %w\n%s", err, out)
		}
	}
	if out, err := exec.Command(binary, "install", "--prefix", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("%s install: %w\n%s", binary, err, out)
	}
	return nil
}

func timeKernels(python, dir string, n int) ([]latency, error) {
	cmd := exec.Command(python, "-c", kernelScript, strconv.Itoa(n), "scorebook", "python3")
	cmd.Env = append(os.Environ(), "JUPYTER_PATH="+filepath.Join(dir, "share", "jupyter"), "PYTHONWARNINGS=ignore")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("%s: %w\n%s", python, err, errs.Bytes())
	}
	var results []latency
	err = json.Unmarshal(out, &results)
	return results, err
}

func printLatencies(results []latency) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "kernel\tstart s\tto idle ms\tp10\tp90\tto reply ms\t")
	for _, r := range results {
		fmt.Fprintf(table, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t\n", r.Kernel, r.Start, r.Median, r.Lower, r.Upper, r.Reply)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	ours, peer := results[0], results[1]
	ratio := peer.Median / ours.Median
	fmt.Printf("\n1 + 1 takes %s %.1f times as long as Scorebook (medians to idle)\n", peer.Kernel, ratio)
	line, err := json.Marshal(map[string]any{"bench": "kernel", "cell": "1 + 1", "ratio": ratio, "kernels": results})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	if ratio <= 1 {
		return errSlower
	}
	return nil
}
