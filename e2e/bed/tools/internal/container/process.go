package container

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
)

// Exit tells how a process ended.
type Exit struct {
	Code   int32
	Signal int32
	At     time.Time
}

// Process is a started container.
type Process struct {
	Pid     int
	Started time.Time
	Output  *Output
	TTY     *os.File // the kubelet's side of the terminal, if there is one

	stdin     io.WriteCloser
	stdinOnce sync.Once
	done      chan struct{}
	exit      Exit
}

// Options say how to start a container.
type Options struct {
	Spec
	Network *os.File // the Pod's network namespace
	Stdin   bool
	LogFile string
}

// spawner runs functions on one thread that lives as long as the kubelet: a
// child with a parent death signal dies with the thread that started it.
var spawner = sync.OnceValue(func() chan func() {
	jobs := make(chan func())
	go func() {
		runtime.LockOSThread()
		for job := range jobs {
			job()
		}
	}()
	return jobs
})

func spawn(cmd *exec.Cmd) error {
	result := make(chan error)
	spawner() <- func() { result <- cmd.Start() }
	return <-result
}

// Start starts the container and returns once its program runs. An error means
// that the program never ran.
func Start(o Options) (*Process, error) {
	if len(o.Argv) == 0 {
		return nil, fmt.Errorf("no command: neither the Pod nor the image map names one")
	}
	if err := os.MkdirAll(o.Scratch, 0o755); err != nil {
		return nil, err
	}
	specFile := filepath.Join(o.Scratch, "spec.json")
	if err := o.save(specFile); err != nil {
		return nil, err
	}
	output, err := newOutput(o.LogFile)
	if err != nil {
		return nil, err
	}
	p := &Process{Output: output, done: make(chan struct{})}
	if err := p.launch(o, specFile); err != nil {
		output.Close()
		return nil, err
	}
	return p, nil
}

func (p *Process) launch(o Options, specFile string) error {
	cmd := exec.Command("/proc/self/exe", "contain", specFile)
	cmd.Env = []string{}
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Setsid:     true,
		Pdeathsig:  syscall.SIGKILL,
		Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWPID | syscall.CLONE_NEWUTS | syscall.CLONE_NEWIPC,
	}
	reportOut, reportIn, err := os.Pipe()
	if err != nil {
		return err
	}
	defer reportOut.Close()
	cmd.ExtraFiles = []*os.File{reportIn, o.Network}
	wires, err := p.wire(cmd, o)
	if err != nil {
		reportIn.Close()
		return err
	}
	err = spawn(cmd)
	reportIn.Close()
	wires.closeChildSide()
	if err != nil {
		wires.closeOwnSide()
		return err
	}
	p.Pid, p.Started = cmd.Process.Pid, time.Now()
	copied := wires.copyOutput(p.Output)
	if message, _ := io.ReadAll(reportOut); len(message) > 0 {
		_ = cmd.Wait()
		<-copied
		wires.closeOwnSide()
		return fmt.Errorf("%s", message)
	}
	go p.await(cmd, copied, wires)
	return nil
}

// await collects the end of the process, after its last output.
func (p *Process) await(cmd *exec.Cmd, copied <-chan struct{}, wires *wires) {
	_ = cmd.Wait()
	// The PID namespace ends with its first process, so nobody keeps the pipes open.
	<-copied
	p.exit = exitOf(cmd.ProcessState)
	wires.closeOwnSide()
	p.Output.Close()
	close(p.done)
}

func exitOf(state *os.ProcessState) Exit {
	e := Exit{Code: int32(state.ExitCode()), At: time.Now()}
	if ws, ok := state.Sys().(syscall.WaitStatus); ok && ws.Signaled() {
		e.Signal = int32(ws.Signal())
		e.Code = 128 + e.Signal
	}
	return e
}

// Done is closed when the process has ended.
func (p *Process) Done() <-chan struct{} { return p.done }

// Running reports whether the process has not ended yet.
func (p *Process) Running() bool {
	select {
	case <-p.done:
		return false
	default:
		return true
	}
}

// Exit tells how the process ended; valid once Done is closed.
func (p *Process) Exit() Exit { return p.exit }

// Signal sends a signal to the container's first process.
func (p *Process) Signal(s syscall.Signal) {
	if p.Running() {
		_ = syscall.Kill(p.Pid, s)
	}
}

// Stdin gives the standard input of a container that asked for one, else nil.
func (p *Process) Stdin() io.Writer {
	if p.TTY != nil {
		return p.TTY
	}
	if p.stdin == nil {
		return nil
	}
	return p.stdin
}

// CloseStdin ends the input, as stdinOnce demands after the first attach.
func (p *Process) CloseStdin() {
	if p.stdin != nil {
		p.stdinOnce.Do(func() { p.stdin.Close() })
	}
}

// wires are the pipes or the terminal between kubelet and container.
type wires struct {
	child, own []*os.File
	outputs    []*os.File
	names      []string
}

func (p *Process) wire(cmd *exec.Cmd, o Options) (*wires, error) {
	if o.TTY {
		return p.wireTerminal(cmd)
	}
	w := &wires{}
	for _, name := range []string{"stdout", "stderr"} {
		r, in, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		w.child, w.own = append(w.child, in), append(w.own, r)
		w.outputs, w.names = append(w.outputs, r), append(w.names, name)
	}
	cmd.Stdout, cmd.Stderr = w.child[0], w.child[1]
	if o.Stdin {
		r, in, err := os.Pipe()
		if err != nil {
			return nil, err
		}
		cmd.Stdin, p.stdin = r, in
		w.child, w.own = append(w.child, r), append(w.own, in)
	}
	return w, nil
}

func (p *Process) wireTerminal(cmd *exec.Cmd) (*wires, error) {
	own, child, err := pty.Open()
	if err != nil {
		return nil, err
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = child, child, child
	p.TTY = own
	return &wires{child: []*os.File{child}, own: []*os.File{own}, outputs: []*os.File{own}, names: []string{"stdout"}}, nil
}

func (w *wires) closeChildSide() {
	for _, f := range w.child {
		f.Close()
	}
}

func (w *wires) closeOwnSide() {
	for _, f := range w.own {
		f.Close()
	}
}

// copyOutput starts copying; the channel closes when everything has been copied.
func (w *wires) copyOutput(out *Output) <-chan struct{} {
	var group sync.WaitGroup
	for i := range w.outputs {
		group.Go(func() { out.copy(w.outputs[i], w.names[i]) })
	}
	done := make(chan struct{})
	go func() { group.Wait(); close(done) }()
	return done
}
