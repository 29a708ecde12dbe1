package sde

import (
	"bufio"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"

	"scorebook/internal/rng"
	"scorebook/stdlib/trajectory"
)

// segments are the pieces that a recording is made of: so much of it an interrupt can cost.
const segments = 50

// Record simulates as [Simulate] does and writes the samples to the file at path as they come, in fifty segments, so that
// one segment at a time is in memory. If the file is there already, from a run that was interrupted, it goes on behind its
// last whole segment; the result is the same bits as without the interruption. [ReadRecording] gives the series.
//
// Each segment starts where the one before ended, with a stream of noise of its own: so the path is not that of Simulate
// with the same Seed, and a member that leaves the Bound is put back to the start of the segment. A file of another run is
// an error. That the drift and the noise are those of the file, nobody can tell but the caller.
func Record(ctx context.Context, path string, s SDE, r Run) error {
	r = r.withDefaults(s)
	if err := errors.Join(s.validate(), r.validate(s.Dim), r.Scheme.validate(s.Dim, s.Noise)); err != nil {
		return err
	}
	p := newRecording(s, r)
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("sde: recording: %w", err)
	}
	err = p.goOn(ctx, file)
	return errors.Join(err, file.Close())
}

// recording is what the first line of the file says: which run it is, and how it is cut.
type recording struct {
	Dim, Ensemble, Samples, Segment int // Segment is the samples of each member in a segment but the last
	Every, BurnIn                   int
	Dt, Bound                       float64
	Scheme                          string
	Seed, Start                     uint64 // Start is a hash
	Names                           []string
	Scale                           *trajectory.Scale

	equation SDE
	run      Run
}

func newRecording(s SDE, r Run) *recording {
	start := fnv.New64a()
	binary.Write(start, binary.LittleEndian, r.Start)
	return &recording{
		Dim: s.Dim, Ensemble: r.Ensemble, Samples: r.samples(), Segment: (r.samples() + segments - 1) / segments,
		Every: r.Every, BurnIn: r.BurnIn, Dt: r.Dt, Bound: r.Bound, Scheme: fmt.Sprint(r.Scheme), Seed: r.Seed, Start: start.Sum64(),
		Names: s.Names, Scale: s.Scale, equation: s, run: r,
	}
}

// count is the number of segments, and of samples of a member in segment k.
func (p *recording) count() int       { return (p.Samples + p.Segment - 1) / p.Segment }
func (p *recording) length(k int) int { return min(p.Segment, p.Samples-k*p.Segment) }

// bytes is the size of segment k: the samples, member by member, and the number of resets.
func (p *recording) bytes(k int) int64 {
	return 8 * (int64(p.length(k))*int64(p.Ensemble)*int64(p.Dim) + 1)
}

// goOn finds the last whole segment of the file and simulates the rest.
func (p *recording) goOn(ctx context.Context, file *os.File) error {
	head, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("sde: recording: %w", err)
	}
	head = append(head, '\n')
	info, err := file.Stat()
	if err != nil {
		return fmt.Errorf("sde: recording: %w", err)
	}
	if info.Size() == 0 {
		if _, err := file.Write(head); err != nil {
			return fmt.Errorf("sde: recording: %w", err)
		}
	} else if there, _ := bufio.NewReader(file).ReadBytes('\n'); string(there) != string(head) {
		return fmt.Errorf("sde: %s holds another run: remove it, or give another path", file.Name())
	}
	at, first := int64(len(head)), 0
	for first < p.count() && at+p.bytes(first) <= info.Size() {
		at += p.bytes(first)
		first++
	}
	var last []float64
	if first > 0 {
		before := make([]float64, p.bytes(first-1)/8)
		if err := binary.Read(io.NewSectionReader(file, at-p.bytes(first-1), p.bytes(first-1)), binary.LittleEndian, before); err != nil {
			return fmt.Errorf("sde: recording: %w", err)
		}
		last = p.ends(before, p.length(first-1))
	}
	for k := first; k < p.count(); k++ {
		values, err := p.segment(ctx, k, last)
		if err != nil {
			return err
		}
		if _, err := file.Seek(at, io.SeekStart); err == nil {
			err = binary.Write(file, binary.LittleEndian, values)
		}
		if err != nil {
			return fmt.Errorf("sde: recording: %w", err)
		}
		at, last = at+p.bytes(k), p.ends(values, p.length(k))
	}
	return nil
}

// ends are the last states of the members in a segment.
func (p *recording) ends(values []float64, length int) []float64 {
	last := make([]float64, 0, p.Ensemble*p.Dim)
	for m := range p.Ensemble {
		last = append(last, values[((m+1)*length-1)*p.Dim:][:p.Dim]...)
	}
	return last
}

// segment simulates segment k, which starts from the last states of the one before; that sample is not repeated.
func (p *recording) segment(ctx context.Context, k int, last []float64) ([]float64, error) {
	r, skip := p.run, 0
	noise := rng.New(p.Seed, "recording", uint64(k))
	r.Seed = noise.Uint64()
	if k > 0 {
		r.Start, r.BurnIn, skip = last, 0, 1
	}
	r.Steps = (p.length(k)+skip-1)*p.Every + 1
	if told := p.run.Progress; told != nil {
		r.Progress = func(stage string, done, total int) {
			each := float64(done) / float64(max(1, total))
			told(stage, int((float64(k)+each)*float64(p.Segment)), p.Segment*p.count())
		}
	}
	t, err := Simulate(ctx, p.equation, r)
	if err != nil {
		return nil, err
	}
	values := make([]float64, 0, p.bytes(k)/8)
	for m := range p.Ensemble {
		values = append(values, t.X[(m*(p.length(k)+skip)+skip)*p.Dim:][:p.length(k)*p.Dim]...)
	}
	return append(values, float64(t.Resets)), nil
}

// ReadRecording reads the whole segments of what [Record] wrote, of a run that may still be unfinished.
func ReadRecording(path string) (*trajectory.Trajectory, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("sde: %w", err)
	}
	defer file.Close()
	in, p := bufio.NewReaderSize(file, 1<<20), &recording{}
	head, err := in.ReadBytes('\n')
	info, statErr := file.Stat()
	if err != nil || statErr != nil || json.Unmarshal(head, p) != nil || p.Dim < 1 || p.Ensemble < 1 || p.Segment < 1 || p.Samples < 1 {
		return nil, fmt.Errorf("sde: %s is not a recording", path)
	}
	whole, samples, size := 0, 0, int64(len(head))
	for whole < p.count() && size+p.bytes(whole) <= info.Size() {
		samples, size = samples+p.length(whole), size+p.bytes(whole)
		whole++
	}
	if samples == 0 {
		return nil, fmt.Errorf("sde: %s has no whole segment yet", path)
	}
	t := &trajectory.Trajectory{Dim: p.Dim, Dt: p.Dt * float64(p.Every), X: make([]float64, samples*p.Ensemble*p.Dim), Names: p.Names, Scale: p.Scale}
	if p.Ensemble > 1 {
		for range p.Ensemble {
			t.Lens = append(t.Lens, samples)
		}
	}
	for k := range whole {
		values := make([]float64, p.bytes(k)/8)
		if err := binary.Read(in, binary.LittleEndian, values); err != nil {
			return nil, fmt.Errorf("sde: %s: %w", path, err)
		}
		for m := range p.Ensemble {
			copy(t.X[(m*samples+k*p.Segment)*p.Dim:], values[m*p.length(k)*p.Dim:][:p.length(k)*p.Dim])
		}
		t.Resets += int(math.Round(values[len(values)-1]))
	}
	return t, nil
}
