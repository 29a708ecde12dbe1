package native

import (
	"go/ast"
	"go/token"
	"go/types"
)

var (
	complexOperands = sign([]byte{f64, f64, f64, f64}, []byte{f64, f64})
)

// complexArith applies an operator to the two complex numbers on the stack. Products and quotients of
// complex64 are formed in float64, as Go does.
func (f *fn) complexArith(n ast.Node, op token.Token, k types.BasicKind) {
	val, product := byte(f64), op == token.MUL || op == token.QUO
	if k == types.Complex64 {
		val = f32
	}
	x, y := f.pair(val), f.pair(val)
	f.setAll(y)
	f.setAll(x)
	if product && val == f32 {
		x, y = f.promoted(x), f.promoted(y)
	}
	switch op {
	case token.ADD, token.SUB:
		for i := range x {
			f.get(x[i])
			f.get(y[i])
			f.op(arithOps[op][val])
		}
	case token.MUL:
		f.sumOfProducts(x[0], y[0], x[1], y[1], 0xa1)
		f.demote(val)
		f.sumOfProducts(x[0], y[1], x[1], y[0], 0xa0)
		f.demote(val)
	case token.QUO:
		f.getAll(x)
		f.getAll(y)
		f.importCall(runtimeModule, "quotient", complexOperands)
		z := f.pair(f64)
		f.setAll(z)
		for _, l := range z {
			f.get(l)
			f.demote(val)
		}
	default:
		refuse(n, "operator %s", op)
	}
}

func (f *fn) pair(val byte) []uint32 { return []uint32{f.local(val), f.local(val)} }

func (f *fn) promoted(x []uint32) []uint32 {
	for _, l := range x {
		f.get(l)
		f.op(0xbb) // f64.promote_f32
	}
	p := f.pair(f64)
	f.setAll(p)
	return p
}

func (f *fn) demote(val byte) {
	if val == f32 {
		f.op(0xb6)
	}
}

// sumOfProducts pushes a·b ± c·d.
func (f *fn) sumOfProducts(a, b, c, d uint32, op byte) {
	f.get(a)
	f.get(b)
	f.op(0xa2)
	f.get(c)
	f.get(d)
	f.op(0xa2, op)
}

// Complex numbers, divided as Go divides them.
func quotient(re1, im1, re2, im2 float64) (float64, float64) {
	z := complex(re1, im1) / complex(re2, im2)
	return real(z), imag(z)
}
