package jupytertest

import (
	"strings"
	"testing"
)

func TestFaultsCostNoVariables(t *testing.T) {
	soon := 1.0
	answers := newJupyter(t).session(t, kernelName,
		cell("n := 41\nsquares := map[int]int{}\nfor i := range 5 {\n\tsquares[i] = i * i\n}"),
		cell("var s string = n"),
		cell("var empty []float64\nempty[n] = 1"),
		step{Code: "spins := 0\nfor {\n\tspins++\n}", InterruptAfter: &soon, Timeout: 30},
		cell("spins > 0 && squares[4] == 16"),
		cell("n + 1"))

	wantFault(t, "type error", answers[1], "line 1", "string")
	wantFault(t, "panic", answers[2], "line 2", "index out of range")
	wantFault(t, "interrupt", answers[3], "interrupt")
	if answers[4].plain() != "true" {
		t.Errorf("after the faults, spins and squares are not what they were: %q %s", answers[4].plain(), answers[4].Evalue)
	}
	if answers[5].plain() != "42" {
		t.Errorf("after the faults, n + 1 = %q %s", answers[5].plain(), answers[5].Evalue)
	}
	for i, a := range answers {
		if a.Count != i+1 {
			t.Errorf("cell %d is numbered %d", i+1, a.Count)
		}
	}
}

// wantFault expects an error that says the given words, whatever their case, in its value or its traceback.
func wantFault(t *testing.T, kind string, a answer, words ...string) {
	t.Helper()
	said := strings.ToLower(a.Ename + " " + a.Evalue + "\n" + strings.Join(a.Traceback, "\n"))
	if a.Status != "error" {
		t.Errorf("%s: status %q, want error", kind, a.Status)
	}
	for _, w := range words {
		if !strings.Contains(said, w) {
			t.Errorf("%s: %q is not in what the user is told:\n%s", kind, w, said)
		}
	}
	shown := 0
	for _, m := range a.Messages {
		if m.Type == "error" {
			shown++
		}
	}
	if shown != 1 {
		t.Errorf("%s: %d error messages, want one", kind, shown)
	}
}

func TestInterruptAnswersSoon(t *testing.T) {
	soon := 0.5
	loops := []string{
		"for {\n}",
		"done := make(chan int)\n<-done",
		"import \"time\"\ntime.Sleep(time.Hour)",
	}
	var steps []step
	for _, code := range loops {
		steps = append(steps, step{Code: code, InterruptAfter: &soon, Timeout: 30})
	}
	for i, a := range newJupyter(t).session(t, kernelName, steps...) {
		wantFault(t, loops[i], a, "interrupt")
		if a.Seconds > 5 {
			t.Errorf("%q: idle %.1f s after the interrupt", loops[i], a.Seconds)
		}
	}
}

func TestConformance(t *testing.T) {
	j := newJupyter(t)
	cmd := j.script("conformance.py")
	t.Log(tail(call(t, limitConformance, cmd)))
}
