package display

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		value     float64
		criterion Criterion
		text      string
		object    string
	}{
		{0.0042, Below(0.01), "✓ KL: 0.0042 < 0.01",
			`{"bound":0.01,"name":"KL","ok":true,"relation":"\u003c","value":0.0042}`},
		{0.042, Below(0.01), "✗ KL: 0.042, should be < 0.01",
			`{"bound":0.01,"name":"KL","ok":false,"relation":"\u003c","value":0.042}`},
		{3, Above(2), "✓ KL: 3 > 2",
			`{"bound":2,"name":"KL","ok":true,"relation":"\u003e","value":3}`},
		{0.812, Within(0.81, 0.02), "✓ KL: 0.812, within 0.81 ± 0.02",
			`{"bound":0.81,"name":"KL","ok":true,"relation":"±","tolerance":0.02,"value":0.812}`},
		{math.NaN(), Within(0, 1), "✗ KL: NaN, should be 0 ± 1",
			`{"bound":0,"name":"KL","ok":false,"relation":"±","tolerance":1,"value":"NaN"}`},
		{math.NaN(), Below(1), "✗ KL: NaN, should be < 1",
			`{"bound":1,"name":"KL","ok":false,"relation":"\u003c","value":"NaN"}`},
	} {
		b := render(NewCheck("KL", test.value, test.criterion))
		if got := plainText(t, b); got != test.text {
			t.Errorf("text %q, want %q", got, test.text)
		}
		object, err := json.Marshal(b.Data[CheckJSON])
		if err != nil || string(object) != test.object {
			t.Errorf("object %s, %v, want %s", object, err, test.object)
		}
		html := b.Data[TextHTML].(string)
		if ok := strings.HasPrefix(test.text, "✓"); strings.Contains(html, "success") != ok {
			t.Errorf("colour of %s", html)
		}
	}
}
