package stats

import (
	"context"
	"fmt"
	"math"

	"scorebook/stdlib/trajectory"
)

// floor keeps the logarithm of a relative entropy finite, as a fraction of the uniform density on the axis.
const floor = 1e-10

// RelativeEntropy is the Kullback–Leibler divergence ∫ p ln(p/q) dx ≥ 0, in nats, of two densities on the same axis. Both
// are normalised on it first. Where a density vanishes it is set to 10⁻¹⁰ of the uniform density.
func RelativeEntropy(p, q *Density) float64 {
	if p.Axis != q.Axis {
		panic("stats: relative entropy of densities on different axes")
	}
	return relativeEntropy(p.P, q.P)
}

func relativeEntropy(p, q []float64) float64 {
	sp, sq := sum(p), sum(q)
	least := floor / float64(len(p))
	kl := 0.0
	for k := range p {
		a, b := max(p[k]/sp, least), max(q[k]/sq, least)
		kl += a*math.Log(a/b) - a + b // the sum of b − a vanishes but for the floor, and keeps every term positive
	}
	return kl
}

func sum(x []float64) float64 {
	s := 0.0
	for _, v := range x {
		s += v
	}
	return s
}

// KL estimates the relative entropy of the marginal densities of a with respect to those of b, ∫ pₐ ln(pₐ/p_b) dxᵢ in
// nats, for each coordinate, from kernel estimates on 2048 common points.
func KL(ctx context.Context, a, b *trajectory.Trajectory) ([]float64, error) {
	if err := checkDims(a, b); err != nil {
		return nil, err
	}
	kl := make([]float64, a.Dim)
	for i := range kl {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("stats: relative entropy: %w", err)
		}
		p, q, err := MarginalPair(a, b, i, DensityOptions{})
		if err != nil {
			return nil, err
		}
		kl[i] = RelativeEntropy(p, q)
	}
	return kl, nil
}

// TotalVariation is ½ ∫ |p − q| dx dy, between 0 and 1, of two joint densities on the same axes, both normalised on them.
func TotalVariation(p, q *JointDensity) float64 {
	if p.X != q.X || p.Y != q.Y {
		panic("stats: total variation of densities on different axes")
	}
	sp, sq := sum(p.P), sum(q.P)
	tv := 0.0
	for k, v := range p.P {
		tv += math.Abs(v/sp-q.P[k]/sq) / 2
	}
	return tv
}

// JointTV estimates the total variation of the joint densities of the coordinates i and j of a and b, from kernel
// estimates on 256² common points.
func JointTV(ctx context.Context, a, b *trajectory.Trajectory, i, j int) (float64, error) {
	if err := ctx.Err(); err != nil {
		return 0, fmt.Errorf("stats: total variation: %w", err)
	}
	p, q, err := JointPair(a, b, i, j, DensityOptions{})
	if err != nil {
		return 0, err
	}
	return TotalVariation(p, q), nil
}
