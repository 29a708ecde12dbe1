package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// A rival is a kernel to measure, and what it is given to do.
type rival struct {
	Name  string `json:"name"`  // in the table
	Spec  string `json:"spec"`  // in Jupyter's list of kernels; "" = it could not be had
	Cell  string `json:"cell"`  // shows 2
	Lines string `json:"lines"` // prints the numbers below 20,000; "" = it cannot
	Why   string `json:"-"`     // it could not be had
}

const (
	pythonLines = "for i in range(20000): print(i)"
	goLines     = "for i := range 20000 {\n\tfmt.Println(i)\n}"
	rustLines   = "for i in 0..20000 { println!(\"{}\", i); }"
)

// installPeers gets the kernels to measure; dir is where Jupyter is to look for them. Those that are kept from one run to the
// next lie below cache.
func installPeers(dir, cache, python, binary string, patience time.Duration) ([]rival, error) {
	if err := installKernel(dir, binary); err != nil {
		return nil, err
	}
	if err := installNull(dir); err != nil {
		return nil, err
	}
	peers := []rival{
		{Name: "scorebook", Spec: "scorebook", Cell: "1 + 1", Lines: goLines},
		{Name: "null", Spec: "null", Cell: "1 + 1"},
		{Name: "ipykernel", Spec: "python3", Cell: "1 + 1", Lines: pythonLines},
	}
	xeus := rival{Name: "xeus-python", Spec: "xpython", Cell: "1 + 1", Lines: pythonLines}
	if err := installXeus(dir, cache, python); err != nil {
		xeus.Spec, xeus.Why = "", err.Error()
	}
	evcxr := rival{Name: "evcxr", Spec: "rust", Cell: "1 + 1", Lines: rustLines}
	if err := installEvcxr(dir, cache, patience); err != nil {
		evcxr.Spec, evcxr.Why = "", err.Error()
	}
	return append(peers, xeus, evcxr), nil
}

// writeSpec puts a kernelspec into Jupyter's folder.
func writeSpec(dir, name string, argv []string) error {
	folder := filepath.Join(dir, "share", "jupyter", "kernels", name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	content, err := json.Marshal(map[string]any{"argv": argv, "display_name": name, "language": name, "interrupt_mode": "message"})
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "kernel.json"), content, 0o644)
}

func installNull(dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	return writeSpec(dir, "null", []string{self, "null", "{connection_file}"})
}

// installXeus puts xeus-python from PyPI into an environment of its own.
func installXeus(dir, cache, python string) error {
	own := filepath.Join(cache, "xeus-python")
	inner := filepath.Join(own, "bin", "python")
	if _, err := os.Stat(filepath.Join(own, "share", "jupyter", "kernels", "xpython")); err != nil {
		if err := quietly(exec.Command(python, "-m", "venv", own)); err != nil {
			return err
		}
		if err := quietly(exec.Command(inner, "-m", "pip", "install", "-q", "xeus-python")); err != nil {
			return err
		}
	}
	return writeSpec(dir, "xpython", []string{inner, "-m", "xpython_launcher", "-f", "{connection_file}"})
}

// installEvcxr builds evcxr from crates.io, if there is a Rust and it does not take too long.
func installEvcxr(dir, cache string, patience time.Duration) error {
	own := filepath.Join(cache, "evcxr")
	kernel := filepath.Join(own, "bin", "evcxr_jupyter")
	if _, err := os.Stat(kernel); err != nil {
		cargo, err := exec.LookPath("cargo")
		if err != nil {
			return errors.New("there is no cargo")
		}
		ctx, stop := context.WithTimeout(context.Background(), patience)
		defer stop()
		if err := quietly(exec.CommandContext(ctx, cargo, "install", "--locked", "--quiet", "--root", own, "evcxr_jupyter")); err != nil {
			return err
		}
	}
	return writeSpec(dir, "rust", []string{kernel, "--control_file", "{connection_file}"})
}

// quietly runs a command whose output is of interest only when it fails.
func quietly(cmd *exec.Cmd) error {
	if out, err := cmd.CombinedOutput(); err != nil {
		const most = 300
		return fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, out[max(0, len(out)-most):])
	}
	return nil
}
