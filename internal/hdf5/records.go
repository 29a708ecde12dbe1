package hdf5

import "math"

// recordTree is a B-tree of version 2: records of one size in nodes of one size.
type recordTree struct {
	file         *File
	node, record int
	most         []uint64 // records that fit into a node of each depth
	total        []uint64 // records that fit below one
	yield        func(record []byte) error
}

// nodeFrame is what a node has around its records: signature, version, kind and checksum.
const nodeFrame = 10

// records goes through a B-tree of version 2 in order.
func (f *File) records(address uint64, yield func(record []byte) error) error {
	b, err := f.block(address, uint64(16+f.offset+2+f.length))
	if err != nil {
		return err
	}
	b.sign("BTHD", 0)
	b.take(1)
	t := &recordTree{file: f, node: b.int(4), record: b.int(2), yield: yield}
	depth := b.int(2)
	b.take(2)
	root, count := b.address(), b.uint(2)
	if b.err != nil {
		return b.err
	}
	if root == undefined || count == 0 {
		return nil
	}
	if t.record == 0 || t.node < nodeFrame+t.record || depth > 32 {
		return errShort
	}
	t.most = []uint64{uint64((t.node - nodeFrame) / t.record)}
	t.total = []uint64{t.most[0]}
	for d := 1; d <= depth; d++ {
		pointer := t.pointer(d)
		most := uint64((t.node - nodeFrame - pointer) / (t.record + pointer))
		below := t.total[d-1]
		if below > math.MaxUint64/(most+2) {
			return errShort
		}
		t.most = append(t.most, most)
		t.total = append(t.total, (most+1)*below+most)
	}
	return t.walk(root, count, depth)
}

// pointer is the number of bytes of a pointer in a node of this depth: address, records in the child, and below it.
func (t *recordTree) pointer(depth int) int {
	n := t.file.offset + bytesFor(t.most[0])
	if depth > 1 {
		n += bytesFor(t.total[depth-1])
	}
	return n
}

func (t *recordTree) walk(address, count uint64, depth int) error {
	name, size := "BTLF", 6+count*uint64(t.record)
	if depth > 0 {
		name, size = "BTIN", size+(count+1)*uint64(t.pointer(depth))
	}
	if size > uint64(t.node) {
		return errShort
	}
	b, err := t.file.block(address, size)
	if err != nil {
		return err
	}
	b.sign(name, 0)
	b.take(1)
	records := t.file.on(b.take(int(count) * t.record))
	for i := uint64(0); b.err == nil; i++ {
		if depth > 0 {
			before := len(b.b)
			child, n := b.address(), b.uint(bytesFor(t.most[0]))
			b.take(t.pointer(depth) - (before - len(b.b)))
			if b.err != nil {
				break
			}
			if err := t.walk(child, n, depth-1); err != nil {
				return err
			}
		}
		if i == count {
			break
		}
		if err := t.yield(records.take(t.record)); err != nil {
			return err
		}
	}
	return b.err
}
