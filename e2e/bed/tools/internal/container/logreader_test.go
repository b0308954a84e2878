package container

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// writeLog makes a log of numbered lines, one second apart.
func writeLog(t *testing.T, lines int) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "0.log")
	var b strings.Builder
	for i := range lines {
		fmt.Fprintf(&b, "%s stdout F line %d\n", time.Unix(int64(i), 0).UTC().Format(time.RFC3339Nano), i)
	}
	if err := os.WriteFile(name, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func read(t *testing.T, name string, o LogOptions) string {
	t.Helper()
	var out bytes.Buffer
	if err := ReadLog(context.Background(), name, o, &out, func() {}, func() bool { return true }); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestReadLogTail(t *testing.T) {
	name := writeLog(t, 5000) // more than one block
	for tail, want := range map[int64]string{0: "", 1: "line 4999\n", 2: "line 4998\nline 4999\n"} {
		if got := read(t, name, LogOptions{Tail: tail}); got != want {
			t.Errorf("tail %d = %q, want %q", tail, got, want)
		}
	}
	for _, tail := range []int64{-1, 5000, 9999} {
		if got := strings.Count(read(t, name, LogOptions{Tail: tail}), "\n"); got != 5000 {
			t.Errorf("tail %d gives %d lines, want all", tail, got)
		}
	}
}

func TestReadLogOptions(t *testing.T) {
	name := writeLog(t, 3)
	for text, c := range map[string]struct {
		o    LogOptions
		want string
	}{
		"since":      {LogOptions{Tail: -1, Since: time.Unix(2, 0)}, "line 2\n"},
		"timestamps": {LogOptions{Tail: 1, Timestamps: true}, "1970-01-01T00:00:02Z line 2\n"},
		"limit":      {LogOptions{Tail: -1, Limit: 9}, "line 0\nli"},
	} {
		if got := read(t, name, c.o); got != c.want {
			t.Errorf("%s: %q, want %q", text, got, c.want)
		}
	}
}

func TestReadLogFollowsToTheEnd(t *testing.T) {
	output, err := newOutput(filepath.Join(t.TempDir(), "0.log"))
	if err != nil {
		t.Fatal(err)
	}
	output.write("stdout", []byte("first\npart"))
	go func() {
		time.Sleep(2 * pollInterval)
		output.write("stdout", []byte("ial\nunended"))
		output.Close()
	}()
	done := func() bool { output.mu.Lock(); defer output.mu.Unlock(); return output.closed }
	var out bytes.Buffer
	if err := ReadLog(context.Background(), output.file.Name(), LogOptions{Tail: -1, Follow: true}, &out, func() {}, done); err != nil {
		t.Fatal(err)
	}
	if want := "first\npartial\nunended\n"; out.String() != want {
		t.Errorf("log = %q, want %q", out.String(), want)
	}
}
