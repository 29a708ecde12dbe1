package hdf5

import "bytes"

// link is a name in a group, and the address of its object's header.
type link struct {
	name    string
	address uint64
}

// links reads the names of a group of either style. Soft and external links, which lead elsewhere, are left out.
func (f *File) links(messages []message) ([]link, error) {
	var links []link
	for _, m := range messages {
		var found []link
		var err error
		switch m.kind {
		case messageSymbolTable:
			found, err = f.symbols(m.data)
		case messageLink:
			found, err = f.link(m.data)
		case messageLinkInfo:
			found, err = f.dense(m.data)
		}
		if err != nil {
			return nil, err
		}
		links = append(links, found...)
	}
	return links, nil
}

// link reads a link message.
func (f *File) link(data []byte) ([]link, error) {
	b := f.on(data)
	b.take(1)
	flags, kind := b.uint(1), uint64(0)
	if flags&0x08 != 0 {
		kind = b.uint(1)
	}
	if flags&0x04 != 0 {
		b.take(8) // order of making
	}
	if flags&0x10 != 0 {
		b.take(1) // character set
	}
	name := string(b.take(b.int(1 << (flags & 3))))
	if kind != 0 {
		return nil, b.err
	}
	return []link{{name, b.address()}}, b.err
}

// dense reads the links of a large group of the new style: a B-tree of places in a fractal heap.
func (f *File) dense(data []byte) ([]link, error) {
	b := f.on(data)
	b.take(1)
	if b.uint(1)&1 != 0 {
		b.take(8)
	}
	heap, tree := b.address(), b.address()
	if b.err != nil || heap == undefined {
		return nil, b.err
	}
	var links []link
	err := f.heapObjects(heap, tree, 4, func(object []byte) error { // behind the hash of the name
		found, err := f.link(object)
		links = append(links, found...)
		return err
	})
	return links, err
}

// symbols reads the links of a group of the old style: a B-tree of symbol nodes, with names in a local heap.
func (f *File) symbols(data []byte) ([]link, error) {
	b := f.on(data)
	tree, heap := b.address(), b.address()
	if b.err != nil {
		return nil, b.err
	}
	names, err := f.localHeap(heap)
	if err != nil {
		return nil, err
	}
	var links []link
	err = f.tree(tree, 0, f.length, func(_ []byte, child uint64) error {
		found, err := f.symbolNode(child, names)
		links = append(links, found...)
		return err
	})
	return links, err
}

func (f *File) localHeap(address uint64) ([]byte, error) {
	b, err := f.block(address, uint64(8+2*f.length+f.offset))
	if err != nil {
		return nil, err
	}
	b.sign("HEAP", 0)
	b.take(3)
	size := b.length()
	b.length() // of the free space
	start := b.address()
	if b.err != nil {
		return nil, b.err
	}
	names, err := f.block(start, size)
	if err != nil {
		return nil, err
	}
	return names.b, nil
}

func (f *File) symbolNode(address uint64, names []byte) ([]link, error) {
	b, err := f.block(address, 8)
	if err != nil {
		return nil, err
	}
	b.sign("SNOD", 1)
	b.take(1)
	count, entry := b.uint(2), uint64(2*f.offset+24)
	if b.err != nil {
		return nil, b.err
	}
	if b, err = f.block(address+8, count*entry); err != nil {
		return nil, err
	}
	var links []link
	for range count {
		at, header := b.address(), b.address()
		kind := b.uint(4)
		b.take(20)
		if at >= uint64(len(names)) {
			return nil, errShort
		}
		name, _, _ := bytes.Cut(names[at:], []byte{0})
		if kind != 2 { // 2 is a soft link
			links = append(links, link{string(name), header})
		}
	}
	return links, b.err
}

// tree goes through a B-tree of version 1, and calls leaf with each child of the lowest level and the key before it.
func (f *File) tree(address uint64, kind uint64, key int, leaf func(key []byte, child uint64) error) error {
	return f.treeNode(address, kind, key, -1, leaf)
}

// treeNode goes through a node of the level given; −1 is any.
func (f *File) treeNode(address, kind uint64, key, level int, leaf func(key []byte, child uint64) error) error {
	head := 8 + 2*f.offset
	b, err := f.block(address, uint64(head))
	if err != nil {
		return err
	}
	if b.sign("TREE", 1) != kind { // the kind stands where other structures have a version
		return errShort
	}
	at, used := b.int(1), b.uint(2)
	if b.err != nil {
		return b.err
	}
	if level >= 0 && at != level {
		return errShort
	}
	if b, err = f.block(address+uint64(head), used*uint64(key+f.offset)); err != nil {
		return err
	}
	for range used {
		before, child := b.take(key), b.address()
		if b.err != nil {
			return b.err
		}
		if at > 0 {
			err = f.treeNode(child, kind, key, at-1, leaf)
		} else {
			err = leaf(before, child)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
