package native

import (
	"context"
	"errors"
	"os"
	"reflect"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Options configure a Compiler. The zero value works.
type Options struct {
	// Stopped is asked now and then while compiled code runs; true makes it panic with Interrupted. It is
	// called from the goroutines that run the code. nil means never.
	Stopped func() bool
}

// A Compiler turns Go into machine code, for as long as a session lasts.
type Compiler struct {
	ctx     context.Context
	runtime wazero.Runtime
	stopped func() bool
	mu      sync.Mutex
	loaded  map[string]bool // host modules
	reserve reserve

	constants *constants // of package elementary; kept alive
}

// Switch is the environment variable by which machine code is switched off, with the value off.
const Switch = "SCOREBOOK_NATIVE"

// Available reports whether wazero has a compiler for this machine, and is not switched off. Its interpreter would take
// twenty times as long as yaegi, to which cells are left without one.
func Available() bool {
	if os.Getenv(Switch) == "off" {
		return false
	}
	switch runtime.GOOS {
	case "linux", "darwin", "windows", "freebsd", "netbsd", "dragonfly", "solaris", "illumos":
	default:
		return false
	}
	return runtime.GOARCH == "amd64" || runtime.GOARCH == "arm64"
}

// Missing says why a session makes no machine code.
func Missing() string {
	switch {
	case os.Getenv(Switch) == "off":
		return Switch + " is off"
	case !Available():
		return "wazero has no compiler for " + runtime.GOOS + "/" + runtime.GOARCH
	}
	return "this session makes no machine code"
}

// New starts a Compiler, where one is Available.
func New(o Options) (*Compiler, error) {
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(allocateWindow))
	if !Available() {
		return nil, errors.New("native: " + Missing())
	}
	c := &Compiler{ctx: ctx, runtime: wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigCompiler()), stopped: o.Stopped, loaded: map[string]bool{}}
	b := c.runtime.NewHostModuleBuilder(runtimeModule)
	for _, h := range hostFunctions {
		b.NewFunctionBuilder().WithGoFunction(api.GoFunc(h.call), h.params, h.results).Export(h.name)
	}
	_, err := b.Instantiate(ctx)
	return c, err
}

// Close ends the session's compiled code and frees it.
func (c *Compiler) Close() error { return c.runtime.Close(c.ctx) }

// load makes the imports of a unit available.
func (c *Compiler) load(imports []imported) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, im := range imports {
		if im.module == elementaryModule && !c.loaded[elementaryModule] {
			if err := c.loadElementary(); err != nil {
				return err
			}
			c.loaded[elementaryModule] = true
		}
	}
	return c.loadHosted(imports)
}

// loadHosted makes the functions of package math among the imports callable.
func (c *Compiler) loadHosted(imports []imported) error {
	for _, im := range imports {
		if im.module == runtimeModule || c.loaded[im.module] {
			continue
		}
		if err := c.loadMath(im); err != nil {
			return err
		}
		c.loaded[im.module] = true
	}
	return nil
}

// loadMath makes one function of package math callable.
func (c *Compiler) loadMath(im imported) error {
	call := hostMath(reflect.ValueOf(hosted[im.name]))
	b := c.runtime.NewHostModuleBuilder(im.module)
	b.NewFunctionBuilder().WithGoFunction(call, []byte(im.sig.params), []byte(im.sig.results)).Export(im.name)
	_, err := b.Instantiate(c.ctx)
	return err
}

// hostMath adapts a function of package math; the commonest shape is called without reflection.
func hostMath(v reflect.Value) api.GoFunc {
	switch fn := v.Interface().(type) {
	case func(float64) float64:
		return func(_ context.Context, s []uint64) { s[0] = api.EncodeF64(fn(api.DecodeF64(s[0]))) }
	case func(float64, float64) float64:
		return func(_ context.Context, s []uint64) {
			s[0] = api.EncodeF64(fn(api.DecodeF64(s[0]), api.DecodeF64(s[1])))
		}
	}
	t := v.Type()
	return func(_ context.Context, s []uint64) {
		in := make([]reflect.Value, t.NumIn())
		for i := range in {
			in[i] = reflect.New(t.In(i)).Elem()
			if in[i].Kind() == reflect.Float64 {
				in[i].SetFloat(api.DecodeF64(s[i]))
			} else {
				in[i].SetInt(int64(s[i]))
			}
		}
		for i, out := range v.Call(in) {
			switch out.Kind() {
			case reflect.Float64:
				s[i] = api.EncodeF64(out.Float())
			case reflect.Bool:
				s[i] = 0
				if out.Bool() {
					s[i] = 1
				}
			default:
				s[i] = uint64(out.Int())
			}
		}
	}
}
