package container

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Output writes what a container prints to its log file, one line per record
// with time and stream, and passes the raw bytes on to whoever is attached.
type Output struct {
	mu       sync.Mutex
	file     *os.File
	partial  map[string][]byte
	watchers map[chan Chunk]struct{}
	closed   bool
}

// Chunk is a piece of raw output.
type Chunk struct {
	Stream string
	Data   []byte
}

func newOutput(name string) (*Output, error) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return nil, err
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &Output{file: f, partial: map[string][]byte{}, watchers: map[chan Chunk]struct{}{}}, nil
}

func (o *Output) copy(from io.Reader, stream string) {
	buffer := make([]byte, 32*1024)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			o.write(stream, buffer[:n])
		}
		if err != nil {
			return
		}
	}
}

func (o *Output) write(stream string, data []byte) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for w := range o.watchers {
		select {
		case w <- Chunk{stream, bytes.Clone(data)}:
		default: // an attached client that does not read must not stop the container
		}
	}
	pending := append(o.partial[stream], data...)
	for {
		line, rest, found := bytes.Cut(pending, []byte("\n"))
		if !found {
			break
		}
		o.record(stream, line)
		pending = rest
	}
	o.partial[stream] = bytes.Clone(pending)
}

func (o *Output) record(stream string, line []byte) {
	fmt.Fprintf(o.file, "%s %s F %s\n", time.Now().UTC().Format(time.RFC3339Nano), stream, line)
}

// Watch gives the output from now on. The channel closes with the container.
func (o *Output) Watch() (<-chan Chunk, func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := make(chan Chunk, 256)
	if o.closed {
		close(w)
		return w, func() {}
	}
	o.watchers[w] = struct{}{}
	return w, func() {
		o.mu.Lock()
		defer o.mu.Unlock()
		delete(o.watchers, w)
	}
}

// Close writes unfinished lines and lets the watchers go.
func (o *Output) Close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.closed {
		return
	}
	o.closed = true
	for stream, line := range o.partial {
		if len(line) > 0 {
			o.record(stream, line)
		}
	}
	for w := range o.watchers {
		close(w)
	}
	o.watchers = nil
	o.file.Close()
}
