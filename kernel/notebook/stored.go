package notebook

import (
	"fmt"
	"math"
	"runtime"
	"strings"

	"scorebook/kernel/protocol"
)

// timingTag marks a cell whose checks measure time: their values differ from run to run.
const timingTag = "timing"

// Checks are the checks among the stored outputs.
func (n *Notebook) Checks() []Check {
	var found []Check
	for i, c := range n.code() {
		for _, data := range c.bundles() {
			if check, ok := readCheck(i+1, data); ok {
				found = append(found, check)
			}
		}
	}
	return found
}

// bundles are what the cell's stored outputs show, each in its MIME types.
func (c *cell) bundles() []protocol.Dict {
	var found []protocol.Dict
	for _, o := range c.outputs() {
		if data, ok := o["data"].(map[string]any); ok {
			found = append(found, data)
		}
	}
	return found
}

func (c *cell) outputs() []map[string]any {
	var found []map[string]any
	list, _ := c.fields["outputs"].([]any)
	for _, item := range list {
		if o, ok := item.(map[string]any); ok {
			found = append(found, o)
		}
	}
	return found
}

// Stale says why the stored outputs are not those of a run of the present sources to the end; nothing when they are.
func (n *Notebook) Stale() []string {
	var why []string
	say := func(format string, args ...any) { why = append(why, fmt.Sprintf(format, args...)) }
	stamp, checks := n.Stamp(), n.Checks()
	switch {
	case stamp.Sources == "":
		say("it has not been run to its end by `scorebook run`")
	case stamp.Sources != n.sources():
		say("the sources have changed since it was run")
	case stamp.Results != results(checks) || stamp.Checks != len(checks):
		say("the stored checks are not those that the run made")
	}
	count := 0
	for i, c := range n.code() {
		if strings.TrimSpace(c.source()) != "" {
			count++
			if got, ok := integer(c.fields["execution_count"]); !ok || int(got) != count {
				say("cell %d has no outputs of a run from the first cell on", i+1)
			}
		}
		for _, o := range c.outputs() {
			if o["output_type"] == "error" && !c.tagged("raises-exception") {
				say("cell %d failed", i+1)
			}
		}
	}
	for _, c := range checks {
		if !c.OK {
			say("the check %q fails", c.Name)
		}
	}
	return why
}

// Differences compares the checks of a new run with the stored ones and says where they part. On a processor of the same
// kind values agree to the last bit. On another, where sums may be rounded otherwise, and in cells tagged timing, a check
// has to hold: its own tolerance is the bound.
func (n *Notebook) Differences(fresh []Check) []string {
	stored, code := n.Checks(), n.code()
	if len(stored) != len(fresh) {
		return []string{fmt.Sprintf("%d checks, but %d are stored", len(fresh), len(stored))}
	}
	arch := n.Stamp().Arch
	var found []string
	for i, was := range stored {
		is := fresh[i]
		exact := (arch == "" || arch == runtime.GOARCH) && !code[was.Cell-1].tagged(timingTag)
		switch {
		case is.Name != was.Name || is.Relation != was.Relation:
			found = append(found, fmt.Sprintf("the check %q stands where %q is stored", is.Name, was.Name))
		case is.OK != was.OK || exact && math.Float64bits(is.Value) != math.Float64bits(was.Value):
			found = append(found, fmt.Sprintf("%s: %v, stored %v", is.Name, is.Value, was.Value))
		}
	}
	return found
}
