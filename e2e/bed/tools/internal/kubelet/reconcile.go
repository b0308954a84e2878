package kubelet

import (
	"context"
	"fmt"
	"time"

	authenticationv1 "k8s.io/api/authentication/v1"
	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"mcp-gateway.local/bed/tools/internal/podspec"
	"mcp-gateway.local/bed/tools/internal/podstatus"
	"mcp-gateway.local/bed/tools/internal/sandbox"
	"mcp-gateway.local/bed/tools/internal/volumes"
)

// reconcile takes the Pod one step towards running. It says how long the worker
// may sleep if nothing happens.
func (w *worker) reconcile() time.Duration {
	pause := idle
	if err := w.prepare(); err != nil {
		w.complain(err)
		pause = idle / 4
	} else if w.runInit(&pause) {
		for _, m := range w.main {
			w.keepRunning(m, &pause)
		}
	}
	return min(pause, w.publish())
}

// prepare makes the network and fills the volumes.
func (w *worker) prepare() error {
	if w.sandbox == nil {
		s, err := w.newSandbox()
		if err != nil {
			return fmt.Errorf("sandbox: %w", err)
		}
		w.mu.Lock()
		w.sandbox = s
		w.mu.Unlock()
	}
	ctx, cancel := context.WithTimeout(w.ctx, 10*time.Second)
	defer cancel()
	return w.volumes.Sync(ctx, w.downward())
}

func (w *worker) newSandbox() (*sandbox.Sandbox, error) {
	if w.current().Spec.HostNetwork {
		return sandbox.Host(w.k.Pool)
	}
	return sandbox.New(w.k.Pool, w.k.Bridge)
}

// complain makes an Event of a preparation error, once per wording. Containers
// that already run go on with the volumes as they were.
func (w *worker) complain(err error) {
	if text := err.Error(); text != w.complaint {
		w.complaint = text
		w.k.event(w.current(), corev1.EventTypeWarning, "FailedMount", "%s", text)
	}
	for _, m := range w.members() {
		if m.State.Waiting != nil && m.Last.Terminated == nil {
			m.wait("ContainerCreating", "")
		}
	}
}

// runInit runs init containers in order; true means that all have passed.
func (w *worker) runInit(pause *time.Duration) bool {
	for _, m := range w.init {
		if podstatus.Sidecar(m.Spec) {
			w.keepRunning(m, pause)
			if m.State.Running == nil || !m.Started {
				return false
			}
			continue
		}
		if m.Succeeded() {
			m.Ready = true
			continue
		}
		w.keepRunning(m, pause)
		return false
	}
	return true
}

// keepRunning starts a container that should run and does not.
func (w *worker) keepRunning(m *member, pause *time.Duration) {
	if m.State.Running != nil || m.State.Terminated != nil && !w.restarts(m) {
		return
	}
	if ended := m.State.Terminated; ended != nil {
		m.Last = m.State
		message := fmt.Sprintf("back-off %s restarting failed container=%s pod=%s", m.backoff, m.Spec.Name, w.current().Name)
		m.wait("CrashLoopBackOff", message)
		w.k.event(w.current(), corev1.EventTypeWarning, "BackOff", "Back-off restarting failed container %s", m.Spec.Name)
	}
	if left := time.Until(m.next); left > 0 {
		*pause = min(*pause, left)
		return
	}
	w.startMember(m)
	if left := time.Until(m.next); m.State.Running == nil && left > 0 {
		*pause = min(*pause, left)
	}
}

// restarts tells whether an ended container is to run again.
func (w *worker) restarts(m *member) bool {
	if podstatus.Sidecar(m.Spec) {
		return true
	}
	failed := m.State.Terminated.ExitCode != 0
	for _, i := range w.init {
		if i == m {
			return failed && w.current().Spec.RestartPolicy != corev1.RestartPolicyNever
		}
	}
	switch w.current().Spec.RestartPolicy {
	case corev1.RestartPolicyNever:
		return false
	case corev1.RestartPolicyOnFailure:
		return failed
	}
	return true
}

// volumeSource answers from the informers' caches.
func (w *worker) volumeSource() volumes.Source {
	return volumes.Source{
		Lookup: w.lookup(),
		Binary: func(name string) map[string][]byte {
			if c, err := w.k.configMaps.ConfigMaps(w.current().Namespace).Get(name); err == nil {
				return c.BinaryData
			}
			return nil
		},
		Token: w.token,
	}
}

func (w *worker) lookup() podspec.Lookup {
	return podspec.Lookup{
		ConfigMap: func(name string) (map[string]string, bool) {
			c, err := w.k.configMaps.ConfigMaps(w.current().Namespace).Get(name)
			if err != nil {
				return nil, false
			}
			return c.Data, true
		},
		Secret: func(name string) (map[string][]byte, bool) {
			s, err := w.k.secrets.Secrets(w.current().Namespace).Get(name)
			if err != nil {
				return nil, false
			}
			return s.Data, true
		},
	}
}

// token asks for a ServiceAccount token that ends with the Pod.
func (w *worker) token(ctx context.Context, audience string, seconds int64) (string, time.Time, error) {
	pod := w.current()
	request := &authenticationv1.TokenRequest{Spec: authenticationv1.TokenRequestSpec{
		ExpirationSeconds: &seconds,
		BoundObjectRef:    &authenticationv1.BoundObjectReference{Kind: "Pod", APIVersion: "v1", Name: pod.Name, UID: pod.UID},
	}}
	if audience != "" {
		request.Spec.Audiences = []string{audience}
	}
	account := pod.Spec.ServiceAccountName
	if account == "" {
		account = "default"
	}
	answer, err := w.k.Client.CoreV1().ServiceAccounts(pod.Namespace).CreateToken(ctx, account, request, metav1.CreateOptions{})
	if err != nil {
		return "", time.Time{}, err
	}
	return answer.Status.Token, answer.Status.ExpirationTimestamp.Time, nil
}
