package nn

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"strconv"

	"scorebook/stdlib/trajectory"
)

// Denoiser is a score made of a network: Net(x) ≈ E[z|x] for x = μ + σz, z ~ 𝒩(0, I), so that
//
//	s(x) = −Net(x)/σ   LD (26), (65)
//
// is the score of the density of x. It has the methods of a differentiable score.
type Denoiser struct {
	Net   Network           // D inputs and outputs
	Sigma float64           // σ > 0
	Scale *trajectory.Scale // of the series it was fitted to; nil for physical coordinates
}

// Dim returns D.
func (d *Denoiser) Dim() int { return d.Net.In() }

// KernelWidth returns σ: s is the score of the density smoothed by 𝒩(0, σ²I).
func (d *Denoiser) KernelWidth() float64 { return d.Sigma }

// ScoreTo writes s at each point of x to dst, both sample-major.
func (d *Denoiser) ScoreTo(dst, x []float64) {
	d.Net.EvalTo(dst, x)
	d.toScore(dst)
}

// JacobianTo writes ∂sᵢ/∂xⱼ at each point of x to dst, D×D numbers a point, row-major.
func (d *Denoiser) JacobianTo(dst, x []float64) {
	d.Net.JacobianTo(dst, x)
	d.toScore(dst)
}

// DivergenceTo writes ∇·s at each point of x to dst.
func (d *Denoiser) DivergenceTo(dst, x []float64) {
	d.Net.DivergenceTo(dst, x)
	d.toScore(dst)
}

func (d *Denoiser) toScore(v []float64) {
	for i := range v {
		v[i] *= -1 / d.Sigma
	}
}

// String names the network and σ.
func (d *Denoiser) String() string {
	return fmt.Sprintf("score −f(x)/σ, σ = %.4g, f = %v", d.Sigma, d.Net)
}

// Save writes the score to a file as [Save] does, with σ and the scale in the metadata, all to the bit.
func (d *Denoiser) Save(path string) error { return d.SaveWith(path, nil) }

// SaveWith is Save with notes of the caller's in the metadata, which [Load] returns.
func (d *Denoiser) SaveWith(path string, more map[string]string) error {
	notes := map[string]string{"sigma": strconv.FormatFloat(d.Sigma, 'g', -1, 64)}
	maps.Copy(notes, more)
	if d.Scale != nil {
		text, err := json.Marshal(d.Scale)
		if err != nil {
			return fmt.Errorf("nn: saving the scale: %w", err)
		}
		notes["scale"] = string(text)
	}
	return Save(path, d.Net, notes)
}

// LoadDenoiser reads what [Denoiser.Save] wrote. A damaged file, or one that is not of a score, is an error.
func LoadDenoiser(path string) (*Denoiser, error) {
	net, notes, err := Load(path)
	if err != nil {
		return nil, err
	}
	d := &Denoiser{Net: net}
	if d.Sigma, err = strconv.ParseFloat(notes["sigma"], 64); err != nil || !(d.Sigma > 0) || math.IsInf(d.Sigma, 1) {
		return nil, fmt.Errorf("nn: %s is not of a score: its σ is %q", path, notes["sigma"])
	}
	if net.In() != net.Out() {
		return nil, fmt.Errorf("nn: %s is not of a score: its network has %d inputs and %d outputs", path, net.In(), net.Out())
	}
	if text, ok := notes["scale"]; ok {
		d.Scale = &trajectory.Scale{}
		if err := json.Unmarshal([]byte(text), d.Scale); err != nil || len(d.Scale.Mean) != net.In() || len(d.Scale.Std) != net.In() {
			return nil, fmt.Errorf("nn: %s: its scale %q does not fit %d coordinates", path, text, net.In())
		}
	}
	return d, nil
}
