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
	"text/tabwriter"
	"time"
)

//go:embed peers/kernel.py
var kernelScript string

// latency is what one kernel took: medians, in seconds for starts and for 20,000 lines and in milliseconds, from the request
// to idle, for cells.
type latency struct {
	Kernel string  `json:"kernel"`
	Start  float64 `json:"start_s"`
	Median float64 `json:"median_ms"`
	Lower  float64 `json:"p10_ms"`
	Upper  float64 `json:"p90_ms"`
	Reply  float64 `json:"reply_median_ms"` // to the reply on shell
	Lines  float64 `json:"lines_s"`         // 0 = not all of them came, or it was asked for none
}

// What Scorebook means to be.
const (
	mostOfCell  = 0.4 // of ipykernel's time for a trivial cell
	mostOfStart = 0.5 // of its start
	mostOfLines = 1.0 // of its time for 20,000 lines
	mostShare   = 1.0 // ms of the kernel's own time for a trivial cell
)

// benchKernel times kernels through jupyter_client: their start, trivial cells, and 20,000 printed lines. All are up at once,
// and the cells go round among them, so that none gets the quieter part of the run.
func benchKernel(args []string) error {
	flags := flag.NewFlagSet("kernel", flag.ExitOnError)
	n := flags.Int("n", 200, "cells for each kernel")
	starts := flags.Int("starts", 5, "starts of each kernel")
	python := flags.String("python", defaultPython(), "a Python with jupyter_client and ipykernel")
	binary := flags.String("scorebook", "", "the scorebook binary; built when empty")
	cache := flags.String("cache", filepath.Join(".cache", "peers"), "where peers are kept")
	patience := flags.Duration("patience", 15*time.Minute, "how long evcxr may take to build")
	if err := flags.Parse(args); err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	kept, err := filepath.Abs(*cache)
	if err != nil {
		return err
	}
	peers, err := installPeers(dir, kept, *python, *binary, *patience)
	if err != nil {
		return err
	}
	results, err := timeKernels(*python, dir, *n, *starts, peers)
	if err != nil {
		return err
	}
	share, err := kernelShare(*n)
	if err != nil {
		return err
	}
	return printLatencies(results, peers, share)
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

func timeKernels(python, dir string, n, starts int, peers []rival) ([]latency, error) {
	var had []rival
	for _, p := range peers {
		if p.Spec != "" {
			had = append(had, p)
		}
	}
	order, err := json.Marshal(map[string]any{"cells": n, "starts": starts, "kernels": had})
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(python, "-c", kernelScript)
	cmd.Stdin = bytes.NewReader(order)
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

func printLatencies(results []latency, peers []rival, share float64) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "kernel\tstart s\tcell ms\tp10\tp90\tto reply ms\t20,000 lines s\t")
	by := map[string]latency{}
	for _, r := range results {
		by[r.Kernel] = r
		fmt.Fprintf(table, "%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t\n", r.Kernel, r.Start, r.Median, r.Lower, r.Upper, r.Reply, r.Lines)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	missing := map[string]string{}
	for _, p := range peers {
		if p.Spec == "" {
			missing[p.Name] = p.Why
			fmt.Printf("%s is left out: %s\n", p.Name, p.Why)
		}
	}
	ours, theirs := by["scorebook"], by["ipykernel"]
	ratios := map[string]float64{"cell": ours.Median / theirs.Median, "start": ours.Start / theirs.Start, "lines": ours.Lines / theirs.Lines}
	fmt.Printf("\nScorebook's time as a part of ipykernel's: start %.2f, trivial cell %.2f, lines %.2f\n", ratios["start"], ratios["cell"], ratios["lines"])
	fmt.Printf("The kernel's own time for a trivial cell: %.2f ms in process, %.2f ms beyond the null kernel\n", share, ours.Median-by["null"].Median)
	line, err := json.Marshal(map[string]any{"bench": "kernel", "cell": "1 + 1", "of_ipykernel": ratios, "share_ms": share,
		"beyond_null_ms": ours.Median - by["null"].Median, "kernels": results, "missing": missing})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	if ratios["cell"] > mostOfCell || ratios["start"] > mostOfStart || ratios["lines"] > mostOfLines || share > mostShare {
		return errSlower
	}
	return nil
}
