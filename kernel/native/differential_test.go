package native

import (
	"flag"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unsafe"
)

var (
	generatedSeed     = flag.Uint64("seed", 1, "seed of the generated programs")
	generatedPrograms = flag.Int("programs", 2000, "number of generated programs")
)

const programsPerFile = 250

// inputs of run k of a program; the text of the function is compiled into the oracle as well.
const inputsText = `
func inputs(k int) (float64, int, []float64, []int, uint8) {
	xs := make([]float64, 3+2*k, 5+3*k)
	for i := range xs { xs[i] = float64(i*i)*0.75 - float64(k) }
	return 1.5*float64(k) - 0.3, 7*k - 3, xs, []int{k, 2 - k, 5}, uint8(200 * k)
}
func show(v ...any) string {
	s := ""
	for _, v := range v {
		switch v := v.(type) {
		case float64:
			if v != v { s += " NaN"; continue }
			s += fmt.Sprintf(" %x", math.Float64bits(v))
		case []float64:
			s += " ["
			for _, x := range v { s += show(x) }
			s += fmt.Sprintf(" ]%d", cap(v))
		default:
			s += fmt.Sprintf(" %v", v)
		}
	}
	return s
}
`

const runsPerProgram = 3

// TestGeneratedPrograms compares random programs with the same programs compiled by the Go toolchain: results,
// what they leave in shared variables and arguments, and panics.
func TestGeneratedPrograms(t *testing.T) {
	texts := make([]string, *generatedPrograms)
	for i := range texts {
		texts[i] = generate(*generatedSeed, i)
	}
	want := oracle(t, texts)
	compiler := newCompiler(t)
	bad := 0
	for i, text := range texts {
		got, err := runNative(t, compiler, text, i)
		if err != nil {
			t.Errorf("seed %d, program %d: %v\n%s", *generatedSeed, i, err, text)
			bad++
		}
		for k := range got {
			if w := want[i*runsPerProgram+k]; got[k] != w {
				t.Errorf("seed %d, program %d, run %d:\n native %s\n     go %s\n%s", *generatedSeed, i, k, got[k], w, text)
				bad++
				break
			}
		}
		if bad > 3 {
			t.FailNow()
		}
	}
	t.Logf("seed %d: %d programs, %d runs each", *generatedSeed, len(texts), runsPerProgram)
	interpreted(t, texts, want)
}

// oracle compiles all programs with Go and returns a line for each run.
func oracle(t *testing.T, texts []string) []string {
	dir := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module oracle\n\ngo 1.26\n")
	var calls strings.Builder
	for first := 0; first < len(texts); first += programsPerFile {
		var file strings.Builder
		file.WriteString("package main\nimport \"math\"\nvar _ = math.Pi\n")
		for _, text := range texts[first:min(first+programsPerFile, len(texts))] {
			file.WriteString(text)
		}
		write(fmt.Sprintf("part%d.go", first), file.String())
	}
	for i := range texts {
		calls.WriteString(runsText(i))
	}
	write("main.go", "package main\nimport (\"fmt\"; \"math\")\n"+inputsText+"func main() {\n"+calls.String()+"}\n")
	cmd := exec.Command(filepath.Join(runtime.GOROOT(), "bin", "go"), "run", ".")
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOFLAGS=-mod=mod", "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, err.(*exec.ExitError).Stderr)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

// runsText calls program i with each of its inputs and prints what comes of it.
func runsText(i int) string {
	n := fmt.Sprintf("P%d", i)
	return fmt.Sprintf(`	for k := range %d {
		func() {
			a, b, c, d, e := inputs(k)
			gf%s, gi%s, gb%s, gs%s, ga%s, gr%s = 0.5, k, 3, []float64{1, 2, 3, 4}, [4]float64{1, 2, 3, 4}, S%s{A: 1, N: 2, C: 1+2i}
			res := 0.0
			defer func() {
				p := recover()
				fmt.Println(p, show(res, c, gf%s, gi%s, gb%s, gs%s, ga%s[:], gr%s.A, gr%s.N, real(gr%s.C), imag(gr%s.C)))
			}()
			res = main%s(a, b, c, d, e, S%s{A: 2, N: 3}, [4]float64{9, 8})
		}()
	}
`, runsPerProgram, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n)
}

type record struct {
	A float64
	N int32
	B bool
	C complex128
}

func runNative(t *testing.T, compiler *Compiler, text string, n int) ([]string, error) {
	c := check(t, "package p\nimport \"math\"\nvar _ = math.Pi\n"+text)
	p, err := compiler.Compile(c.sources...)
	if err != nil {
		if r, ok := err.(*Refusal); ok {
			err = fmt.Errorf("%s: %w", c.fset.Position(r.Pos), err)
		}
		return nil, err
	}
	vars := new(struct {
		f float64
		i int
		b uint8
		s []float64
		a [4]float64
		r record
	})
	byPrefix := map[string]unsafe.Pointer{"gf": unsafe.Pointer(&vars.f), "gi": unsafe.Pointer(&vars.i), "gb": unsafe.Pointer(&vars.b),
		"gs": unsafe.Pointer(&vars.s), "ga": unsafe.Pointer(&vars.a), "gr": unsafe.Pointer(&vars.r)}
	var addrs []unsafe.Pointer
	for _, v := range p.Captured() {
		addrs = append(addrs, byPrefix[v.Name()[:2]])
	}
	fs, err := p.Bind(addrs...)
	if err != nil {
		return nil, err
	}
	main := fs[len(fs)-1]
	var lines []string
	for k := range runsPerProgram {
		a, b, x, d, e := inputs(k)
		vars.f, vars.i, vars.b, vars.s, vars.a, vars.r = 0.5, k, 3, []float64{1, 2, 3, 4}, [4]float64{1, 2, 3, 4}, record{A: 1, N: 2, C: 1 + 2i}
		rec, arr, res := &record{A: 2, N: 3}, &[4]float64{9, 8}, new(float64)
		func() {
			defer func() {
				failed := recover()
				if p, ok := failed.(*Panic); ok && testing.Verbose() {
					line := c.fset.Position(p.Pos).Line - 4
					t.Logf("program %d, run %d fails at: %s", n, k, strings.Split(text, "\n")[line])
				}
				lines = append(lines, strings.TrimSuffix(fmt.Sprintln(failed, show(*res, x, vars.f, vars.i, vars.b, vars.s, vars.a[:], vars.r.A, vars.r.N, real(vars.r.C), imag(vars.r.C))), "\n"))
			}()
			args := []unsafe.Pointer{unsafe.Pointer(&a), unsafe.Pointer(&b), unsafe.Pointer(&x), unsafe.Pointer(&d), unsafe.Pointer(&e), unsafe.Pointer(rec), unsafe.Pointer(arr)}
			main.Call(args, []unsafe.Pointer{unsafe.Pointer(res)})
		}()
	}
	return lines, nil
}

func inputs(k int) (float64, int, []float64, []int, uint8) {
	xs := make([]float64, 3+2*k, 5+3*k)
	for i := range xs {
		xs[i] = float64(i*i)*0.75 - float64(k)
	}
	return 1.5*float64(k) - 0.3, 7*k - 3, xs, []int{k, 2 - k, 5}, uint8(200 * k)
}

func show(v ...any) string {
	s := ""
	for _, v := range v {
		switch v := v.(type) {
		case float64:
			if v != v {
				s += " NaN"
				continue
			}
			s += fmt.Sprintf(" %x", math.Float64bits(v))
		case []float64:
			s += " ["
			for _, x := range v {
				s += show(x)
			}
			s += fmt.Sprintf(" ]%d", cap(v))
		default:
			s += fmt.Sprintf(" %v", v)
		}
	}
	return s
}
