package kubelet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"

	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/probing"
)

// probe starts a running container's probes: the startup probe first, the others
// when it has passed.
func (w *worker) probe(m *member) {
	ctx, cancel := context.WithCancel(w.ctx)
	m.probing = cancel
	target := probing.Target{Container: m.Spec, PodIP: w.sandbox.IP.String(), Exec: w.execProbe(m.process, m.env)}
	if m.Spec.StartupProbe == nil {
		w.probeStarted(ctx, m, target)
		return
	}
	startup, passed := context.WithCancel(ctx)
	go probing.Run(startup, m.Spec.StartupProbe, target, func(good bool, r probing.Result) {
		passed()
		w.verdict(ctx, func() {
			if !good {
				w.unhealthy(m, "startup", r)
				return
			}
			m.Started = true
			m.Ready = m.Spec.ReadinessProbe == nil
			w.probeStarted(ctx, m, target)
		})
	}, w.note("Startup"))
}

func (w *worker) probeStarted(ctx context.Context, m *member, target probing.Target) {
	if p := m.Spec.ReadinessProbe; p != nil {
		go probing.Run(ctx, p, target, func(good bool, _ probing.Result) {
			w.verdict(ctx, func() { m.Ready = good })
		}, w.note("Readiness"))
	}
	if p := m.Spec.LivenessProbe; p != nil {
		go probing.Run(ctx, p, target, func(good bool, r probing.Result) {
			if !good {
				w.verdict(ctx, func() { w.unhealthy(m, "liveness", r) })
			}
		}, w.note("Liveness"))
	}
}

// verdict acts on a probe's result unless the container has ended meanwhile.
func (w *worker) verdict(ctx context.Context, act func()) {
	w.post(func() {
		if ctx.Err() == nil {
			act()
		}
	})
}

// note makes an Event of every single failure.
func (w *worker) note(kind string) func(probing.Result) {
	return func(r probing.Result) {
		w.k.event(w.current(), corev1.EventTypeWarning, "Unhealthy", "%s probe failed: %s", kind, r.Message)
	}
}

// unhealthy ends a container that a probe has given up on.
func (w *worker) unhealthy(m *member, kind string, r probing.Result) {
	w.k.event(w.current(), corev1.EventTypeNormal, "Killing", "Container %s failed %s probe (%s), will be restarted",
		m.Spec.Name, kind, r.Message)
	m.probing()
	m.Ready = false
	go stop(m.process, gracePeriod(w.current()))
}

func gracePeriod(pod *corev1.Pod) time.Duration {
	seconds := int64(30)
	if s := pod.Spec.TerminationGracePeriodSeconds; s != nil {
		seconds = *s
	}
	if s := pod.DeletionGracePeriodSeconds; s != nil {
		seconds = *s
	}
	return time.Duration(seconds) * time.Second
}

// stop asks a container to end and kills it when it has not within the time.
func stop(p *container.Process, grace time.Duration) {
	p.Signal(syscall.SIGTERM)
	select {
	case <-p.Done():
	case <-time.After(grace):
		p.Signal(syscall.SIGKILL)
		<-p.Done()
	}
}

// command prepares a command inside a container's namespaces.
func command(p *container.Process, env, argv []string) *exec.Cmd {
	enter := []string{"-t", fmt.Sprint(p.Pid), "-m", "-u", "-i", "-n", "-p", "-r", "-w", "--"}
	cmd := exec.Command("nsenter", append(enter, argv...)...)
	cmd.Env = env
	// Children that keep the pipes open must not hold up the answer for ever.
	cmd.WaitDelay = time.Second
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	return cmd
}

// execProbe runs a probe's command; on a time-out its whole process group ends.
func (w *worker) execProbe(p *container.Process, env []string) probing.Exec {
	return func(ctx context.Context, argv []string) (string, bool, error) {
		cmd := command(p, env, argv)
		var output bytes.Buffer
		cmd.Stdout, cmd.Stderr = &output, &output
		if err := cmd.Start(); err != nil {
			return "", false, err
		}
		end := context.AfterFunc(ctx, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
		defer end()
		err := cmd.Wait()
		var exit *exec.ExitError
		switch {
		case ctx.Err() != nil:
			return "", false, fmt.Errorf("command %q timed out", strings.Join(argv, " "))
		case errors.As(err, &exit):
			return strings.TrimSpace(output.String()), false, nil
		}
		return strings.TrimSpace(output.String()), err == nil, err
	}
}
