package plotting

import (
	"image/color"
	"math"
)

// Colormap is a table of colours for the numbers from 0 to 1, equally spaced to the eye.
type Colormap [256]color.NRGBA

// At returns the colour of t; t outside [0, 1] gets the colour of the nearer end, NaN none.
func (m *Colormap) At(t float64) color.NRGBA {
	if math.IsNaN(t) {
		return color.NRGBA{}
	}
	return m[int(math.Round(255*min(1, max(0, t))))]
}

// along fills a table with colours at equal perceptual distances on a path.
func along(path func(t float64) oklab) *Colormap {
	const fine = 2048
	var length [fine + 1]float64
	last := labOf(path(0).rgb())
	for i := 1; i <= fine; i++ {
		next := path(float64(i) / fine)
		length[i] = length[i-1] + next.distance(last)
		last = next
	}
	var m Colormap
	k := 0
	for i := range m {
		want := length[fine] * float64(i) / float64(len(m)-1)
		for k < fine-1 && length[k+1] < want {
			k++
		}
		part := (want - length[k]) / (length[k+1] - length[k])
		m[i] = path((float64(k) + part) / fine).rgb()
	}
	return &m
}

// sequential runs from the page's colour through green and teal to a deep violet-blue on light pages, and from the
// page through violet-blue to a pale yellow-green on dark ones.
func sequential(page color.NRGBA, dark bool) *Colormap {
	from := labOf(page)
	return along(func(t float64) oklab {
		L, chroma, hue := 0.99-0.75*t, 0.115*math.Pow(math.Sin(math.Pi*(0.05+0.80*t)), 0.8), 115+165*t
		if dark {
			L, hue = from.L+(0.96-from.L)*t, 285-170*t
		}
		c := polar(L, chroma, hue)
		blend := math.Exp(-12 * t) // starts at the page itself
		return oklab{L + blend*(from.L-L)*(1-t), c.a + blend*(from.a-c.a), c.b + blend*(from.b-c.b)}
	})
}

// shadow runs from the page's colour a little way towards the ink: ground for curves.
func shadow(page, ink color.NRGBA) *Colormap {
	from, to := labOf(page), labOf(ink)
	return along(func(t float64) oklab {
		t *= 0.42
		return oklab{from.L + t*(to.L-from.L), from.a + t*(to.a-from.a), from.b + t*(to.b-from.b)}
	})
}

// diverging runs from blue through the page's colour to red; both arms have the same lightness at the same distance
// from the middle.
func diverging(page color.NRGBA, dark bool) *Colormap {
	middle, end := labOf(page), 0.47
	if dark {
		end = 0.72
	}
	arm := func(t, hue float64) oklab {
		c := polar(middle.L+(end-middle.L)*t, 0.17*math.Sin(math.Pi/2*min(1, 1.25*t)), hue)
		c.a += (1 - t) * middle.a
		c.b += (1 - t) * middle.b
		return c
	}
	blue := along(func(t float64) oklab { return arm(t, 256) })
	red := along(func(t float64) oklab { return arm(t, 30) })
	var m Colormap
	for i := range m {
		t := 2*float64(i)/float64(len(m)-1) - 1
		if t < 0 {
			m[i] = blue.At(-t)
		} else {
			m[i] = red.At(t)
		}
	}
	return &m
}
