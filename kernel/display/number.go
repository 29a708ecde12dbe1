package display

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	significant = 5   // digits of a number in a table
	wholeLimit  = 1e7 // whole numbers below it are written out
)

// Number writes x to five significant digits; whole numbers below ten million are written in full.
func Number(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < wholeLimit {
		return strconv.FormatFloat(x+0, 'f', -1, 64) // +0 turns −0 into 0
	}
	s := strconv.FormatFloat(x, 'g', significant, 64)
	mantissa, exponent, scientific := strings.Cut(s, "e")
	if strings.Contains(mantissa, ".") {
		mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
	}
	if scientific {
		return mantissa + "e" + exponent
	}
	return mantissa
}

// Complex writes both parts as Number does.
func complexNumber(z complex128) string {
	im := Number(imag(z))
	if !strings.HasPrefix(im, "-") && !strings.HasPrefix(im, "+") {
		im = "+" + im
	}
	return Number(real(z)) + im + "i"
}

// alignDecimals pads the numbers of a column on both sides so that their decimal points stand in line.
func alignDecimals(column []string) {
	left, right := 0, 0
	for _, s := range column {
		l, r := around(s)
		left, right = max(left, l), max(right, r)
	}
	for i, s := range column {
		l, r := around(s)
		column[i] = strings.Repeat(" ", left-l) + s + strings.Repeat(" ", right-r)
	}
}

// around counts the characters before the decimal point (or exponent) and the rest.
func around(s string) (before, after int) {
	n := utf8.RuneCountInString(s)
	if i := strings.IndexAny(s, ".e"); i >= 0 && strings.ContainsAny(s, "0123456789") {
		before = utf8.RuneCountInString(s[:i])
		return before, n - before
	}
	return n, 0
}
