package main

import (
	"fmt"
	"math"
	"os"
	"regexp"
	"strconv"
	"strings"

	"scorebook/kernel/notebook"
)

// quotation is a check's value in a Markdown file: the notebook, the check's name, and the value as it was last written.
var quotation = regexp.MustCompile(`<!--check (\S+) "([^"]+)"-->(.*?)<!--/-->`)

// quote returns the file with the values of all checks that it quotes.
func quote(file string, pages []page) ([]byte, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	checks := map[string][]notebook.Check{}
	for _, p := range pages {
		checks[strings.TrimSuffix(p.path, ".ipynb")] = p.runs
	}
	var wrong error
	filled := quotation.ReplaceAllStringFunc(string(content), func(q string) string {
		part := quotation.FindStringSubmatch(q)
		c, err := theOnly(checks[part[1]], part[2])
		if err != nil {
			wrong = fmt.Errorf("%s: %s: %w", file, part[1], err)
			return q
		}
		return fmt.Sprintf(`<!--check %s "%s"-->%s<!--/-->`, part[1], part[2], brief(c.Value))
	})
	return []byte(filled), wrong
}

// theOnly finds the check of a name, or the one whose name begins so.
func theOnly(checks []notebook.Check, name string) (notebook.Check, error) {
	var found []notebook.Check
	for _, c := range checks {
		if c.Name == name {
			return c, nil
		}
		if strings.HasPrefix(c.Name, name) {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return notebook.Check{}, fmt.Errorf("%d of its checks are called %q", len(found), name)
	}
	return found[0], nil
}

// brief writes three significant digits, and from 1 to 10 three decimals, as ratios that should be one need them: .044, 1.007,
// 16.8, 3·10⁻¹⁵.
func brief(v float64) string {
	size := math.Abs(v)
	if size != 0 && !math.IsInf(v, 0) && (size < 1e-4 || size >= 1e5) {
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', 0, 64), "e")
		n, _ := strconv.Atoi(exponent)
		return minus(mantissa) + "·10" + superscript(strconv.Itoa(n))
	}
	text := strconv.FormatFloat(v, 'f', 3, 64)
	if size < 1 || size >= 10 {
		rounded, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
		text = strconv.FormatFloat(rounded, 'f', -1, 64)
	}
	if strings.HasPrefix(strings.TrimPrefix(text, "-"), "0.") {
		text = strings.Replace(text, "0.", ".", 1)
	}
	return minus(text)
}

func minus(text string) string { return strings.Replace(text, "-", "−", 1) }

func superscript(text string) string {
	return strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").Replace(text)
}
