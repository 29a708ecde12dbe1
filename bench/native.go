package main

import (
	"context"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	yaegi "github.com/traefik/yaegi/interp"

	"scorebook/kernel/cell"
	"scorebook/kernel/cell/exports"
	"scorebook/kernel/interp"
	"scorebook/kernel/prelude/symbols"
)

//go:embed nativekernels.go
var nativeText string

//go:embed peers/native.py
var nativeScript string

// A race is one function of nativekernels.go on one set of data, in the hands of Go, of a session, of yaegi and of Numba.
// Times are of one call from outside, in nanoseconds, medians.
type race struct {
	What   string  `json:"what"`
	Name   string  `json:"function"`
	Go     float64 `json:"go_ns"`
	Native float64 `json:"native_ns"`
	Yaegi  float64 `json:"yaegi_ns"`
	Numba  float64 `json:"numba_ns"`

	Compile      float64 `json:"compile_ms"`       // the cell that declares it, from text to machine code
	NumbaCompile float64 `json:"numba_compile_ms"` // its first call

	golang kernel
	x, y   data
}

type kernel = func(x, y []float64) float64

// data is a series of n numbers between −scale and scale.
type data struct {
	n     int
	scale float64
}

func (d data) make() []float64 {
	x := make([]float64, d.n)
	for i := range x {
		x[i] = d.scale * (float64(i*7919%1000)/500 - 1)
	}
	return x
}

func races() []*race {
	return []*race{
		{What: "Lorenz 63, Euler-Maruyama, 10⁴ steps", Name: "lorenz63", golang: lorenz63, x: data{3, 1}, y: data{30_000, 1}},
		{What: "Lorenz 96 of 4 + 40 variables, 500 steps", Name: "lorenz96", golang: lorenz96, x: data{44, 1}, y: data{44, 1}},
		{What: "forces of 100 bodies", Name: "nbody", golang: nbody, x: data{300, 1}, y: data{300, 1}},
		{What: "Mandelbrot set, 64 × 64 points", Name: "mandelbrot", golang: mandelbrot, x: data{4096, 1}, y: data{2, 2}},
		{What: "dot product of 32768 numbers", Name: "dot", golang: dot, x: data{32_768, 1}, y: data{32_768, 2}},
		{What: "three-point stencil on 32768 numbers", Name: "stencil", golang: stencil, x: data{32_768, 1}, y: data{32_768, 2}},
		{What: "drift of 4096 oscillators: sin, exp, cos", Name: "oscillators", golang: oscillators, x: data{4096, 1}, y: data{4096, 3}},
	}
}

// benchNative times numeric functions written in cells beside the same text compiled by Go, yaegi, and Numba.
func benchNative(args []string) error {
	flags := flag.NewFlagSet("native", flag.ExitOnError)
	rounds := flags.Int("rounds", 41, "times each side is timed")
	python := flags.String("python", "", "a Python with numba; set up when empty")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *python == "" {
		var err error
		if *python, err = environment("numba", "numba", "numba"); err != nil {
			return err
		}
	}
	engine, err := interp.New(interp.Options{Importer: exports.New(), Symbols: symbols.Package})
	if err != nil {
		return err
	}
	plain := yaegi.New(yaegi.Options{})
	if err := plain.Use(yaegi.Exports{"math/math": symbols.Package("math")}); err != nil {
		return err
	}
	if _, err := plain.Eval(nativeText); err != nil {
		return fmt.Errorf("yaegi: %w", err)
	}
	p, err := startPeer(*python, nativeScript)
	if err != nil {
		return err
	}
	defer p.stop()
	all := races()
	for i, r := range all {
		fmt.Fprintln(os.Stderr, "timing", r.What)
		ours, err := r.declare(engine, 2*i+1)
		if err != nil {
			return err
		}
		v, err := plain.Eval("main." + r.Name)
		if err != nil {
			return fmt.Errorf("yaegi: %w", err)
		}
		if err := r.run(*rounds, ours, v.Interface().(kernel), p); err != nil {
			return fmt.Errorf("%s: %w", r.Name, err)
		}
	}
	compile, err := compileTwenty(101)
	if err != nil {
		return err
	}
	return printRaces(all, compile)
}

// declare gives the session the function and what it calls, and returns it as the session holds it.
func (r *race) declare(engine *interp.Session, number int) (kernel, error) {
	begin := time.Now()
	if _, err := engine.Evaluate(context.Background(), cell.Source{Number: number, Text: functionText(r.Name)}, cell.Streams{}); err != nil {
		return nil, err
	}
	r.Compile = 1e3 * time.Since(begin).Seconds()
	v, err := engine.Evaluate(context.Background(), cell.Source{Number: number + 1, Text: r.Name}, cell.Streams{})
	if err != nil {
		return nil, err
	}
	f, ok := v.Value.(kernel)
	if !ok {
		return nil, fmt.Errorf("the session holds a %T", v.Value)
	}
	return f, nil
}

// functionText is the text of the functions of nativekernels.go whose names begin with name.
func functionText(name string) string {
	var out strings.Builder
	for _, piece := range strings.SplitAfter(nativeText, "\n}\n") {
		if i := strings.Index(piece, "func "+name); i >= 0 {
			out.WriteString(piece[i:])
		}
	}
	return out.String()
}

// run times the sides in turns, and fails when they do not agree.
func (r *race) run(rounds int, ours, interpreted kernel, p *peer) error {
	var err error
	if r.NumbaCompile, err = p.ask("compile %s", r.Name); err != nil {
		return err
	}
	want, wantX := r.call(r.golang)
	for name, f := range map[string]kernel{"as machine code": ours, "in yaegi": interpreted} {
		if got, x := r.call(f); math.Float64bits(got) != math.Float64bits(want) || !slices.EqualFunc(x, wantX, sameBits) {
			return fmt.Errorf("%v %s, %v compiled by Go", got, name, want)
		}
	}
	var times [4][]float64
	for k := range rounds {
		times[0] = append(times[0], r.time(r.golang, repeats))
		times[1] = append(times[1], r.time(ours, repeats))
		theirs, err := p.ask("%s %d %d %g %d %g", r.Name, repeats, r.x.n, r.x.scale, r.y.n, r.y.scale)
		if err != nil {
			return err
		}
		times[2] = append(times[2], theirs)
		if k < 3 {
			times[3] = append(times[3], r.time(interpreted, 1))
		}
	}
	r.Go, r.Native, r.Numba, r.Yaegi = median(times[0]), median(times[1]), median(times[2]), median(times[3])
	got, err := p.ask("result %s", r.Name)
	if err == nil && math.Abs(got-want) > 1e-9*math.Abs(want) {
		err = fmt.Errorf("%v by Numba, %v compiled by Go", got, want)
	}
	return err
}

func sameBits(a, b float64) bool { return math.Float64bits(a) == math.Float64bits(b) }

// call is the result of one call and what it leaves in its first argument.
func (r *race) call(f kernel) (float64, []float64) {
	x := r.x.make()
	return f(x, r.y.make()), x
}

// repeats is how many calls are timed in one turn: the first few after another process had the machine are slower, of all sides.
const repeats = 15

// time is the median time of a call, each on fresh data that is in the cache.
func (r *race) time(f kernel, repeats int) float64 {
	var took []float64
	freshX, freshY := r.x.make(), r.y.make()
	x, y := slices.Clone(freshX), slices.Clone(freshY) // none is made in the loop: the collector would run beside the calls
	for range repeats {
		if repeats > 1 {
			f(x, y)
			copy(x, freshX)
			copy(y, freshY)
		}
		begin := time.Now()
		f(x, y)
		took = append(took, float64(time.Since(begin).Nanoseconds()))
	}
	return median(took)
}

// What machine code means to be.
const (
	mostOfGo       = 2.0 // of the time of Go's code, each
	mostOfGoMedian = 1.5
	overYaegi      = 100.0 // times as fast, in the median
	overNumba      = 1.0
	mostCompile    = 2.0 // ms for a function of twenty lines
)

func printRaces(all []*race, compile float64) error {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(table, "one thread, one call\tGo µs\tScorebook µs\tyaegi µs\tNumba µs\tof Go's time\t× yaegi\t× Numba\tcell compiles ms\tNumba compiles ms\t")
	var ofGo, yaegis, numbas, cells, theirs []float64
	for _, r := range all {
		fmt.Fprintf(table, "%s\t%.1f\t%.1f\t%.0f\t%.1f\t%.2f\t%.0f\t%.2f\t%.1f\t%.0f\t\n", r.What, r.Go/1e3, r.Native/1e3, r.Yaegi/1e3, r.Numba/1e3,
			r.Native/r.Go, r.Yaegi/r.Native, r.Numba/r.Native, r.Compile, r.NumbaCompile)
		ofGo, yaegis, numbas = append(ofGo, r.Native/r.Go), append(yaegis, r.Yaegi/r.Native), append(numbas, r.Numba/r.Native)
		cells, theirs = append(cells, r.Compile), append(theirs, r.NumbaCompile)
	}
	fmt.Fprintf(table, "median\t\t\t\t\t%.2f\t%.0f\t%.2f\t%.1f\t%.0f\t\n", median(ofGo), median(yaegis), median(numbas), median(cells), median(theirs))
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Printf("\nResults: Go, Scorebook and yaegi the same bits, Numba within 10⁻⁹. Load average %s.\n", loadAverage())
	missed := 0
	aim := func(what string, got float64, bound string, met bool) {
		word := "pass"
		if !met {
			word = "fail"
			missed++
		}
		fmt.Printf("%s  %s: %.2f (aim %s)\n", word, what, got, bound)
	}
	aim("of Go's time, at worst", slices.Max(ofGo), "≤ 2", slices.Max(ofGo) <= mostOfGo)
	aim("of Go's time, median", median(ofGo), "≤ 1.5", median(ofGo) <= mostOfGoMedian)
	aim("times as fast as yaegi, median", median(yaegis), "≥ 100", median(yaegis) >= overYaegi)
	aim("times as fast as Numba, median", median(numbas), "≥ 1", median(numbas) >= overNumba)
	aim("ms to compile a function of twenty lines, median", compile, "< 2", compile < mostCompile)
	line, err := json.Marshal(map[string]any{"bench": "native", "load": loadAverage(), "races": all, "compile_ms": compile,
		"of_go": median(ofGo), "of_go_worst": slices.Max(ofGo), "over_yaegi": median(yaegis), "over_numba": median(numbas)})
	if err != nil {
		return err
	}
	fmt.Println(string(line))
	if missed > 0 {
		return fmt.Errorf("%d of 5 aims are missed", missed)
	}
	return nil
}
