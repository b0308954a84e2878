package kubelet

import (
	"context"
	"fmt"
	"log"
	"path/filepath"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"mcp-gateway.local/bed/tools/internal/container"
	"mcp-gateway.local/bed/tools/internal/podspec"
	"mcp-gateway.local/bed/tools/internal/podstatus"
	"mcp-gateway.local/bed/tools/internal/sandbox"
	"mcp-gateway.local/bed/tools/internal/volumes"
)

// worker runs one Pod. All decisions are made on its own goroutine; what happens
// elsewhere (a process ends, a probe speaks) is posted to it as a function.
type worker struct {
	k      *Kubelet
	start  time.Time
	ctx    context.Context // ends with the worker
	cancel context.CancelFunc
	posts  chan func()
	wake   chan struct{}
	lost   chan struct{} // closed when the Pod has gone from the API
	lose   sync.Once
	// reported is closed after the first status report, or when there will be none.
	reported   chan struct{}
	reportOnce sync.Once

	mu      sync.Mutex // guards what other goroutines read: pod, sandbox, containers' processes
	pod     *corev1.Pod
	sandbox *sandbox.Sandbox

	volumes    *volumes.Set
	init, main []*member
	sent       *corev1.PodStatus
	complaint  string // the last preparation error that became an Event
}

// member is one container of the Pod.
type member struct {
	podstatus.Container
	process *container.Process // guarded by worker.mu
	env     []string
	next    time.Time // not to be started before
	backoff time.Duration
	pulls   int // failed look-ups of the image
	probing context.CancelFunc
}

func newWorker(k *Kubelet, pod *corev1.Pod) *worker {
	ctx, cancel := context.WithCancel(context.Background())
	w := &worker{
		k: k, pod: pod, start: time.Now(), ctx: ctx, cancel: cancel,
		posts: make(chan func(), 16), wake: make(chan struct{}, 1), lost: make(chan struct{}),
		reported: make(chan struct{}),
	}
	w.volumes = volumes.New(filepath.Join(k.scratchFolder(pod), "volumes"), w.volumeSource())
	for i := range pod.Spec.InitContainers {
		w.init = append(w.init, newMember(&pod.Spec.InitContainers[i], pod.Status.InitContainerStatuses))
	}
	for i := range pod.Spec.Containers {
		w.main = append(w.main, newMember(&pod.Spec.Containers[i], pod.Status.ContainerStatuses))
	}
	return w
}

// newMember takes over what an earlier kubelet reported: its containers ended with
// it, so those that had run count as lost.
func newMember(spec *corev1.Container, before []corev1.ContainerStatus) *member {
	m := &member{Container: podstatus.Container{Spec: spec.DeepCopy()}}
	m.wait("PodInitializing", "")
	for _, s := range before {
		if s.Name != spec.Name || s.ContainerID == "" {
			continue
		}
		m.ID, m.Restarts = s.ContainerID, s.RestartCount
		m.State = corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{
			ExitCode: 137, Reason: "ContainerStatusUnknown", ContainerID: s.ContainerID,
			Message: "the node was restarted", FinishedAt: metav1.Now(),
		}}
	}
	return m
}

func (m *member) wait(reason, message string) {
	m.State = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: reason, Message: message}}
	m.Ready = false
}

func (w *worker) members() []*member { return append(append([]*member{}, w.init...), w.main...) }

// current is the Pod as last seen.
func (w *worker) current() *corev1.Pod {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.pod
}

func (w *worker) update(pod *corev1.Pod) {
	w.mu.Lock()
	w.pod = pod
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// vanish tells the worker that its Pod has gone from the API, or must go now.
func (w *worker) vanish() { w.lose.Do(func() { close(w.lost) }) }

// post hands a function to the worker's goroutine.
func (w *worker) post(f func()) {
	select {
	case w.posts <- f:
	case <-w.ctx.Done():
	}
}

// idle is how often a worker looks at its volumes when nothing happens.
const idle = time.Second

func (w *worker) hasReported() { w.reportOnce.Do(func() { close(w.reported) }) }

func (w *worker) run() {
	defer w.cancel()
	defer w.hasReported()
	for {
		pod := w.current()
		if pod.DeletionTimestamp != nil || w.isLost() {
			w.terminate()
			return
		}
		pause := w.reconcile()
		select {
		case f := <-w.posts:
			f()
		case <-w.wake:
		case <-w.lost:
		case <-time.After(pause):
		}
	}
}

func (w *worker) isLost() bool {
	select {
	case <-w.lost:
		return true
	default:
		return false
	}
}

// downward is what the Pod may know about itself now.
func (w *worker) downward() podspec.Downward {
	d := podspec.Downward{Pod: w.current(), HostIP: w.k.Pool.Bridge().String(), Allocatable: allocatable()}
	d.Hostname = hostname(d.Pod)
	if w.sandbox != nil {
		d.PodIP = w.sandbox.IP.String()
	}
	return d
}

func hostname(pod *corev1.Pod) string {
	name := pod.Spec.Hostname
	if name == "" {
		name = pod.Name
	}
	return name[:min(len(name), 63)]
}

// publish reports the Pod's status if it differs from what was reported last. It
// gives the time after which a failed report should be repeated.
func (w *worker) publish() time.Duration {
	pod := w.current()
	in := podstatus.Inputs{Pod: pod, HostIP: w.k.Pool.Bridge().String(), Start: w.start, Now: time.Now()}
	if w.sandbox != nil {
		in.PodIP = w.sandbox.IP.String()
	}
	for _, m := range w.init {
		in.Init = append(in.Init, m.Container)
	}
	for _, m := range w.main {
		in.Main = append(in.Main, m.Container)
	}
	if w.sent != nil {
		// The informer may lag behind; times of transition come from what was sent.
		in.Pod = pod.DeepCopy()
		in.Pod.Status.Conditions = mergeConditions(pod.Status.Conditions, w.sent.Conditions)
	}
	status := podstatus.Compute(in)
	if w.sent != nil && equality.Semantic.DeepEqual(*w.sent, status) {
		return idle
	}
	if err := w.send(pod, status); err != nil {
		log.Printf("%s/%s: status: %v", pod.Namespace, pod.Name, err)
		return idle / 2
	}
	w.sent = &status
	w.hasReported()
	return idle
}

// mergeConditions prefers own conditions as sent and takes foreign ones as seen.
func mergeConditions(seen, sent []corev1.PodCondition) []corev1.PodCondition {
	merged := append([]corev1.PodCondition{}, sent...)
	for _, s := range seen {
		known := false
		for i := range merged {
			if merged[i].Type == s.Type {
				known = true
				if !ownCondition(s.Type) {
					merged[i] = s
				}
			}
		}
		if !known {
			merged = append(merged, s)
		}
	}
	return merged
}

func ownCondition(kind corev1.PodConditionType) bool {
	switch kind {
	case corev1.PodReady, corev1.ContainersReady, corev1.PodInitialized, corev1.PodReadyToStartContainers:
		return true
	}
	return false
}

func (w *worker) send(pod *corev1.Pod, status corev1.PodStatus) error {
	pods := w.k.Client.CoreV1().Pods(pod.Namespace)
	for try := 0; ; try++ {
		next := pod.DeepCopy()
		next.Status = status
		_, err := pods.UpdateStatus(w.ctx, next, metav1.UpdateOptions{})
		switch {
		case err == nil, apierrors.IsNotFound(err):
			return nil
		case apierrors.IsConflict(err) && try < 5:
			if pod, err = pods.Get(w.ctx, pod.Name, metav1.GetOptions{}); err != nil {
				return err
			}
			if pod.UID != w.current().UID {
				return nil // a successor with the same name
			}
			status.Conditions = mergeConditions(pod.Status.Conditions, status.Conditions)
		default:
			return fmt.Errorf("update: %w", err)
		}
	}
}
