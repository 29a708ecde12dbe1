package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

// specFolder is the kernel's name in Jupyter's list of kernels.
const specFolder = "scorebook"

// kernelSpec is Jupyter's kernel.json.
type kernelSpec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Metadata      map[string]string `json:"metadata"`
}

func newKernelSpec(binary string) kernelSpec {
	return kernelSpec{
		Argv:          []string{binary, "kernel", "{connection_file}"},
		DisplayName:   "Go (scorebook)",
		Language:      "go",
		InterruptMode: "message",
		Metadata:      map[string]string{"version": version},
	}
}

// target says where a kernelspec goes: below a prefix, for the whole system, or, by default, for the user.
type target struct {
	prefix string
	system bool
}

// dir returns the folder of the kernelspec.
func (t target) dir() (string, error) {
	data, err := t.dataDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(data, "kernels", specFolder), nil
}

// dataDir is Jupyter's data folder for the target, by Jupyter's own rules.
func (t target) dataDir() (string, error) {
	switch {
	case t.prefix != "":
		return filepath.Abs(filepath.Join(t.prefix, "share", "jupyter"))
	case t.system:
		return systemDataDir(), nil
	default:
		return userDataDir()
	}
}

func systemDataDir() string {
	if runtime.GOOS == "windows" {
		return filepath.Join(os.Getenv("PROGRAMDATA"), "jupyter")
	}
	return "/usr/local/share/jupyter"
}

func userDataDir() (string, error) {
	if dir := os.Getenv("JUPYTER_DATA_DIR"); dir != "" {
		return filepath.Abs(dir)
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", fmt.Errorf("no home folder to install into: %w; choose one with --prefix", err)
	}
	switch runtime.GOOS {
	case "windows":
		if roaming := os.Getenv("APPDATA"); roaming != "" {
			return filepath.Join(roaming, "jupyter"), nil
		}
		return filepath.Join(home, ".jupyter", "data"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Jupyter"), nil
	}
	if data := os.Getenv("XDG_DATA_HOME"); data != "" {
		return filepath.Join(data, "jupyter"), nil
	}
	return filepath.Join(home, ".local", "share", "jupyter"), nil
}

// writeSpec writes kernel.json and the logos into dir, over what an earlier version left there.
func writeSpec(dir, binary string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	files, err := specFiles(binary)
	if err != nil {
		return err
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func specFiles(binary string) (map[string][]byte, error) {
	spec, err := json.MarshalIndent(newKernelSpec(binary), "", "  ")
	if err != nil {
		return nil, err
	}
	small, errSmall := logoPNG(32)
	large, errLarge := logoPNG(64)
	return map[string][]byte{
		"kernel.json":    append(spec, '\n'),
		"logo-32x32.png": small,
		"logo-64x64.png": large,
		"logo-svg.svg":   logoSVG(),
	}, errors.Join(errSmall, errLarge)
}

// readSpec returns the kernelspec in dir; a missing one is an error that satisfies errors.Is(err, fs.ErrNotExist).
func readSpec(dir string) (kernelSpec, error) {
	var spec kernelSpec
	content, err := os.ReadFile(filepath.Join(dir, "kernel.json"))
	if err != nil {
		return spec, err
	}
	if err := json.Unmarshal(content, &spec); err != nil {
		return spec, fmt.Errorf("%s: %w", filepath.Join(dir, "kernel.json"), err)
	}
	return spec, nil
}

// removeSpec takes away the files that writeSpec writes, then dir and the two Jupyter folders above it if they
// are left empty.
func removeSpec(dir string) error {
	files, err := specFiles("")
	if err != nil {
		return err
	}
	for name := range files {
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	kernels := filepath.Dir(dir)
	for _, folder := range []string{dir, kernels, filepath.Dir(kernels)} {
		if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
			return err
		}
		if err := os.Remove(folder); err != nil {
			return err
		}
	}
	return nil
}
