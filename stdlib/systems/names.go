package systems

import (
	"strconv"
	"strings"
)

// subscript is n in subscript digits.
func subscript(n int) string { return subscripts.Replace(strconv.Itoa(n)) }

var subscripts = strings.NewReplacer(
	"0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")
