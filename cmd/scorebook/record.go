package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"scorebook/kernel/notebook"
)

// record says how the last run of each notebook went, by its path from the record's folder.
type record map[string]recorded

// recorded is one run that went well, with the digests that tie it to the stored notebook.
type recorded struct {
	Day      string  `json:"day"`
	Version  string  `json:"version"`
	Revision string  `json:"revision,omitempty"` // of the sources that the program was built from
	Arch     string  `json:"arch"`
	Cores    int     `json:"cores"`
	Seconds  float64 `json:"seconds"`
	Cells    int     `json:"cells"`
	Checks   int     `json:"checks"` // all of which hold
	Sources  string  `json:"sources"`
	Results  string  `json:"results"`
}

// readRecord reads a record; one that is not there is empty.
func readRecord(file string) (record, error) {
	content, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return record{}, nil
	}
	if err != nil {
		return nil, err
	}
	r := record{}
	if err := json.Unmarshal(content, &r); err != nil {
		return nil, fmt.Errorf("%s is not a record of runs: %w", file, err)
	}
	return r, nil
}

// note puts a run into the record.
func note(file, from string, s notebook.Stamp, o outcome) error {
	r, err := readRecord(file)
	if err != nil {
		return err
	}
	name, err := filepath.Rel(filepath.Dir(file), from)
	if err != nil {
		return err
	}
	r[filepath.ToSlash(name)] = recorded{
		Day: time.Now().UTC().Format(time.DateOnly), Version: s.Version, Revision: revision(), Arch: s.Arch, Cores: runtime.GOMAXPROCS(0),
		Seconds: float64(o.took.Round(100*time.Millisecond).Milliseconds()) / 1000,
		Cells:   o.report.Cells, Checks: s.Checks, Sources: s.Sources, Results: s.Results,
	}
	content, err := json.MarshalIndent(r, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(content, '\n'), 0o644)
}

// stale says why the record is not of the notebook as it is stored; nothing when it is.
func (r record) stale(name string, s notebook.Stamp) string {
	switch got, ok := r[name]; {
	case !ok:
		return "it is not in the record of runs"
	case got.Sources != s.Sources || got.Results != s.Results:
		return "the record of runs is of other sources or other results"
	}
	return ""
}

// revision is the commit that the program was built from, with + when files had been changed.
func revision() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	var commit, changed string
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			commit = s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+"
		}
	}
	return commit + changed
}
