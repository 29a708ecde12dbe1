package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// bareMachine makes a machine with nothing on the PATH and an empty home.
func bareMachine(t *testing.T) (home string) {
	t.Helper()
	home = t.TempDir()
	t.Setenv("PATH", filepath.Join(home, "bin"))
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", filepath.Join(home, "data"))
	t.Setenv("JUPYTER_DATA_DIR", filepath.Join(home, "jupyter"))
	return home
}

func TestDoctorOnABareMachineSaysWhatToDo(t *testing.T) {
	bareMachine(t)
	status, stdout := commandOnGo(t, "doctor")
	if status != 0 {
		t.Errorf("status %d: nothing is broken on a bare machine", status)
	}
	for _, want := range []string{"answers 1 + 1", "pip install jupyterlab", "install Python", "install Go"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("report lacks %q:\n%s", want, stdout)
		}
	}
}

func TestDoctorFindsTheInstalledSpec(t *testing.T) {
	bareMachine(t)
	command(t, "install")
	status, stdout := commandOnGo(t, "doctor")
	if status != 0 || !strings.Contains(stdout, "starts this binary") {
		t.Errorf("status %d:\n%s", status, stdout)
	}
}

func TestDoctorFailsWhenTheSpecStartsNothing(t *testing.T) {
	home := bareMachine(t)
	dir := filepath.Join(home, "jupyter", "kernels", specFolder)
	if err := writeSpec(dir, filepath.Join(home, "gone")); err != nil {
		t.Fatal(err)
	}
	status, stdout, _ := command(t, "doctor")
	if status != exitFailed || !strings.Contains(stdout, "which is not there") {
		t.Errorf("status %d, want %d:\n%s", status, exitFailed, stdout)
	}
	if err := os.WriteFile(filepath.Join(dir, "kernel.json"), []byte("{"), 0o644); err != nil {
		t.Fatal(err)
	}
	if status, _, _ := command(t, "doctor"); status != exitFailed {
		t.Errorf("unreadable kernel.json: status %d, want %d", status, exitFailed)
	}
}

func TestDoctorAsksJupyterWhereItLooks(t *testing.T) {
	home := bareMachine(t)
	elsewhere := filepath.Join(home, "elsewhere")
	script := "#!/bin/sh\ncase \"$1\" in\nlab) echo 4.9.9 ;;\n*) echo '{\"data\": [\"" + elsewhere + "\"]}' ;;\nesac\n"
	if err := os.Mkdir(filepath.Join(home, "bin"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(home, "bin", "jupyter"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeSpec(filepath.Join(elsewhere, "kernels", specFolder), filepath.Join(home, "bin", "jupyter")); err != nil {
		t.Fatal(err)
	}
	_, stdout, _ := command(t, "doctor")
	for _, want := range []string{"JupyterLab 4.9.9", elsewhere, "starts another binary"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("report lacks %q:\n%s", want, stdout)
		}
	}
}

func TestDoctorNoticesAnEngineThatCannotAdd(t *testing.T) {
	bareMachine(t)
	status, stdout, _ := command(t, "doctor") // a script of enginetest knows no sums
	if status != exitFailed || !strings.Contains(stdout, "!!  cells") {
		t.Errorf("status %d:\n%s", status, stdout)
	}
}

func TestDoctorSaysHowNumericFunctionsRun(t *testing.T) {
	if f := examineNative(true); f.grade != works || !strings.Contains(f.found, "compiled") {
		t.Errorf("%+v", f)
	}
	if f := examineNative(false); f.grade != absent || !strings.Contains(f.found, "interpreted") || f.advice == "" {
		t.Errorf("%+v", f)
	}
}
