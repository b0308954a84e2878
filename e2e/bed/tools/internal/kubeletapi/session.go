package kubeletapi

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"

	"github.com/creack/pty"
	"k8s.io/cri-streaming/pkg/streaming/remotecommand"
	utilexec "k8s.io/utils/exec"

	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/kubelet"
)

// session serves one streaming request. The streaming library passes names, but
// not the namespace, so the request stays at hand.
type session struct {
	k *kubelet.Kubelet
	r *http.Request
}

func (s session) namespace() string { return s.r.PathValue("namespace") }

// ExecInContainer runs a command for "kubectl exec".
func (s session) ExecInContainer(ctx context.Context, pod, _, name string, argv []string,
	in io.Reader, out, errOut io.WriteCloser, tty bool, resize <-chan remotecommand.TerminalSize, _ time.Duration) error {
	cmd, err := s.k.Command(s.namespace(), pod, name, argv)
	if err != nil {
		return err
	}
	if tty {
		return runTerminal(ctx, cmd, in, out, resize)
	}
	return runPiped(ctx, cmd, in, out, errOut)
}

func runPiped(ctx context.Context, cmd *exec.Cmd, in io.Reader, out, errOut io.WriteCloser) error {
	if out != nil {
		cmd.Stdout = out
	}
	if errOut != nil {
		cmd.Stderr = errOut
	}
	if in != nil {
		// A pipe of our own: Wait must not wait for input that nobody sends.
		stdin, err := cmd.StdinPipe()
		if err != nil {
			return err
		}
		go func() { _, _ = io.Copy(stdin, in); stdin.Close() }()
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	defer killWith(ctx, cmd)()
	return exitError(cmd.Wait())
}

func runTerminal(ctx context.Context, cmd *exec.Cmd, in io.Reader, out io.Writer, resize <-chan remotecommand.TerminalSize) error {
	terminal, err := pty.StartWithAttrs(cmd, nil, &syscall.SysProcAttr{Setsid: true, Setctty: true})
	if err != nil {
		return err
	}
	defer terminal.Close()
	defer killWith(ctx, cmd)()
	go follow(terminal, resize)
	if in != nil {
		go func() { _, _ = io.Copy(terminal, in) }()
	}
	var copied sync.WaitGroup
	copied.Go(func() { _, _ = io.Copy(out, terminal) })
	err = cmd.Wait()
	copied.Wait()
	return exitError(err)
}

// killWith ends the command's process group when the client goes away.
func killWith(ctx context.Context, cmd *exec.Cmd) func() {
	stop := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	return func() { stop() }
}

// follow gives a terminal the size of the client's window.
func follow(terminal *os.File, resize <-chan remotecommand.TerminalSize) {
	for size := range resize {
		_ = pty.Setsize(terminal, &pty.Winsize{Rows: size.Height, Cols: size.Width})
	}
}

// exitError makes an exit code travel to the client.
func exitError(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code := exit.ExitCode()
		if code < 0 { // ended by a signal
			if ws, ok := exit.Sys().(syscall.WaitStatus); ok {
				code = 128 + int(ws.Signal())
			}
		}
		return utilexec.CodeExitError{Err: err, Code: code}
	}
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil // the command ended well; something in its background has not
	}
	return err
}

// AttachContainer connects a client with a container that is running already.
func (s session) AttachContainer(ctx context.Context, pod, _, name string,
	in io.Reader, out, errOut io.WriteCloser, _ bool, resize <-chan remotecommand.TerminalSize) error {
	process, once, err := s.k.Process(s.namespace(), pod, name)
	if err != nil {
		return err
	}
	chunks, release := process.Output.Watch()
	defer release()
	if process.TTY != nil {
		go follow(process.TTY, resize)
	}
	if stdin := process.Stdin(); in != nil && stdin != nil {
		go func() {
			_, _ = io.Copy(stdin, in)
			if once {
				process.CloseStdin()
			}
		}()
	}
	return pass(ctx, chunks, out, errOut)
}

func pass(ctx context.Context, chunks <-chan container.Chunk, out, errOut io.Writer) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case c, open := <-chunks:
			if !open {
				return nil
			}
			to := out
			if c.Stream == "stderr" {
				to = errOut
			}
			if to == nil {
				continue
			}
			if _, err := to.Write(c.Data); err != nil {
				return nil // the client has gone
			}
		}
	}
}

// PortForward connects a stream with a port of the Pod.
func (s session) PortForward(ctx context.Context, pod, _ string, port int32, stream io.ReadWriteCloser) error {
	conn, err := s.k.Dial(ctx, s.namespace(), pod, port)
	if err != nil {
		return err
	}
	defer conn.Close()
	done := make(chan struct{}, 2)
	go func() {
		_, _ = io.Copy(conn, stream)
		if tcp, ok := conn.(*net.TCPConn); ok {
			_ = tcp.CloseWrite()
		}
		done <- struct{}{}
	}()
	go func() { _, _ = io.Copy(stream, conn); stream.Close(); done <- struct{}{} }()
	// The answer ends the exchange; the client's side may stay open for ever.
	<-done
	select {
	case <-done:
	case <-time.After(time.Second):
	}
	return nil
}
