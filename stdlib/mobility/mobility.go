package mobility

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/trajectory"
)

// Mobility is Φ with its parts and what it was made from, in the coordinates of the trajectory it was estimated from.
// Matrices are D×D and for reading.
type Mobility struct {
	Phi   *mat.Dense // Φ = D + R, LD (12)
	D     *mat.Dense // symmetric part Φ_S = ΣΣᵀ, the shift included
	R     *mat.Dense // antisymmetric part Φ_A
	Sigma *mat.Dense // Σ, the lower Cholesky factor of D, LD (76)
	Shift float64    // multiple of I added to D to make it positive definite; 0 when it was so

	V      *mat.Dense // Stein matrix ⟨s yᵀ⟩, LD (38); nil for a given Φ
	CDot   *mat.Dense // Ċ(0⁺), LD (45); nil for a given Φ
	StdErr *mat.Dense // standard error of each element of Φ; nil when unknown
	Errors *Errors    // standard errors of the other matrices; nil when unknown

	Symmetry Symmetry // what Φ was averaged over; nil for nothing
	Defect   float64  // ‖Φ − average‖_F/‖Φ‖_F before it

	Width  float64           // σ of the noise on the samples behind V
	Method string            // the estimator of Ċ(0⁺)
	Tau    float64           // lag time behind Ċ(0⁺)
	Rank   int               // of C(0) behind the integral of the correlations; 0 for the methods that need none
	Names  []string          // of the coordinates; nil means x₁, x₂, …
	Scale  *trajectory.Scale // nil for physical coordinates
}

// Errors are the standard errors of each element of D, R, Σ and V. That of Σ is nil where a shift was needed.
type Errors struct{ D, R, Sigma, V *mat.Dense }

// New returns the mobility of a given Φ (D×D), for a model whose Φ is known or assumed: Σ = √D for Φ = D. The symmetric
// part must be positive definite. scale tells the normalised coordinates that Φ is written in; nil means physical ones.
func New(phi mat.Matrix, scale *trajectory.Scale) (*Mobility, error) {
	r, c := phi.Dims()
	if r != c || r == 0 || scale != nil && len(scale.Std) != r {
		panic(fmt.Sprintf("mobility: Φ is %d×%d", r, c))
	}
	m := &Mobility{Phi: mat.DenseCopyOf(phi), Scale: scale, Method: "given"}
	if err := m.split(0); err != nil {
		return nil, err
	}
	return m, nil
}

// Dim returns the number of coordinates.
func (m *Mobility) Dim() int { n, _ := m.Phi.Dims(); return n }

// split sets D, R and Σ from Φ, and shifts D and Φ when D is not positive definite; margin 0 makes that an error.
func (m *Mobility) split(margin float64) error {
	n := m.Dim()
	m.D, m.R = mat.NewDense(n, n, nil), mat.NewDense(n, n, nil)
	symmetric := mat.NewSymDense(n, nil)
	for i := range n {
		for j := range n {
			a, b := m.Phi.At(i, j), m.Phi.At(j, i)
			if a-a != 0 {
				return fmt.Errorf("mobility: Φ has an element %g; look for NaN or Inf in the score or the data", a)
			}
			m.D.Set(i, j, (a+b)/2)
			m.R.Set(i, j, (a-b)/2)
			symmetric.SetSym(min(i, j), max(i, j), (a+b)/2)
		}
	}
	if err := m.shift(symmetric, margin); err != nil {
		return err
	}
	var factor mat.Cholesky
	if !factor.Factorize(symmetric) {
		return fmt.Errorf("mobility: D = ½(Φ + Φᵀ) has no Cholesky factor although its eigenvalues are positive: raise Margin above %g", margin)
	}
	var lower mat.TriDense
	factor.LTo(&lower)
	m.Sigma = mat.DenseCopyOf(&lower)
	return nil
}

// rounding is the smallest eigenvalue of D, in units of the largest, that is not one of a singular D.
const rounding = 1e-12

// shift makes D positive definite by adding (|λ_min| + margin·λ_max) I to it, to Φ and to symmetric.
func (m *Mobility) shift(symmetric *mat.SymDense, margin float64) error {
	var eigen mat.EigenSym
	if !eigen.Factorize(symmetric, false) {
		return fmt.Errorf("mobility: the eigenvalues of D do not converge")
	}
	values := eigen.Values(nil)
	low, high := values[0], values[len(values)-1]
	switch {
	case low > rounding*high:
		return nil
	case high <= 0:
		return fmt.Errorf("mobility: D = ½(Φ + Φᵀ) has no positive eigenvalue (the largest is %.3g): is the score ∇ ln p, and not its negative, in the coordinates of the trajectory?", high)
	case margin == 0:
		return fmt.Errorf("mobility: D = ½(Φ + Φᵀ) has the eigenvalue %.3g; a diffusion needs positive ones", low)
	}
	m.Shift = math.Abs(low) + margin*high
	for i := range m.Dim() {
		symmetric.SetSym(i, i, symmetric.At(i, i)+m.Shift)
		m.D.Set(i, i, m.D.At(i, i)+m.Shift)
		m.Phi.Set(i, i, m.Phi.At(i, i)+m.Shift)
	}
	return nil
}

// SteinError returns ‖V + I‖_F/√D, how far the score is from fulfilling LD (31); NaN for a given Φ.
func (m *Mobility) SteinError() float64 {
	if m.V == nil {
		return math.NaN()
	}
	sum := 0.0
	for i := range m.Dim() {
		for j := range m.Dim() {
			d := m.V.At(i, j)
			if i == j {
				d++
			}
			sum += d * d
		}
	}
	return math.Sqrt(sum / float64(m.Dim()))
}

// Physical returns the mobility in physical coordinates, LD (60): with S = diag(std), Φ = S Φ̃ S and Σ = S Σ̃; Ċ transforms
// as Φ does, and V = S⁻¹ Ṽ S. Shift stays that of the normalised coordinates. Without a scale it returns m itself.
func (m *Mobility) Physical() *Mobility {
	if m.Scale == nil {
		return m
	}
	s := m.Scale.Std
	inverse := make([]float64, len(s))
	ones := make([]float64, len(s))
	for i, v := range s {
		inverse[i], ones[i] = 1/v, 1
	}
	p := *m
	p.Scale = nil
	p.Phi, p.D, p.R = scaled(s, m.Phi, s), scaled(s, m.D, s), scaled(s, m.R, s)
	p.Sigma = scaled(s, m.Sigma, ones)
	p.V, p.CDot, p.StdErr = scaled(inverse, m.V, s), scaled(s, m.CDot, s), scaled(s, m.StdErr, s)
	if m.Errors != nil {
		p.Errors = &Errors{
			D: scaled(s, m.Errors.D, s), R: scaled(s, m.Errors.R, s),
			Sigma: scaled(s, m.Errors.Sigma, ones), V: scaled(inverse, m.Errors.V, s),
		}
	}
	return &p
}

// scaled returns diag(left) a diag(right), or nil for nil.
func scaled(left []float64, a *mat.Dense, right []float64) *mat.Dense {
	if a == nil {
		return nil
	}
	out := mat.DenseCopyOf(a)
	for i, l := range left {
		row := out.RawRowView(i)
		for j, r := range right {
			row[j] *= l * r
		}
	}
	return out
}
