package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"scorebook/kernel/native"
)

// TestWithoutMachineCode runs a notebook with and without machine code: the values are the same, and %native and doctor
// say how they came about.
func TestWithoutMachineCode(t *testing.T) {
	bareMachine(t)
	file := notebookFile(t,
		"func drift(dst, x []float64) { dst[0], dst[1] = x[1], -math.Sin(x[0])-0.1*x[1] }\nfunc energy(x []float64) float64 { return x[1]*x[1]/2 - math.Cos(x[0]) }",
		"x := Simulate(SDE{Dim: 2, Drift: drift, Noise: Isotropic(0.3)}, Run{Dt: 1e-2, Steps: 2000, Every: 10, Seed: 3})\ns := 0.0\nfor i := range 500 { s += energy([]float64{float64(i), 1}) / 3 }\nfmt.Sprintf(\"bits %x %x\", x.X[len(x.X)-1], s)",
		"%native")
	run := func(name string) string {
		out := filepath.Join(t.TempDir(), name)
		if status, stdout := commandOnGo(t, "run", "-o", out, file); status != 0 {
			t.Fatalf("status %d:\n%s", status, stdout)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	compiled := run("compiled.ipynb")
	if !strings.Contains(compiled, "machine code") || strings.Contains(compiled, native.Switch) {
		t.Errorf("with machine code, %%native lists\n%s", compiled)
	}
	t.Setenv(native.Switch, "off")
	interpreted := run("interpreted.ipynb")
	if bitsIn(compiled) == "" || bitsIn(compiled) != bitsIn(interpreted) {
		t.Errorf("%q as machine code, %q interpreted", bitsIn(compiled), bitsIn(interpreted))
	}
	for _, want := range []string{"interpreted", native.Switch + " is off"} {
		if !strings.Contains(interpreted, want) {
			t.Errorf("without machine code, %%native does not say %q:\n%s", want, interpreted)
		}
	}
	if _, stdout := commandOnGo(t, "doctor"); !strings.Contains(stdout, native.Switch+" is off") {
		t.Errorf("doctor does not say that machine code is off:\n%s", stdout)
	}
}

// bitsIn is what an executed notebook shows behind "bits".
func bitsIn(text string) string {
	i := strings.Index(text, "bits 0x")
	if i < 0 {
		i = strings.Index(text, "bits -0x")
	}
	line, _, _ := strings.Cut(text[max(i, 0):], "\\n")
	line, _, _ = strings.Cut(line, "\"")
	return line
}
