package native

// ported are the functions of package math that are compiled from Go like a user's own.
var ported = map[string]bool{}

func elementaryModule(name string) string { return "elementary." + name }
