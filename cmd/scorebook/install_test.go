package main

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInstallWritesASpecThatStartsThisBinary(t *testing.T) {
	prefix := t.TempDir()
	dir := filepath.Join(prefix, "share", "jupyter", "kernels", "scorebook")
	for range 2 { // the second time over the first
		if status, _, stderr := command(t, "install", "--prefix", prefix); status != 0 {
			t.Fatalf("install: status %d: %s", status, stderr)
		}
	}
	spec, err := readSpec(dir)
	if err != nil {
		t.Fatal(err)
	}
	binary, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{binary, "kernel", "{connection_file}"}; !slices.Equal(spec.Argv, want) {
		t.Errorf("argv %q, want %q", spec.Argv, want)
	}
	if spec.DisplayName != "Go (scorebook)" || spec.Language != "go" || spec.InterruptMode != "message" {
		t.Errorf("kernelspec %+v", spec)
	}
	for name, side := range map[string]int{"logo-32x32.png": 32, "logo-64x64.png": 64} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil || picture.Bounds().Dx() != side || picture.Bounds().Dy() != side {
			t.Errorf("%s: %v, want a square of %d pixels", name, err, side)
		}
	}
}

func TestUninstallTakesBackWhatInstallPlaced(t *testing.T) {
	prefix := t.TempDir()
	command(t, "install", "--prefix", prefix)
	if status, _, stderr := command(t, "uninstall", "--prefix", prefix); status != 0 {
		t.Fatalf("uninstall: status %d: %s", status, stderr)
	}
	if _, err := os.Stat(filepath.Join(prefix, "share", "jupyter")); !os.IsNotExist(err) {
		t.Errorf("folders are left behind: %v", err)
	}
	if status, _, stderr := command(t, "install", "--uninstall", "--prefix", prefix); status != 0 {
		t.Errorf("a second time: status %d: %s", status, stderr)
	}
}

func TestUninstallLeavesTheUsersFiles(t *testing.T) {
	prefix := t.TempDir()
	command(t, "install", "--prefix", prefix)
	dir := filepath.Join(prefix, "share", "jupyter", "kernels", "scorebook")
	mine := filepath.Join(dir, "kernel.js")
	if err := os.WriteFile(mine, []byte("define({})"), 0o644); err != nil {
		t.Fatal(err)
	}
	command(t, "uninstall", "--prefix", prefix)
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 1 || left[0].Name() != "kernel.js" {
		t.Errorf("left %v, %v; want kernel.js alone", left, err)
	}
}

func TestUninstallLeavesAnotherBinarysSpec(t *testing.T) {
	prefix := t.TempDir()
	dir := filepath.Join(prefix, "share", "jupyter", "kernels", "scorebook")
	other := filepath.Join(prefix, "scorebook")
	if err := os.WriteFile(other, nil, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeSpec(dir, other); err != nil {
		t.Fatal(err)
	}
	if status, _, stderr := command(t, "uninstall", "--prefix", prefix); status != exitFailed || !strings.Contains(stderr, other) {
		t.Errorf("status %d, %q; want %d and the name of the other binary", status, stderr, exitFailed)
	}
	if _, err := readSpec(dir); err != nil {
		t.Error(err)
	}
}

func TestUserDataDirFollowsJupyter(t *testing.T) {
	chosen := t.TempDir()
	t.Setenv("JUPYTER_DATA_DIR", chosen)
	if dir, err := userDataDir(); err != nil || dir != chosen {
		t.Errorf("user's data folder %q, %v; want JUPYTER_DATA_DIR, %q", dir, err, chosen)
	}
}
