// Package elementary holds the functions of package math that compiled cells call most, in the subset of Go that
// kernel/native compiles: kernel/native embeds the text of this package and compiles it beside the user's code.
// Each gives the bits that package math gives on amd64, and so follows the same published methods: S. L. Moshier's
// Cephes library for the trigonometric and hyperbolic functions, Sun's FDLIBM for the logarithm. What is rare (huge
// arguments, subnormal numbers, infinities) is left to package math itself.
package elementary
