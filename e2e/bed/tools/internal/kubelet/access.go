package kubelet

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"mcp-gateway.local/bed/tools/internal/container"
)

// Command prepares a command inside a running container.
func (k *Kubelet) Command(namespace, pod, name string, argv []string) (*exec.Cmd, error) {
	w, err := k.find(namespace, pod)
	if err != nil {
		return nil, err
	}
	process, env, err := w.running(name)
	if err != nil {
		return nil, err
	}
	return command(process, env, argv), nil
}

// Process gives a running container, and whether its input ends with the first attach.
func (k *Kubelet) Process(namespace, pod, name string) (p *container.Process, once bool, err error) {
	w, err := k.find(namespace, pod)
	if err != nil {
		return nil, false, err
	}
	p, _, err = w.running(name)
	for _, m := range w.members() {
		if m.Spec.Name == name {
			once = m.Spec.StdinOnce
		}
	}
	return p, once, err
}

// Dial connects to a loopback port of a Pod.
func (k *Kubelet) Dial(ctx context.Context, namespace, pod string, port int32) (net.Conn, error) {
	w, err := k.find(namespace, pod)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	s := w.sandbox
	w.mu.Unlock()
	if s == nil {
		return nil, fmt.Errorf("pod %s/%s has no network yet", namespace, pod)
	}
	return s.Dial(ctx, port)
}

// Log finds the log file of a container, which may have ended long ago, and tells
// whether more may come.
func (k *Kubelet) Log(ctx context.Context, namespace, name, cont string, previous bool) (file string, finished func() bool, err error) {
	pod, err := k.Client.CoreV1().Pods(namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return "", nil, err
	}
	runs, err := logRuns(filepath.Join(k.logFolder(pod), cont))
	if err != nil || len(runs) == 0 {
		return "", nil, fmt.Errorf("container %q in pod %q is waiting to start: %s", cont, name, waitingReason(pod, cont))
	}
	run := runs[len(runs)-1]
	if previous {
		if len(runs) < 2 {
			return "", nil, fmt.Errorf("previous terminated container %q in pod %q not found", cont, name)
		}
		run = runs[len(runs)-2]
	}
	file = filepath.Join(k.logFolder(pod), cont, fmt.Sprintf("%d.log", run))
	return file, k.endOf(namespace, name, cont, previous), nil
}

// endOf tells whether the container that writes a log has ended by now.
func (k *Kubelet) endOf(namespace, pod, name string, previous bool) func() bool {
	if previous {
		return func() bool { return true }
	}
	process, _, err := k.Process(namespace, pod, name)
	if err != nil {
		return func() bool { return true }
	}
	return func() bool { return !process.Running() }
}

// logRuns lists the numbers of the kept log files.
func logRuns(folder string) ([]int, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	var runs []int
	for _, e := range entries {
		if n, err := strconv.Atoi(strings.TrimSuffix(e.Name(), ".log")); err == nil {
			runs = append(runs, n)
		}
	}
	slices.Sort(runs)
	return runs, nil
}

func waitingReason(pod *corev1.Pod, name string) string {
	for _, s := range append(pod.Status.InitContainerStatuses, pod.Status.ContainerStatuses...) {
		if s.Name == name && s.State.Waiting != nil {
			return s.State.Waiting.Reason + " " + s.State.Waiting.Message
		}
	}
	return "no log yet"
}
