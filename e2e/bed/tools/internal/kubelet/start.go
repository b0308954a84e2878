package kubelet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"

	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/imagemap"
	"mcp-gateway.local/bed/tools/internal/podspec"
	"mcp-gateway.local/bed/tools/internal/podstatus"
)

const (
	// retryConfig is how soon a container with an unusable configuration is tried again.
	retryConfig = 500 * time.Millisecond
	// longRun is how long a container must run for its back-off to begin anew.
	longRun = 30 * time.Second
	// imagePath is what most images set.
	imagePath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
)

// startMember tries to start a container and notes what came of it.
func (w *worker) startMember(m *member) {
	pod := w.current()
	entry, err := w.k.image(m.Spec.Image)
	if err != nil {
		w.noImage(m, err)
		return
	}
	m.pulls = 0
	run := m.Restarts
	if m.Last.Terminated != nil {
		run++
	}
	options, err := w.options(m, entry, run)
	if err != nil {
		m.next = time.Now().Add(retryConfig)
		if m.State.Waiting == nil || m.State.Waiting.Message != err.Error() {
			w.k.event(pod, corev1.EventTypeWarning, "Failed", "Error: %v", err)
		}
		m.wait("CreateContainerConfigError", err.Error())
		return
	}
	m.Restarts = run
	w.forget(m, run-2)
	process, err := container.Start(options)
	if err != nil {
		w.failedStart(m, err)
		return
	}
	w.started(m, process)
}

// noImage reports an unknown image the way a failing pull shows.
func (w *worker) noImage(m *member, err error) {
	reason := "ErrImagePull"
	if m.pulls++; m.pulls > 1 {
		reason = "ImagePullBackOff"
	} else {
		w.k.event(w.current(), corev1.EventTypeWarning, "Failed", "Failed to pull image %q: %v", m.Spec.Image, err)
	}
	m.wait(reason, err.Error())
	m.next = time.Now().Add(2 * time.Second)
}

// failedStart counts a program that could not be run as an exit, as runtimes do.
func (w *worker) failedStart(m *member, err error) {
	now := metav1.Now()
	w.k.event(w.current(), corev1.EventTypeWarning, "Failed", "Error: %v", err)
	m.State = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
		ExitCode: 128, Reason: "StartError", Message: err.Error(), StartedAt: now, FinishedAt: now, ContainerID: m.ID,
	}}
	m.Ready = false
	w.delay(m, 0)
}

func (w *worker) started(m *member, process *container.Process) {
	pod := w.current()
	w.mu.Lock()
	m.process = process
	w.mu.Unlock()
	m.ID = fmt.Sprintf("process://%s/%s/%d", pod.UID, m.Spec.Name, m.Restarts)
	m.State = corev1.ContainerState{Running: &corev1.ContainerStateRunning{StartedAt: metav1.NewTime(process.Started)}}
	w.k.event(pod, corev1.EventTypeNormal, "Started", "Container started: %s (process %d)", m.Spec.Name, process.Pid)
	m.Started = m.Spec.StartupProbe == nil
	m.Ready = m.Started && m.Spec.ReadinessProbe == nil
	w.probe(m)
	go func() {
		<-process.Done()
		w.post(func() { w.ended(m, process) })
	}()
}

// ended notes an exit. The next reconcile decides what follows.
func (w *worker) ended(m *member, process *container.Process) {
	if m.process != process {
		return
	}
	m.probing()
	exit := process.Exit()
	state := &corev1.ContainerStateTerminated{
		ExitCode: exit.Code, Signal: exit.Signal, Reason: "Completed", ContainerID: m.ID,
		StartedAt: metav1.NewTime(process.Started), FinishedAt: metav1.NewTime(exit.At),
	}
	if exit.Code != 0 {
		state.Reason = "Error"
		if m.Spec.TerminationMessagePolicy == corev1.TerminationMessageFallbackToLogsOnError {
			state.Message = container.LastLines(w.logFile(m.Spec.Name, m.Restarts), 80, 2048)
		}
	}
	m.State, m.Ready, m.Started = corev1.ContainerState{Terminated: state}, false, false
	if podstatus.Sidecar(m.Spec) {
		m.Started = false
	}
	w.delay(m, exit.At.Sub(process.Started))
}

// delay decides how long the next start has to wait.
func (w *worker) delay(m *member, ran time.Duration) {
	if m.backoff == 0 || ran > longRun {
		m.backoff = w.k.BackoffFirst
	} else {
		m.backoff = min(2*m.backoff, w.k.BackoffMax)
	}
	m.next = time.Now().Add(m.backoff)
}

func (w *worker) logFile(name string, run int32) string {
	return filepath.Join(w.k.logFolder(w.current()), name, fmt.Sprintf("%d.log", run))
}

// layer is the folder of one run's own file system layer.
func (w *worker) layer(m *member, run int32) string {
	return filepath.Join(w.k.scratchFolder(w.current()), "containers", fmt.Sprintf("%s-%d", m.Spec.Name, run))
}

// forget removes what is left of an old run; "kubectl logs --previous" needs one.
func (w *worker) forget(m *member, run int32) {
	_ = os.RemoveAll(w.layer(m, run+1))
	_ = os.Remove(w.logFile(m.Spec.Name, run))
}

// options gathers everything a container needs.
func (w *worker) options(m *member, entry imagemap.Entry, run int32) (container.Options, error) {
	d := w.downward()
	services, err := w.k.services.List(labels.Everything())
	if err != nil {
		return container.Options{}, err
	}
	base := map[string]string{"PATH": imagePath, "HOME": firstOf(os.Getenv("HOME"), "/")}
	for k, v := range entry.Env {
		base[k] = v
	}
	env, err := podspec.BuildEnv(base, podspec.ServiceEnv(services, d.Pod), d, m.Spec, w.lookup())
	if err != nil {
		return container.Options{}, err
	}
	m.env = env.List()
	o := container.Options{Network: w.sandbox.Namespace(), Stdin: m.Spec.Stdin, LogFile: w.logFile(m.Spec.Name, run)}
	o.Env, o.TTY, o.Hostname = m.env, m.Spec.TTY, d.Hostname
	o.Argv = entry.Argv(env.Expand(m.Spec.Command), env.Expand(m.Spec.Args))
	if entry.Pause {
		o.Argv = []string{self(), "pause"}
	}
	o.Workdir = firstOf(m.Spec.WorkingDir, entry.Workdir, "/")
	o.Rootfs = firstOf(entry.Rootfs, "/")
	o.Scratch = w.layer(m, run) // a fresh one for each run
	if s := m.Spec.SecurityContext; s != nil && s.ReadOnlyRootFilesystem != nil {
		o.ReadOnlyRoot = *s.ReadOnlyRootFilesystem
	}
	o.Files = w.files(d)
	o.Mounts, err = w.mounts(m.Spec, d.Pod, env)
	return o, err
}

// self is the path of this program.
func self() string {
	path, err := os.Executable()
	if err != nil {
		return os.Args[0]
	}
	return path
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// files are those the kubelet writes into every container.
func (w *worker) files(d podspec.Downward) map[string]string {
	return map[string]string{
		"/etc/hostname":    d.Hostname + "\n",
		"/etc/hosts":       podspec.Hosts(d, w.k.Domain),
		"/etc/resolv.conf": podspec.Resolver(d.Pod, w.k.DNS, w.k.Domain),
	}
}

func (w *worker) mounts(c *corev1.Container, pod *corev1.Pod, env podspec.Env) ([]container.Mount, error) {
	var out []container.Mount
	for _, vm := range c.VolumeMounts {
		source := ""
		for i := range pod.Spec.Volumes {
			if v := &pod.Spec.Volumes[i]; v.Name == vm.Name {
				source = w.volumes.Path(v)
			}
		}
		if source == "" {
			return nil, fmt.Errorf("volume %q is not defined", vm.Name)
		}
		sub := firstOf(vm.SubPath, strings.Join(env.Expand([]string{vm.SubPathExpr}), ""))
		if sub != "" {
			source = filepath.Join(source, filepath.Clean("/"+sub))
			if _, err := os.Stat(source); errors.Is(err, os.ErrNotExist) {
				if err := os.MkdirAll(source, 0o755); err != nil {
					return nil, err
				}
			}
		}
		out = append(out, container.Mount{Source: source, Target: vm.MountPath, ReadOnly: vm.ReadOnly})
	}
	return out, nil
}
