package langevin

import (
	"encoding/json"
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"

	"scorebook/stdlib/mobility"
	"scorebook/stdlib/nn"
	"scorebook/stdlib/trajectory"
)

// note is the name under which a score's file keeps the mobility.
const note = "mobility"

// savedMobility is a mobility without what follows from Φ. Matrices are row-major, and nil where they are unknown.
type savedMobility struct {
	Phi                      []float64
	V, CDot, StdErr          []float64
	Shift, Defect            float64
	Width, Tau               float64
	Method                   string
	Rank                     int
	Names                    []string
	Scale                    *trajectory.Scale
	StdErrD, StdErrR         []float64
	StdErrSigma, StdErrStein []float64
}

// Save writes the model, a score made of a network and its mobility, to a file of safetensors: the network's as
// nn.Denoiser.Save writes it, with Φ and its errors in the metadata. All numbers are kept to the bit, and the file appears
// whole or not at all. Which symmetry Φ was averaged over is not kept. It is an error when the score is no network's, as that of
// Physical; save the model in the coordinates it was fitted in.
func (m *Model) Save(path string) error {
	d, ok := m.Score.(*nn.Denoiser)
	if !ok {
		made, ok := m.Score.(interface{ Denoiser() *nn.Denoiser })
		if !ok {
			return fmt.Errorf("langevin: a score of the kind %T is not saved, only one made of a network, in the coordinates it was fitted in (before Physical)", m.Score)
		}
		d = made.Denoiser()
	}
	f := m.Mobility
	s := savedMobility{
		Phi: rowMajor(f.Phi), V: rowMajor(f.V), CDot: rowMajor(f.CDot), StdErr: rowMajor(f.StdErr), Shift: f.Shift, Defect: f.Defect,
		Width: f.Width, Tau: f.Tau, Method: f.Method, Rank: f.Rank, Names: f.Names, Scale: f.Scale,
	}
	if e := f.Errors; e != nil {
		s.StdErrD, s.StdErrR, s.StdErrSigma, s.StdErrStein = rowMajor(e.D), rowMajor(e.R), rowMajor(e.Sigma), rowMajor(e.V)
	}
	text, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("langevin: saving the mobility: %w", err)
	}
	return d.SaveWith(path, map[string]string{note: string(text)})
}

func rowMajor(m *mat.Dense) []float64 {
	if m == nil {
		return nil
	}
	return mat.DenseCopyOf(m).RawMatrix().Data
}

// Load reads what [Model.Save] wrote: the same model, to the bit. A file that is damaged, or of a score alone, is an error.
func Load(path string) (*Model, error) {
	d, err := nn.LoadDenoiser(path)
	if err != nil {
		return nil, err
	}
	_, notes, err := nn.Load(path)
	if err != nil {
		return nil, err
	}
	text, ok := notes[note]
	if !ok {
		return nil, fmt.Errorf("langevin: %s is of a score alone, without a mobility; nn.LoadDenoiser reads it", path)
	}
	var s savedMobility
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return nil, fmt.Errorf("langevin: %s: its mobility: %w", path, err)
	}
	f, err := s.mobility(d.Dim())
	if err != nil {
		return nil, fmt.Errorf("langevin: %s: its mobility: %w", path, err)
	}
	return New(d, f)
}

// mobility is the mobility of dim coordinates, with D, R and Σ made from Φ as they were at first.
func (s *savedMobility) mobility(dim int) (*mobility.Mobility, error) {
	for _, m := range [][]float64{s.Phi, s.V, s.CDot, s.StdErr, s.StdErrD, s.StdErrR, s.StdErrSigma, s.StdErrStein} {
		if m != nil && len(m) != dim*dim {
			return nil, fmt.Errorf("a matrix of %d elements for %d coordinates", len(m), dim)
		}
	}
	if s.Phi == nil {
		return nil, errors.New("it has no Φ")
	}
	if s.Scale != nil && (len(s.Scale.Mean) != dim || len(s.Scale.Std) != dim) || s.Names != nil && len(s.Names) != dim {
		return nil, fmt.Errorf("its names or its scale are not of %d coordinates", dim)
	}
	matrix := func(a []float64) *mat.Dense {
		if a == nil {
			return nil
		}
		return mat.NewDense(dim, dim, a)
	}
	f, err := mobility.New(matrix(s.Phi), s.Scale)
	if err != nil {
		return nil, err
	}
	f.V, f.CDot, f.StdErr = matrix(s.V), matrix(s.CDot), matrix(s.StdErr)
	f.Shift, f.Defect, f.Width, f.Tau, f.Method, f.Rank, f.Names = s.Shift, s.Defect, s.Width, s.Tau, s.Method, s.Rank, s.Names
	if s.StdErrD != nil {
		f.Errors = &mobility.Errors{D: matrix(s.StdErrD), R: matrix(s.StdErrR), Sigma: matrix(s.StdErrSigma), V: matrix(s.StdErrStein)}
	}
	return f, nil
}
