package server

import (
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"math"
	"strings"
	"time"

	"scorebook/kernel/cell"
)

// timed is what a magic about time is to run: the code on its line, or the rest of the cell.
func timed(src cell.Source, p cell.Part) (cell.Source, error) {
	code := p.Code
	if !p.Magic.Whole {
		code = p.Magic.Code(src)
	}
	if strings.TrimSpace(code.Text) == "" {
		return code, magicError(src, p, "there is nothing to time", "write %"+p.Magic.Name+" before an expression, or on the first line of a cell")
	}
	return code, nil
}

// time runs code once. What the engine spends on checking and compiling is told apart.
func (x *execution) time(src cell.Source, p cell.Part) (cell.Result, error) {
	code, err := timed(src, p)
	if err != nil {
		return cell.Result{}, err
	}
	began := time.Now()
	r, err := x.server.engine.Evaluate(x.ctx, code, x.streams())
	if err != nil {
		return r, err
	}
	all := time.Since(began)
	ran := cmp.Or(r.Took, all)
	fmt.Fprintf(x.out.stream(stdout), "ran in %s, compiled in %s\n", duration(ran), duration(all-ran))
	return r, nil
}

const (
	repeats   = 7
	repeatFor = 100 * time.Millisecond // about how long one repeat takes
)

// timeIt runs code once as it stands, and then in loops long enough to time.
func (x *execution) timeIt(src cell.Source, p cell.Part) (cell.Result, error) {
	code, err := timed(src, p)
	if err != nil {
		return cell.Result{}, err
	}
	once, err := x.loop(code, 1)
	if err != nil {
		return cell.Result{}, err
	}
	n := 1
	for once < repeatFor/10 && n < 1<<30 {
		n *= 4
		if once, err = x.loop(code, n); err != nil {
			return cell.Result{}, err
		}
	}
	n = max(1, int(float64(n)*float64(repeatFor)/float64(once+1)))
	var took []float64
	for began := time.Now(); len(took) < 2 || len(took) < repeats && time.Since(began) < 3*time.Second; {
		all, err := x.loop(code, n)
		if err != nil {
			return cell.Result{}, err
		}
		took = append(took, float64(all)/float64(n))
	}
	mean, spread := meanAndSpread(took)
	fmt.Fprintf(x.out.stream(stdout), "%s ± %s per turn (mean and standard deviation of %d loops of %d)\n",
		duration(time.Duration(math.Round(mean))), duration(time.Duration(math.Round(spread))), len(took), n)
	return cell.Result{}, nil
}

// loop times n turns. What code shows as its value is computed and dropped.
func (x *execution) loop(code cell.Source, n int) (time.Duration, error) {
	var err error
	for _, body := range bodies(code.Text) {
		turns := cell.Source{Number: code.Number, Text: fmt.Sprintf("for range %d { %s\n}", n, body), Whole: code.Whole}
		began := time.Now()
		var r cell.Result
		if r, err = x.server.engine.Evaluate(x.ctx, turns, x.streams()); err == nil {
			return max(1, cmp.Or(r.Took, time.Since(began))), nil
		}
		if x.ctx.Err() != nil {
			break
		}
	}
	return 0, err
}

// bodies lists how code may stand in a loop. Only the checker knows whether a call has a value that must be used.
func bodies(text string) []string {
	text = strings.TrimLeft(text, " \n")
	e, err := parser.ParseExpr(text)
	if err != nil {
		return []string{text}
	}
	if _, ok := e.(*ast.CallExpr); ok {
		return []string{"_ = " + text, text}
	}
	return []string{"_ = " + text}
}

func meanAndSpread(xs []float64) (mean, spread float64) {
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	for _, x := range xs {
		spread += (x - mean) * (x - mean) / float64(len(xs)-1)
	}
	return mean, math.Sqrt(spread)
}

// duration writes a time to three digits.
func duration(d time.Duration) string {
	for _, u := range []struct {
		size time.Duration
		name string
	}{{time.Second, "s"}, {time.Millisecond, "ms"}, {time.Microsecond, "µs"}} {
		if d >= u.size {
			return fmt.Sprintf("%.3g %s", float64(d)/float64(u.size), u.name)
		}
	}
	return fmt.Sprintf("%d ns", d.Nanoseconds())
}
