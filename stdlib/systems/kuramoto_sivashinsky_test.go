package systems

import (
	"context"
	"errors"
	"math"
	"math/cmplx"
	"slices"
	"strings"
	"testing"

	"scorebook/internal/numtest"
	"scorebook/stdlib/sde"
	"scorebook/stdlib/trajectory"
)

func ring(t testing.TB, s KuramotoSivashinsky, r sde.Run) *trajectory.Trajectory {
	t.Helper()
	obs, err := s.Simulate(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	if err := obs.Validate(); err != nil {
		t.Fatal(err)
	}
	return obs
}

// ringDrift is the equation on n points written apart from the package: v_t from the coefficients themselves, the
// product as a sum over pairs of wavenumbers below n/3.
func ringDrift(n int, length float64) sde.Drift {
	phase := func(j int) complex128 { return cmplx.Rect(1, 2*math.Pi*float64(j%n)/float64(n)) }
	edge := (n - 1) / 3
	return func(dst, x []float64) {
		v := map[int]complex128{}
		for k := -n / 2; k < n/2; k++ {
			for i, u := range x {
				v[k] += complex(u/float64(n), 0) / phase((k+n)*i)
			}
		}
		clear(dst)
		for k := -n / 2; k < n/2; k++ {
			q := 2 * math.Pi / length * float64(k)
			rate := complex(q*q-q*q*q*q, 0) * v[k]
			if -edge <= k && k <= edge {
				square := complex(0, 0) // products of all wavenumbers that the grid holds without folding onto k
				for p := max(-edge, k-edge); p <= min(edge, k+edge); p++ {
					square += v[p] * v[k-p]
				}
				rate -= complex(0, q/2) * square
			}
			for i := range dst {
				dst[i] += real(rate * phase((k+n)*i))
			}
		}
	}
}

// TestRingSolvesTheEquation compares with Runge and Kutta's method on the equation written apart.
func TestRingSolvesTheEquation(t *testing.T) {
	const n, length, end = 32, 22.0, 2.0
	s := KuramotoSivashinsky{Length: length, Points: n}
	first := ring(t, s, sde.Run{Dt: 0.05, Steps: 1, BurnIn: 1000, Seed: 3})
	start := first.At(0)
	r := sde.Run{Dt: 0.004, Steps: end/0.004 + 1, Every: end / 0.004, Start: start, Scheme: sde.RungeKutta}
	want := simulate(t, sde.SDE{Dim: n, Drift: ringDrift(n, length)}, r)
	got := ring(t, s, sde.Run{Dt: 0.01, Steps: end/0.01 + 1, Every: end / 0.01, Start: start})
	numtest.Slice(t, "v(2)", got.At(1), want.At(1), 1e-7)
}

func TestRingStepIsOfFourthOrder(t *testing.T) {
	const end = 8.0
	for _, n := range []int{64, 128} {
		s := KuramotoSivashinsky{Points: n}
		first := ring(t, s, sde.Run{Dt: 0.05, Steps: 1, BurnIn: 4000, Seed: 1})
		at := func(dt float64) []float64 {
			steps := int(math.Round(end / dt))
			return ring(t, s, sde.Run{Dt: dt, Steps: steps + 1, Every: steps, Start: first.At(0)}).At(1)
		}
		reference := at(1.0 / 1024)
		dts := []float64{1.0 / 32, 1.0 / 64, 1.0 / 128} // at 1/8 the stiff modes still make it 3.3
		errors := make([]float64, len(dts))
		for i, dt := range dts {
			errors[i] = numtest.RelativeError(at(dt), reference)
		}
		t.Logf("N = %d: relative errors %.3g at δt = %v", n, errors, dts)
		if p := numtest.Order(dts, errors); math.Abs(p-4) > 0.3 {
			t.Errorf("N = %d: order %.3f, want 4; errors %.3g", n, p, errors)
		}
	}
}

// TestRingStatistics: members are independent, so their means give the standard errors.
func TestRingStatistics(t *testing.T) {
	const members = 32
	s := KuramotoSivashinsky{Points: 64, Stride: 2}
	obs := ring(t, s, sde.Run{Dt: 0.1, Steps: 30000, Every: 50, BurnIn: 3000, Ensemble: members, Seed: 1})
	n := obs.LongestRun()
	moment := func(power float64) (float64, float64) {
		return batchMean(members, n, func(k int) float64 {
			sum := 0.0
			for _, v := range obs.At(k) {
				sum += math.Pow(v, power) / float64(obs.Dim)
			}
			return sum
		})
	}
	m2, se2 := moment(2)
	m4, se4 := moment(4)
	std, kurtosis := math.Sqrt(m2), m4/(m2*m2)
	t.Logf("std %.4f ± %.4f, kurtosis %.4f ± %.4f", std, se2/(2*std), kurtosis, se4/(m2*m2))
	if bound := numtest.Sigmas * se2 / (2 * std); std < 1.42-bound || std > 1.44+bound {
		t.Errorf("std %.4f is not within 1.42 … 1.44 ± %.4f", std, bound)
	}
	if math.Abs(kurtosis-1.93) > numtest.Sigmas*se4/(m2*m2)+0.005 {
		t.Errorf("kurtosis %.4f, want 1.93", kurtosis)
	}
	checkRingSpectrum(t, obs)
}

func checkRingSpectrum(t *testing.T, obs *trajectory.Trajectory) {
	spectra := make([][]float64, 0, obs.RunCount())
	for start, end := range obs.Runs() {
		part := *obs
		part.X, part.Lens = obs.X[start*obs.Dim:end*obs.Dim], nil
		spectra = append(spectra, RingSpectrum(&part))
	}
	got := RingSpectrum(obs)
	for i, want := range []float64{0, 0.36, 0.40, 2.0, 9.4, 2.0, 0.68, 0.48, 0.52, 0.10, 0.02} {
		_, se := batchMean(len(spectra), 1, func(k int) float64 { return spectra[k][i] })
		if math.Abs(got[i]-want) > numtest.Sigmas*math.Sqrt2*se+0.05*max(want, 0.1) { // the reference has an error like it
			t.Errorf("λ[%d] = %.3f ± %.3f, want %.2f", i, got[i], se, want)
		}
	}
	sum := got[0] + got[len(got)-1]
	for _, v := range got[1 : len(got)-1] {
		sum += 2 * v
	}
	numtest.Within(t, "sum of the λ", sum, float64(obs.Dim), 1e-12)
}

// TestRingBalance: d⟨v²⟩/dt = 0 makes ⟨v_x²⟩ = ⟨v_xx²⟩, from −∂ₓ²−∂ₓ⁴, since the nonlinear term conserves the energy.
func TestRingBalance(t *testing.T) {
	const members = 32
	obs := ring(t, KuramotoSivashinsky{Points: 64}, sde.Run{Dt: 0.1, Steps: 10000, Every: 20, BurnIn: 3000, Ensemble: members, Seed: 2})
	n, base := obs.LongestRun(), 2*math.Pi/34
	half := func(factor func(q2 float64) float64) (float64, float64) {
		return batchMean(members, n, func(k int) float64 {
			sum, one := 0.0, &trajectory.Trajectory{Dim: obs.Dim, X: obs.At(k)}
			for i, v := range RingSpectrum(one) {
				q := base * float64(i)
				sum += RingEnergy(one)[0] * v * factor(q*q)
			}
			return sum
		})
	}
	scale, _ := half(func(q2 float64) float64 { return q2 })
	balance, se := half(func(q2 float64) float64 { return q2 - q2*q2 })
	// Sums of d(v²)/dt over a run telescope, so the error is far below that of ⟨v_x²⟩ itself; the trapezoid over samples two
	// time units apart adds its own.
	if math.Abs(balance) > numtest.Sigmas*se {
		t.Errorf("⟨v_x²⟩ − ⟨v_xx²⟩ = %.3g ± %.2g of ⟨v_x²⟩", balance/scale, se/scale)
	}
}

func TestRingMembersDependOnlyOnTheirSeed(t *testing.T) {
	s := KuramotoSivashinsky{Points: 32, Stride: 4}
	r := sde.Run{Dt: 0.1, Steps: 500, Every: 10, BurnIn: 50, Seed: 4, Ensemble: 37}
	r.Workers = 1
	whole := ring(t, s, r)
	for _, r.Workers = range []int{2, 5} {
		if !slices.Equal(ring(t, s, r).X, whole.X) {
			t.Errorf("%d workers give other bits than one", r.Workers)
		}
	}
	r.Ensemble = 3
	if few := ring(t, s, r); !slices.Equal(few.X, whole.X[:len(few.X)]) {
		t.Error("the first members change with the size of the ensemble")
	}
	if whole.Dim != 8 || whole.RunCount() != 37 || whole.LongestRun() != 50 || math.Abs(whole.Dt-1) > 1e-12 {
		t.Errorf("D = %d, %d runs of %d, Δt = %g", whole.Dim, whole.RunCount(), whole.LongestRun(), whole.Dt)
	}
}

// TestRingSymmetries integrates turned and mirrored starts: the results are the turned and mirrored ones.
func TestRingSymmetries(t *testing.T) {
	s := KuramotoSivashinsky{Points: 32}
	run := sde.Run{Dt: 0.1, Steps: 51, Every: 50}
	first := ring(t, s, sde.Run{Dt: 0.1, Steps: 1, BurnIn: 500, Seed: 4})
	run.Start = first.X
	plain := ring(t, s, run)
	run.Start = Shifted(first, 5).X
	numtest.Slice(t, "turned", ring(t, s, run).X, Shifted(plain, 5).X, 1e-9)
	run.Start = Reflected(first).X
	numtest.Slice(t, "mirrored", ring(t, s, run).X, Reflected(plain).X, 1e-9)
	if !slices.Equal(Shifted(Shifted(plain, 5), -37).X, plain.X) || !slices.Equal(Reflected(Reflected(plain)).X, plain.X) {
		t.Error("turning round, or mirroring twice, changes the field")
	}
	copies, err := Augmented(plain, Augmentation{Shifts: []int{0, 3}, Stride: 8, Reflect: true})
	if err != nil {
		t.Fatal(err)
	}
	if copies.Dim != 4 || copies.RunCount() != 4 || copies.At(4)[1] != plain.At(0)[11] || copies.At(2)[1] != -plain.At(0)[24] {
		t.Errorf("D = %d, %d runs, %v", copies.Dim, copies.RunCount(), copies.X)
	}
}

func TestRingCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	reports := 0
	_, err := KuramotoSivashinsky{}.Simulate(ctx, sde.Run{Dt: 0.1, Steps: 1 << 40, Every: 1 << 39, Progress: func(_ string, done, total int) {
		reports++
		cancel()
	}})
	if !errors.Is(err, context.Canceled) || !strings.HasPrefix(err.Error(), "systems: ") || reports == 0 {
		t.Errorf("error %v after %d reports", err, reports)
	}
	done, total := 0, 0
	r := sde.Run{Dt: 0.1, Steps: 101, Every: 50, BurnIn: 10, Ensemble: 20, Progress: func(_ string, d, n int) { done, total = d, n }}
	ring(t, KuramotoSivashinsky{Points: 32}, r)
	if done != 20*110 || total != done {
		t.Errorf("progress ended at %d of %d, want 2200 of 2200", done, total)
	}
}

func TestRingBadInput(t *testing.T) {
	good := sde.Run{Dt: 0.1, Steps: 10}
	with := func(change func(*sde.Run)) sde.Run { r := good; change(&r); return r }
	one := make([]float64, 128)
	one[0] = 1
	for _, c := range []struct {
		says string
		s    KuramotoSivashinsky
		r    sde.Run
	}{
		{"power of two", KuramotoSivashinsky{Points: 100}, good},
		{"Stride", KuramotoSivashinsky{Stride: 3}, good},
		{"length", KuramotoSivashinsky{Length: -1}, good},
		{"at least 64", KuramotoSivashinsky{Length: 100, Points: 32}, good},
		{"Run.Dt", KuramotoSivashinsky{}, sde.Run{Steps: 3}},
		{"Steps", KuramotoSivashinsky{}, sde.Run{Dt: 0.1}},
		{"own scheme", KuramotoSivashinsky{}, with(func(r *sde.Run) { r.Scheme = sde.Milstein })},
		{"Run.Start", KuramotoSivashinsky{}, with(func(r *sde.Run) { r.Start = make([]float64, 3) })},
		{"subtract it", KuramotoSivashinsky{}, with(func(r *sde.Run) { r.Start = one })},
		{"GiB", KuramotoSivashinsky{}, with(func(r *sde.Run) { r.Steps = 1 << 50 })},
		{"blew up", KuramotoSivashinsky{}, sde.Run{Dt: 50, Steps: 400}},
	} {
		if _, err := c.s.Simulate(context.Background(), c.r); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one about %q", err, c.says)
		}
	}
}

// BenchmarkRing reports the time of one step of one member.
func BenchmarkRing(b *testing.B) {
	for name, members := range map[string]int{"one": 1, "sixteen": 16} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			s := newETDRK4(newRingEnsemble(KuramotoSivashinsky{Points: 64}, sde.Run{Dt: 0.1, Steps: 1, Every: 1, Ensemble: 1}).plan, 34, 0.1)
			for i := 0; i < b.N; i += members {
				s.step()
			}
		})
	}
}
