package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"runtime"
	"strings"

	"golang.org/x/sys/unix"
)

// Sandbox is a Pod's network. The namespace lives as long as the descriptor or a
// process in it, so a kubelet that dies leaves none behind.
type Sandbox struct {
	IP netip.Addr

	netns *os.File
	pool  *Pool
	host  bool
}

// Host is the sandbox of Pods with hostNetwork: the bed's own namespace.
func Host(pool *Pool) (*Sandbox, error) {
	f, err := os.Open("/proc/self/ns/net")
	if err != nil {
		return nil, err
	}
	return &Sandbox{IP: pool.Bridge(), netns: f, host: true}, nil
}

// New makes a namespace and connects it to the bridge.
func New(pool *Pool, bridge string) (*Sandbox, error) {
	ip, err := pool.Take()
	if err != nil {
		return nil, err
	}
	netns, err := newNamespace()
	if err != nil {
		pool.Release(ip)
		return nil, err
	}
	s := &Sandbox{IP: ip, netns: netns, pool: pool}
	if err := s.connect(bridge); err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// newNamespace makes a network namespace on a thread that is thrown away.
func newNamespace() (*os.File, error) {
	type result struct {
		f   *os.File
		err error
	}
	out := make(chan result)
	go func() {
		// Never unlocked: the thread ends with the goroutine, and with it the
		// only thread that is in the new namespace.
		runtime.LockOSThread()
		if err := unix.Unshare(unix.CLONE_NEWNET); err != nil {
			out <- result{err: fmt.Errorf("new network namespace: %w", err)}
			return
		}
		f, err := os.Open("/proc/thread-self/ns/net")
		out <- result{f, err}
	}()
	r := <-out
	return r.f, r.err
}

// connect lays the cable: one end on the bridge, the other is the Pod's eth0.
func (s *Sandbox) connect(bridge string) error {
	octets := s.IP.As4()
	cable := fmt.Sprintf("pod%d-%d", octets[2], octets[3])
	outside := []string{
		fmt.Sprintf("link add name %s type veth peer name eth0 netns %s", cable, s.path()),
		fmt.Sprintf("link set %s master %s up", cable, bridge),
	}
	if err := ip(outside); err != nil {
		return err
	}
	inside := []string{
		"link set lo up",
		fmt.Sprintf("address add %s/%d dev eth0", s.IP, s.pool.Bits()),
		"link set eth0 up",
		fmt.Sprintf("route add default via %s", s.pool.Bridge()),
	}
	return ip(inside, "nsenter", "--net="+s.path(), "--")
}

// ip runs a batch of iproute2 commands, behind the given prefix.
func ip(lines []string, prefix ...string) error {
	argv := append(prefix, "ip", "-batch", "-")
	cmd := exec.Command(argv[0], argv[1:]...)
	cmd.Stdin = strings.NewReader(strings.Join(lines, "\n") + "\n")
	var output bytes.Buffer
	cmd.Stdout, cmd.Stderr = &output, &output
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("ip -batch (%s): %w: %s", strings.Join(lines, "; "), err, strings.TrimSpace(output.String()))
	}
	return nil
}

// path names the namespace in a way that other processes can open.
func (s *Sandbox) path() string {
	return fmt.Sprintf("/proc/%d/fd/%d", os.Getpid(), s.netns.Fd())
}

// Namespace is the open network namespace.
func (s *Sandbox) Namespace() *os.File { return s.netns }

// Dial connects to a loopback port inside the Pod, as port-forward does.
func (s *Sandbox) Dial(ctx context.Context, port int32) (net.Conn, error) {
	type result struct {
		conn net.Conn
		err  error
	}
	out := make(chan result, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread stays in the Pod's namespace
		if err := unix.Setns(int(s.netns.Fd()), unix.CLONE_NEWNET); err != nil {
			out <- result{err: err}
			return
		}
		// A literal IPv4 address is dialled on this very goroutine, hence this thread.
		var d net.Dialer
		conn, err := d.DialContext(ctx, "tcp4", fmt.Sprintf("127.0.0.1:%d", port))
		out <- result{conn, err}
	}()
	r := <-out
	return r.conn, r.err
}

// Close gives address and namespace back. The kernel removes the cable with the
// namespace, once the last process has left it.
func (s *Sandbox) Close() {
	s.netns.Close()
	if !s.host {
		s.pool.Release(s.IP)
	}
}
