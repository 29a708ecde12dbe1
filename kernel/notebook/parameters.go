package notebook

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// The tags by which papermill, too, knows the cells that hold parameters.
const (
	parametersTag = "parameters"
	injectedTag   = "injected-parameters"
)

// Parameter is a value that takes the place of one in the notebook. Value is written as in Go, but a string may go
// without quotes.
type Parameter struct {
	Name, Value string
}

// ParseParameter reads name=value.
func ParseParameter(text string) (Parameter, error) {
	name, value, ok := strings.Cut(text, "=")
	name = strings.TrimSpace(name)
	if !ok || name == "" {
		return Parameter{}, fmt.Errorf("notebook: parameter %q is not of the form name=value", text)
	}
	return Parameter{Name: name, Value: value}, nil
}

// inject puts a cell with the parameters after the one tagged parameters, in the place of one injected before.
func (n *Notebook) inject(parameters []Parameter) error {
	if len(parameters) == 0 {
		return nil
	}
	at := slices.IndexFunc(n.cells, func(c *cell) bool { return c.isCode() && c.tagged(parametersTag) })
	if at < 0 {
		return fmt.Errorf("notebook: no cell is tagged %q, so no parameter can be set", parametersTag)
	}
	present, err := readAssignments(n.cells[at].source())
	if err != nil {
		return fmt.Errorf("notebook: the cell tagged %q: %w", parametersTag, err)
	}
	source := "// Parameters\n"
	for _, p := range parameters {
		a, ok := present[p.Name]
		if !ok {
			return fmt.Errorf("notebook: there is no parameter %q; the notebook has %s", p.Name,
				strings.Join(slices.Sorted(maps.Keys(present)), ", "))
		}
		value, err := a.accept(p.Value)
		if err != nil {
			return fmt.Errorf("notebook: parameter %s: %w", p.Name, err)
		}
		source += p.Name + " = " + value + "\n"
	}
	n.place(at+1, strings.TrimSuffix(source, "\n"))
	return nil
}

// place puts the injected cell at the index, and takes away any other.
func (n *Notebook) place(at int, source string) {
	c := &cell{fields: map[string]any{
		"cell_type": "code", "source": lines(source), "outputs": []any{}, "execution_count": nil,
		"metadata": map[string]any{"tags": []any{injectedTag}},
	}}
	var cells []*cell
	for i, old := range n.cells {
		if i == at {
			cells = append(cells, c)
		}
		if !old.tagged(injectedTag) {
			cells = append(cells, old)
		}
	}
	if at == len(n.cells) {
		cells = append(cells, c)
	}
	n.cells = cells
	n.nameCells()
}

// parameterValues are the values a run uses, as Go writes them, by name. A cell that cannot be read has none.
func (n *Notebook) parameterValues() map[string]any {
	values := map[string]any{}
	for _, tag := range []string{parametersTag, injectedTag} {
		for _, c := range n.cells {
			if !c.isCode() || !c.tagged(tag) {
				continue
			}
			found, err := readAssignments(c.source())
			if err != nil {
				continue
			}
			for name, a := range found {
				values[name] = a.value
			}
		}
	}
	return values
}
