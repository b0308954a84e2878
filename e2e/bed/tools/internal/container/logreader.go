package container

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"time"
)

// LogOptions are those of "kubectl logs".
type LogOptions struct {
	Tail       int64 // negative: everything
	Since      time.Time
	Timestamps bool
	Follow     bool
	Limit      int64 // bytes; zero: no limit
}

// pollInterval is how often a followed log is looked at.
const pollInterval = 100 * time.Millisecond

// ReadLog copies a log file's text. It follows the file until finished reports
// true, and flush is called whenever the reader has caught up.
func ReadLog(ctx context.Context, name string, o LogOptions, out io.Writer, flush func(), finished func() bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := seekTail(f, o.Tail); err != nil {
		return err
	}
	reader := logReader{in: bufio.NewReader(f), options: o, out: out, left: o.Limit}
	for {
		// Asked before reading, so that lines written just before the end are seen.
		last := !o.Follow || finished()
		if err := reader.drain(); err != nil {
			if errors.Is(err, errLimit) {
				err = nil
			}
			return err
		}
		flush()
		if last {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pollInterval):
		}
	}
}

var errLimit = errors.New("limit reached")

type logReader struct {
	in      *bufio.Reader
	options LogOptions
	out     io.Writer
	left    int64
	partial string
}

// drain copies the complete records that are there now.
func (r *logReader) drain() error {
	for {
		text, err := r.in.ReadString('\n')
		r.partial += text
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		record := r.partial
		r.partial = ""
		if err := r.print(record); err != nil {
			return err
		}
	}
}

func (r *logReader) print(record string) error {
	stamp, line := splitRecord(record)
	if at, err := time.Parse(time.RFC3339Nano, stamp); err == nil && at.Before(r.options.Since) {
		return nil
	}
	if r.options.Timestamps {
		line = stamp + " " + line
	}
	if r.options.Limit > 0 {
		if int64(len(line)) > r.left {
			line = line[:r.left]
		}
		r.left -= int64(len(line))
	}
	if _, err := io.WriteString(r.out, line); err != nil {
		return err
	}
	if r.options.Limit > 0 && r.left == 0 {
		return errLimit
	}
	return nil
}

// splitRecord takes "TIME STREAM F text" apart.
func splitRecord(record string) (stamp, line string) {
	parts := strings.SplitN(record, " ", 4)
	if len(parts) < 4 {
		return "", record
	}
	return parts[0], parts[3]
}

// seekTail goes to the beginning of the last n records.
func seekTail(f *os.File, n int64) error {
	if n < 0 {
		return nil
	}
	end, err := f.Seek(0, io.SeekEnd)
	if err != nil || n == 0 {
		return err
	}
	block := make([]byte, 64*1024)
	for at := end; at > 0; {
		size := min(at, int64(len(block)))
		at -= size
		if _, err := f.ReadAt(block[:size], at); err != nil {
			return err
		}
		for i := size; i > 0; {
			i = int64(bytes.LastIndexByte(block[:i], '\n'))
			if i < 0 {
				break
			}
			// The newline at the very end closes the last record and begins none.
			if at+i+1 == end {
				continue
			}
			if n--; n == 0 {
				_, err := f.Seek(at+i+1, io.SeekStart)
				return err
			}
		}
	}
	_, err = f.Seek(0, io.SeekStart)
	return err
}

// LastLines gives the end of a log without times, for a termination message.
func LastLines(name string, lines, limit int64) string {
	var text bytes.Buffer
	_ = ReadLog(context.Background(), name, LogOptions{Tail: lines}, &text, func() {}, nil)
	if over := int64(text.Len()) - limit; over > 0 {
		text.Next(int(over))
	}
	return text.String()
}
