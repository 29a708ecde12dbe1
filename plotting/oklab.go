package plotting

import (
	"image/color"
	"math"
)

// oklab is a colour by lightness (0 black to 1 white) and two opponent axes, scaled so that equal distances look
// equally different (Ottosson, "A perceptual color space for image processing", 2020).
type oklab struct{ L, a, b float64 }

// polar gives a colour by lightness, chroma and hue in degrees.
func polar(L, chroma, hue float64) oklab {
	sin, cos := math.Sincos(hue * math.Pi / 180)
	return oklab{L, chroma * cos, chroma * sin}
}

func (c oklab) distance(d oklab) float64 {
	return math.Sqrt((c.L-d.L)*(c.L-d.L) + (c.a-d.a)*(c.a-d.a) + (c.b-d.b)*(c.b-d.b))
}

// linear returns linear-light sRGB; components outside [0, 1] are colours no screen shows.
func (c oklab) linear() (r, g, b float64) {
	l := c.L + 0.3963377774*c.a + 0.2158037573*c.b
	m := c.L - 0.1055613458*c.a - 0.0638541728*c.b
	s := c.L - 0.0894841775*c.a - 1.2914855480*c.b
	l, m, s = l*l*l, m*m*m, s*s*s
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

// rgb is the nearest colour of a screen along lines of equal lightness and hue.
func (c oklab) rgb() color.NRGBA {
	low, high := 0.0, 1.0 // share of the chroma that a screen can show
	if c.onScreen() {
		low = 1
	}
	for high-low > 1e-4 {
		mid := (low + high) / 2
		if (oklab{c.L, mid * c.a, mid * c.b}).onScreen() {
			low = mid
		} else {
			high = mid
		}
	}
	r, g, b := (oklab{c.L, low * c.a, low * c.b}).linear()
	return color.NRGBA{encode(r), encode(g), encode(b), 255}
}

func (c oklab) onScreen() bool {
	const slack = 1e-6
	for _, v := range channels(c.linear()) {
		if v < -slack || v > 1+slack {
			return false
		}
	}
	return true
}

func channels(r, g, b float64) [3]float64 { return [3]float64{r, g, b} }

// encode applies the sRGB transfer function.
func encode(v float64) uint8 {
	v = min(1, max(0, v))
	if v <= 0.0031308 {
		v *= 12.92
	} else {
		v = 1.055*math.Pow(v, 1/2.4) - 0.055
	}
	return uint8(math.Round(255 * v))
}

func decode(v uint8) float64 {
	x := float64(v) / 255
	if x <= 0.04045 {
		return x / 12.92
	}
	return math.Pow((x+0.055)/1.055, 2.4)
}

// labOf is the inverse of rgb.
func labOf(c color.NRGBA) oklab {
	r, g, b := decode(c.R), decode(c.G), decode(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return oklab{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}
