package kubelet

import (
	"context"
	"fmt"
	"log"
	"net/http"
	"sync"
	"syscall"
	"time"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/kubernetes/pkg/probe"

	"mcp-gateway.local/bed/tools/internal/container"
)

// lostGrace is what containers get whose Pod has gone already or whose kubelet ends.
const lostGrace = 2 * time.Second

// terminate ends the Pod: containers first, then the object, then the traces.
func (w *worker) terminate() {
	pod := w.current()
	grace := gracePeriod(pod)
	if w.isLost() {
		grace = min(grace, lostGrace)
	}
	// Sidecars outlive the containers that may need them.
	w.stopMembers(w.main, grace)
	w.stopMembers(w.init, grace)
	if !w.isLost() {
		w.confirm(pod)
	}
	w.mu.Lock()
	s := w.sandbox
	w.sandbox = nil
	w.mu.Unlock()
	if s != nil {
		s.Close()
	}
	w.k.clean(pod)
}

func (w *worker) stopMembers(members []*member, grace time.Duration) {
	var group sync.WaitGroup
	for _, m := range members {
		if m.probing != nil {
			m.probing()
		}
		if m.process != nil && m.process.Running() {
			w.k.event(w.current(), corev1.EventTypeNormal, "Killing", "Stopping container %s", m.Spec.Name)
			group.Go(func() { w.stopMember(m, grace) })
		}
	}
	group.Wait()
}

func (w *worker) stopMember(m *member, grace time.Duration) {
	deadline := time.Now().Add(grace)
	w.preStop(m, grace)
	ended := make(chan struct{})
	go func() { stop(m.process, max(time.Until(deadline), 0)); close(ended) }()
	select {
	case <-ended:
	case <-w.lost:
		// A forced deletion does not wait for the grace period.
		select {
		case <-ended:
		case <-time.After(min(grace, lostGrace)):
			m.process.Signal(syscall.SIGKILL)
			<-ended
		}
	}
}

// preStop runs a container's hook; it shares the grace period with the container.
func (w *worker) preStop(m *member, grace time.Duration) {
	if m.Spec.Lifecycle == nil || m.Spec.Lifecycle.PreStop == nil || w.isLost() {
		return
	}
	ctx, cancel := context.WithTimeout(w.ctx, grace)
	defer cancel()
	if err := w.hook(ctx, m.Spec.Lifecycle.PreStop, m); err != nil {
		w.k.event(w.current(), corev1.EventTypeWarning, "FailedPreStopHook", "%v", err)
	}
}

func (w *worker) hook(ctx context.Context, h *corev1.LifecycleHandler, m *member) error {
	switch {
	case h.Exec != nil:
		output, ok, err := w.execProbe(m.process, m.env)(ctx, h.Exec.Command)
		if err == nil && !ok {
			err = fmt.Errorf("PreStopHook failed: %s", output)
		}
		return err
	case h.Sleep != nil:
		select {
		case <-ctx.Done():
		case <-w.lost:
		case <-time.After(time.Duration(h.Sleep.Seconds) * time.Second):
		}
	case h.HTTPGet != nil:
		return w.httpHook(ctx, h.HTTPGet, m)
	}
	return nil
}

func (w *worker) httpHook(ctx context.Context, get *corev1.HTTPGetAction, m *member) error {
	port, err := probe.ResolveContainerPort(get.Port, m.Spec)
	if err != nil {
		return err
	}
	url := fmt.Sprintf("http://%s:%d%s", firstOf(get.Host, w.sandbox.IP.String()), port, get.Path)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return answer.Body.Close()
}

// confirm reports the last states and lets the API server drop the Pod.
func (w *worker) confirm(pod *corev1.Pod) {
	for _, m := range w.members() {
		if m.process != nil && m.State.Running != nil {
			w.ended(m, m.process)
		}
		m.Ready = false
	}
	w.publish()
	zero := int64(0)
	options := metav1.DeleteOptions{GracePeriodSeconds: &zero, Preconditions: &metav1.Preconditions{UID: &pod.UID}}
	for !w.isLost() {
		err := w.k.Client.CoreV1().Pods(pod.Namespace).Delete(w.ctx, pod.Name, options)
		if err == nil || apierrors.IsNotFound(err) || apierrors.IsConflict(err) {
			return
		}
		log.Printf("%s/%s: delete: %v", pod.Namespace, pod.Name, err)
		select {
		case <-w.lost:
		case <-time.After(idle):
		}
	}
}

// running gives a container's process and environment, for exec and attach.
func (w *worker) running(name string) (*container.Process, []string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, m := range append(append([]*member{}, w.main...), w.init...) {
		if m.Spec.Name == name || name == "" {
			if m.process == nil || !m.process.Running() {
				return nil, nil, fmt.Errorf("container %q is not running", m.Spec.Name)
			}
			return m.process, m.env, nil
		}
	}
	return nil, nil, fmt.Errorf("container %q not found in pod %q", name, w.pod.Name)
}
