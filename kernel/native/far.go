package native

import (
	"slices"
	"sync"
	"unsafe"
)

// What lies outside the window (a heap beyond 4 GB, variables of compiled packages) reaches compiled code as a
// copy: it is copied in before the call and back after it, and slices that overlap are copied together, so that
// they overlap still.

// reserveBytes is address space kept in the window for such copies; it costs memory only when used.
const reserveBytes = 64 << 20

// reserve lends out memory in the window.
type reserve struct {
	mu    sync.Mutex
	words []uint64
	used  int
	users int
}

func (r *reserve) enter() {
	r.mu.Lock()
	r.users++
	r.mu.Unlock()
}

func (r *reserve) leave() {
	r.mu.Lock()
	if r.users--; r.users == 0 {
		r.used = 0
	}
	r.mu.Unlock()
}

// take returns n bytes, or nil when the reserve is spent.
func (r *reserve) take(n uintptr) unsafe.Pointer {
	words := int(n+15) / 8
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.words == nil {
		r.words = make([]uint64, reserveBytes/8)
	}
	if words > len(r.words)-r.used {
		return nil
	}
	p := unsafe.Pointer(&r.words[r.used])
	r.used += words
	if _, ok := offset(p, n); !ok {
		return nil
	}
	return p
}

// A region is memory outside the window with its copy inside.
type region struct {
	start, end uintptr
	memory     unsafe.Pointer
	copy       unsafe.Pointer
}

// copies are the regions of one call.
type copies struct{ regions []region }

func (c *copies) add(p unsafe.Pointer, size uintptr) {
	if _, ok := offset(p, size); ok || size == 0 {
		return
	}
	c.regions = append(c.regions, region{start: uintptr(p), end: uintptr(p) + size, memory: p})
}

// addValue notes what a value at p points to, and the value itself when its address is passed.
func (c *copies) addValue(p unsafe.Pointer, sh *shape, itself bool) {
	if itself || sh.memory {
		c.add(p, uintptr(sh.size))
	}
	for _, s := range sh.headers {
		h := (*sliceHeader)(unsafe.Add(p, s.off))
		c.add(h.data, uintptr(h.cap)*uintptr(s.size))
	}
}

// fetch merges what overlaps and copies it in; it reports whether there was room.
func (c *copies) fetch(r *reserve) bool {
	slices.SortFunc(c.regions, func(a, b region) int {
		if a.start < b.start {
			return -1
		}
		return 1
	})
	merged := c.regions[:0]
	for _, g := range c.regions {
		if k := len(merged); k > 0 && g.start <= merged[k-1].end {
			merged[k-1].end = max(merged[k-1].end, g.end)
			continue
		}
		merged = append(merged, g)
	}
	c.regions = merged
	for i := range c.regions {
		g := &c.regions[i]
		g.copy = r.take(g.end - g.start)
		if g.copy == nil {
			return false
		}
		copy(g.bytes(g.copy), g.bytes(g.memory))
	}
	return true
}

func (g *region) bytes(p unsafe.Pointer) []byte { return unsafe.Slice((*byte)(p), g.end-g.start) }

// inside is the address in the window of what is at p.
func (c *copies) inside(p unsafe.Pointer) unsafe.Pointer {
	for _, g := range c.regions {
		if uintptr(p) >= g.start && uintptr(p) < g.end {
			return unsafe.Add(g.copy, uintptr(p)-g.start)
		}
	}
	return p
}

// outside is where what compiled code points to really is.
func (c *copies) outside(p unsafe.Pointer) unsafe.Pointer {
	for _, g := range c.regions {
		if d := uintptr(p) - uintptr(g.copy); uintptr(p) >= uintptr(g.copy) && d < g.end-g.start {
			return unsafe.Add(g.memory, d)
		}
	}
	return p
}

// restore copies everything back.
func (c *copies) restore() {
	for i := range c.regions {
		g := &c.regions[i]
		if g.copy != nil {
			copy(g.bytes(g.memory), g.bytes(g.copy))
		}
	}
}
