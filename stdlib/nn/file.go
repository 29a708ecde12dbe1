package nn

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
)

// Save writes a network to a file in the safetensors layout, which other programs can read: all its numbers to the bit,
// and in the metadata its architecture, and notes, which may be nil. Weights are in×out, those of convolutions
// taps×in×out. The file appears whole or not at all.
func Save(path string, net Network, notes map[string]string) error {
	kind, sizes := net.architecture()
	text, err := json.Marshal(sizes)
	if err != nil {
		return fmt.Errorf("nn: saving the network: %w", err)
	}
	metadata := map[string]string{"network": kind, "sizes": string(text)}
	maps.Copy(metadata, notes)
	content, err := encode(net.tensors(), metadata)
	if err == nil {
		err = replace(path, content)
	}
	if err != nil {
		return fmt.Errorf("nn: saving the network: %w", err)
	}
	return nil
}

// Load reads what [Save] wrote: the network, to the bit, and the metadata. A file that is damaged, or not of a network,
// is an error that says what is wrong with it.
func Load(path string) (Network, map[string]string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, fmt.Errorf("nn: %w", err)
	}
	a, err := decode(content)
	if err != nil {
		return nil, nil, fmt.Errorf("nn: %s is not a whole network file: %w", path, err)
	}
	net, err := a.network()
	if err != nil {
		return nil, nil, fmt.Errorf("nn: %s: %w", path, err)
	}
	return net, a.metadata, nil
}

// network builds the network that the metadata describe, and fills it.
func (a *archive) network() (Network, error) {
	net, err := a.empty()
	if err != nil {
		return nil, err
	}
	for _, t := range net.tensors() {
		if err := a.fill(t); err != nil {
			return nil, err
		}
	}
	net.settle()
	return net, nil
}

func (a *archive) empty() (Network, error) {
	sizes := []byte(a.metadata["sizes"])
	switch kind := a.metadata["network"]; kind {
	case "mlp":
		var layers []int
		if err := json.Unmarshal(sizes, &layers); err != nil {
			return nil, fmt.Errorf("its layer sizes %q: %w", sizes, err)
		}
		if len(layers) < 2 || slices.Min(layers) < 1 || slices.Max(layers) > len(a.data) || 4*paramCount(layers) > len(a.data) {
			return nil, fmt.Errorf("its layer sizes %v do not agree with its %d bytes of numbers", layers, len(a.data))
		}
		return NewMLP(0, layers...), nil
	case "unet":
		var o UNetOptions
		if err := json.Unmarshal(sizes, &o); err != nil {
			return nil, fmt.Errorf("its sizes %q: %w", sizes, err)
		}
		o, err := o.withDefaults()
		if err != nil {
			return nil, err
		}
		if max(o.Length, o.Channels, o.Base, o.Kernel, slices.Max(o.Multipliers)) > len(a.data) {
			return nil, fmt.Errorf("its sizes %s do not agree with its %d bytes of numbers", sizes, len(a.data))
		}
		if params, state := newPlan(o).sizes(); 4*(params+state) > len(a.data) {
			return nil, fmt.Errorf("its sizes %s need %d parameters, and it has %d bytes of numbers", sizes, params, len(a.data))
		}
		return allocateUNet(o), nil
	default:
		return nil, fmt.Errorf("its metadata name the network %q; mlp and unet are known", kind)
	}
}
