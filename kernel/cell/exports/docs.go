package exports

import "strings"

// Doc returns the doc comment of an exported name, as go/ast's CommentGroup.Text gives it: "Sqrt", "Dense",
// "Dense.Mul" for a method or a field, or "" for the package itself. The names that need no import, such as append, are those of path "builtin", where a
// function's declaration stands before its doc. The result is "" when there is none.
func (im *Importer) Doc(path, name string) string {
	im.mu.Lock()
	defer im.mu.Unlock()
	docs, ok := im.docs[path]
	if !ok {
		docs = readDocs(path)
		im.docs[path] = docs
	}
	return docs[name]
}

// readDocs reads a package's docs: names and texts in turn, each ended by a zero byte.
func readDocs(path string) map[string]string {
	ix, err := catalogue()
	if err != nil {
		return nil
	}
	data, err := inflate(ix.entries[path].docs)
	if err != nil {
		return nil
	}
	docs := map[string]string{}
	for rest := string(data); rest != ""; {
		var name, text string
		name, rest, _ = strings.Cut(rest, "\x00")
		text, rest, _ = strings.Cut(rest, "\x00")
		docs[name] = text
	}
	return docs
}
