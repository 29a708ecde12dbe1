package server

import (
	"scorebook/kernel/display"
	"scorebook/kernel/protocol"
)

// publisher shows bundles as output of one cell.
type publisher struct{ out *output }

// Display sends display_data.
func (p publisher) Display(b display.Bundle, id string) { p.out.send("display_data", shown(b, id)) }

// Update sends update_display_data.
func (p publisher) Update(b display.Bundle, id string) {
	p.out.send("update_display_data", shown(b, id))
}

// Clear sends clear_output.
func (p publisher) Clear(wait bool) { p.out.send("clear_output", protocol.ClearOutput{Wait: wait}) }

func shown(b display.Bundle, id string) protocol.DisplayData {
	b = b.Clean()
	return protocol.DisplayData{Data: b.Data, Metadata: b.Metadata, Transient: protocol.Transient{DisplayID: id}}
}
