package notebook

import (
	"crypto/sha256"
	"fmt"
	"runtime"
	"strconv"
	"strings"
)

// Stamp says what the stored outputs of a notebook belong to. A run leaves it in the notebook's metadata.
type Stamp struct {
	Version string // of the program that ran it
	Arch    string // of the machine's processor, as GOARCH names it
	Sources string // digest of the code cells that were run
	Results string // digest of the checks that came of them
	Checks  int
}

// stamp marks the outputs as those of the present sources.
func (n *Notebook) stamp(checks []Check) {
	own := object(n.metadata(), "scorebook")
	own["arch"], own["sources"] = runtime.GOARCH, n.sources()
	own["checks"], own["results"] = len(checks), results(checks)
}

// unstamp marks the outputs as those of no run to the end.
func (n *Notebook) unstamp() {
	own := object(n.metadata(), "scorebook")
	for _, field := range []string{"arch", "sources", "checks", "results"} {
		delete(own, field)
	}
}

// Stamp returns the stamp of the last run to the end; it is zero when there was none.
func (n *Notebook) Stamp() Stamp {
	metadata, _ := n.fields["metadata"].(map[string]any)
	own, _ := metadata["scorebook"].(map[string]any)
	text := func(field string) string { s, _ := own[field].(string); return s }
	count, _ := strconv.Atoi(fmt.Sprint(own["checks"]))
	return Stamp{Version: text("version"), Arch: text("arch"), Sources: text("sources"), Results: text("results"), Checks: count}
}

func (n *Notebook) sources() string {
	var all strings.Builder
	for _, c := range n.code() {
		fmt.Fprintf(&all, "%q\n", c.source())
	}
	return digest(all.String())
}

// results goes by the bits of the numbers, not by how they are written.
func results(checks []Check) string {
	var all strings.Builder
	for _, c := range checks {
		fmt.Fprintf(&all, "%d %q %b %s %b %b %t\n", c.Cell, c.Name, c.Value, c.Relation, c.Bound, c.Tolerance, c.OK)
	}
	return digest(all.String())
}

func digest(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text)))[:16] }

// code are the code cells.
func (n *Notebook) code() []*cell {
	var found []*cell
	for _, c := range n.cells {
		if c.isCode() {
			found = append(found, c)
		}
	}
	return found
}
