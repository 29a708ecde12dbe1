package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sys/cpu"

	"scorebook/kernel/cell"
	"scorebook/kernel/native"
)

func examineProgram() finding {
	f := finding{what: "scorebook", found: versionLine()}
	if binary, err := thisBinary(); err == nil {
		f.found += " at " + binary
	}
	return f
}

// examineProcessor says which of the library's inner kernels this processor gets.
func examineProcessor() finding {
	f := finding{what: "processor", found: strconv.Itoa(runtime.NumCPU()) + " × " + runtime.GOARCH}
	switch {
	case cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasBMI2:
		f.found += ", AVX-512, AVX2 and FMA: vector kernels"
	case cpu.X86.HasAVX2 && cpu.X86.HasFMA:
		f.found += ", AVX2 and FMA: vector kernels"
	default:
		f.grade = absent
		f.found += ": portable kernels"
		f.advice = "Every result is the same; long runs take several times longer than with AVX2 and FMA."
	}
	return f
}

// examineNative says how the numeric functions of cells run here.
func examineNative(compiler bool) finding {
	f := finding{what: "machine code", found: "numeric functions of cells are compiled for " + runtime.GOARCH}
	if !compiler {
		f.grade = absent
		f.found = native.Missing() + ": numeric functions of cells are interpreted like all else"
		f.advice = "Every result is the same; loops in cells take some hundred times longer than on amd64 and arm64."
	}
	return f
}

// examineCell runs the smallest cell there is, on a session of its own.
func examineCell(ctx context.Context, newEngine engineMaker) finding {
	f := finding{grade: broken, what: "cells", advice: "This is a fault of scorebook itself; please report it with this line."}
	began := time.Now()
	engine, err := newEngine()
	if err != nil {
		f.found = "no session can be started: " + err.Error()
		return f
	}
	ready := time.Now()
	streams := cell.Streams{Stdout: io.Discard, Stderr: io.Discard, Stdin: strings.NewReader("")}
	result, err := engine.Evaluate(ctx, cell.Source{Number: 1, Text: "1 + 1"}, streams)
	if err != nil || fmt.Sprint(result.Value) != "2" {
		f.found = fmt.Sprintf("1 + 1 gives %v, %v", result.Value, err)
		return f
	}
	f.grade, f.advice = works, ""
	f.found = fmt.Sprintf("a session starts in %.0f ms and answers 1 + 1 in %.1f ms",
		milliseconds(ready.Sub(began)), milliseconds(time.Since(ready)))
	return f
}

func milliseconds(d time.Duration) float64 { return d.Seconds() * 1e3 }

func examinePython(ctx context.Context) finding {
	for _, name := range []string{"python3", "python"} {
		if found := firstLine(ctx, name, "--version"); found != "" {
			return finding{what: "Python", found: found + ", for JupyterLab only"}
		}
	}
	return finding{grade: absent, what: "Python", found: "not found",
		advice: "`scorebook run` needs none. JupyterLab does: install Python 3.9 or newer, with venv and pip."}
}

func examineGo(ctx context.Context) finding {
	if found := firstLine(ctx, "go", "version"); found != "" {
		return finding{what: "Go", found: strings.TrimPrefix(found, "go version ") + ", to build scorebook only"}
	}
	return finding{grade: absent, what: "Go", found: "not found",
		advice: "Notebooks need none. To build scorebook itself, install Go 1.26 or newer from https://go.dev/dl/."}
}

// firstLine runs a program briefly and returns the first line it prints, or nothing when it cannot be run.
func firstLine(ctx context.Context, name string, args ...string) string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		return ""
	}
	line, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(line)
}

// ownDataDir is where install.sh keeps the binary and, when it had to make one, a private JupyterLab.
func ownDataDir() string {
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "scorebook")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".local", "share", "scorebook")
}
