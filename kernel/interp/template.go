package interp

import (
	"fmt"
	"go/types"
	htmltemplate "html/template"
	"strings"
	"text/template"
	"text/template/parse"
)

// A template finds the methods of its data by reflection, which finds none on a cell's types. Where the data has
// methods it stays in boxes, and the template's fields are looked up by a function that knows those.

// lookUp is the name by which templates know that function.
const lookUp = "ǃfield"

// templateData prepares a template for its data and gives the data as it is to be executed with.
func (m *machine) templateData(t, data any) any {
	if !hasBoxesWithMethods(data) {
		return raw(data)
	}
	var trees []*parse.Tree
	funcs := map[string]any{lookUp: m.templateField}
	switch t := t.(type) {
	case *template.Template:
		t.Funcs(funcs)
		for _, each := range t.Templates() {
			trees = append(trees, each.Tree)
		}
	case *htmltemplate.Template:
		t.Funcs(funcs)
		for _, each := range t.Templates() {
			trees = append(trees, each.Tree)
		}
	}
	for _, tree := range trees {
		if tree != nil {
			lookUpIn(tree.Root)
		}
	}
	return m.opened(data)
}

// hasBoxesWithMethods looks into boxes, and into maps and slices of any values.
func hasBoxesWithMethods(x any) bool {
	switch x := unwrap(x).(type) {
	case Box:
		return hasAnyMethod(x.T.Type, map[types.Type]bool{})
	case map[string]any:
		for _, v := range x {
			if hasBoxesWithMethods(v) {
				return true
			}
		}
	case []any:
		for _, v := range x {
			if hasBoxesWithMethods(v) {
				return true
			}
		}
	}
	return false
}

func hasAnyMethod(t types.Type, seen map[types.Type]bool) bool {
	t = types.Unalias(t)
	if seen[t] {
		return false
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Named:
		return userMade(t) && (t.NumMethods() > 0 || hasAnyMethod(t.Underlying(), seen))
	case *types.Interface:
		return true
	case interface{ Elem() types.Type }:
		return hasAnyMethod(t.Elem(), seen)
	case *types.Struct:
		for f := range t.Fields() {
			if hasAnyMethod(f.Type(), seen) {
				return true
			}
		}
	}
	return false
}

// lookUpIn has the fields under a node looked up by the function.
func lookUpIn(n parse.Node) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, c := range n.Nodes {
			lookUpIn(c)
		}
	case *parse.ActionNode:
		lookUpIn(n.Pipe)
	case *parse.TemplateNode:
		lookUpIn(n.Pipe)
	case *parse.IfNode:
		lookUpBranches(&n.BranchNode)
	case *parse.RangeNode:
		lookUpBranches(&n.BranchNode)
	case *parse.WithNode:
		lookUpBranches(&n.BranchNode)
	case *parse.PipeNode:
		if n == nil {
			return
		}
		for _, c := range n.Cmds {
			lookUpCommand(c)
		}
	}
}

func lookUpBranches(n *parse.BranchNode) {
	lookUpIn(n.Pipe)
	lookUpIn(n.List)
	lookUpIn(n.ElseList)
}

// lookUpCommand rewrites x.F a b to ǃfield x "F" a b.
func lookUpCommand(c *parse.CommandNode) {
	for i := 1; i < len(c.Args); i++ {
		if call := lookUpCall(c.Args[i]); call != nil {
			c.Args[i] = &parse.PipeNode{NodeType: parse.NodePipe, Pos: c.Pos, Cmds: []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: c.Pos, Args: call}}}
			continue
		}
		lookUpIn(c.Args[i])
	}
	if call := lookUpCall(c.Args[0]); call != nil {
		c.Args = append(call, c.Args[1:]...)
		return
	}
	lookUpIn(c.Args[0])
}

func lookUpCall(n parse.Node) []parse.Node {
	var base parse.Node
	var path []string
	switch n := n.(type) {
	case *parse.FieldNode:
		base, path = &parse.DotNode{NodeType: parse.NodeDot, Pos: n.Pos}, n.Ident
	case *parse.VariableNode:
		base, path = &parse.VariableNode{NodeType: parse.NodeVariable, Pos: n.Pos, Ident: n.Ident[:1]}, n.Ident[1:]
	case *parse.ChainNode:
		lookUpIn(n.Node)
		base, path = n.Node, n.Field
	}
	if len(path) == 0 {
		return nil
	}
	name := strings.Join(path, ".")
	return []parse.Node{
		parse.NewIdentifier(lookUp).SetPos(n.Position()), base,
		&parse.StringNode{NodeType: parse.NodeString, Pos: n.Position(), Quoted: fmt.Sprintf("%q", name), Text: name},
	}
}
