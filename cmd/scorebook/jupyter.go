package main

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"
)

// jupyter is the Jupyter that a user of this machine would start.
type jupyter struct {
	program  string   // empty when there is none
	lab      string   // JupyterLab's version; empty when that Jupyter has no Lab
	dataDirs []string // where it looks for kernels, first match first
}

// findJupyter looks on the PATH, then for the private environment of install.sh.
func findJupyter(ctx context.Context) jupyter {
	j := jupyter{dataDirs: defaultDataDirs()}
	candidates := []string{"jupyter", filepath.Join(ownDataDir(), "venv", "bin", "jupyter")}
	for _, name := range candidates {
		program, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		j.program = program
		if dirs := askDataDirs(ctx, program); len(dirs) > 0 {
			j.dataDirs = dirs
		}
		if j.lab = firstLine(ctx, program, "lab", "--version"); j.lab != "" {
			break
		}
	}
	return j
}

func defaultDataDirs() []string {
	dirs := []string{systemDataDir()}
	if user, err := userDataDir(); err == nil {
		dirs = slices.Insert(dirs, 0, user)
	}
	return dirs
}

// askDataDirs asks a Jupyter where it looks.
func askDataDirs(ctx context.Context, program string) []string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	out, err := exec.CommandContext(ctx, program, "--paths", "--json").Output()
	if err != nil {
		return nil
	}
	var paths struct{ Data []string }
	if json.Unmarshal(out, &paths) != nil {
		return nil
	}
	return paths.Data
}

func (j jupyter) finding() finding {
	switch {
	case j.program == "":
		return finding{grade: absent, what: "Jupyter", found: "not found",
			advice: "`scorebook run NOTEBOOK` needs none. For JupyterLab, run ./install.sh again, or: pip install jupyterlab"}
	case j.lab == "":
		return finding{grade: absent, what: "Jupyter", found: j.program + ", without JupyterLab",
			advice: "VS Code and nbclient can use the kernel. For JupyterLab: pip install jupyterlab"}
	default:
		return finding{what: "Jupyter", found: "JupyterLab " + j.lab + " at " + j.program}
	}
}

// examineKernelspecs looks at every place where Jupyter would find the kernel.
func examineKernelspecs(dataDirs []string) []finding {
	var findings []finding
	for _, data := range dataDirs {
		dir := filepath.Join(data, "kernels", specFolder)
		spec, err := readSpec(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		findings = append(findings, examineKernelspec(dir, spec, err))
	}
	if len(findings) > 0 {
		return findings
	}
	return []finding{{grade: absent, what: "kernelspec", found: "not installed",
		advice: "Jupyter does not know this kernel yet: scorebook install"}}
}

func examineKernelspec(dir string, spec kernelSpec, err error) finding {
	f := finding{grade: broken, what: "kernelspec", found: dir, advice: "Write it anew: scorebook install"}
	switch {
	case err != nil:
		f.found = err.Error()
	case len(spec.Argv) == 0:
		f.found += " starts nothing"
	case !isFile(spec.Argv[0]):
		f.found += " starts " + spec.Argv[0] + ", which is not there"
	case !isThisBinary(spec.Argv[0]):
		f.grade = works
		f.found += " starts another binary, " + spec.Argv[0]
		f.advice = "To have Jupyter start this one: scorebook install"
	default:
		f.grade, f.advice = works, ""
		f.found += " starts this binary"
	}
	return f
}

func isFile(name string) bool {
	info, err := os.Stat(name)
	return err == nil && !info.IsDir()
}

func isThisBinary(name string) bool {
	binary, err := thisBinary()
	if err != nil {
		return false
	}
	this, errThis := os.Stat(binary)
	other, errOther := os.Stat(name)
	return errThis == nil && errOther == nil && os.SameFile(this, other)
}
