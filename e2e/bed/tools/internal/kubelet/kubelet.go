// Package kubelet runs the Pods of a one-node cluster as processes of this
// machine and reports their state to the API server.
package kubelet

import (
	"context"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/fields"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/kubernetes/scheme"
	typedcorev1 "k8s.io/client-go/kubernetes/typed/core/v1"
	corelisters "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
	"k8s.io/client-go/tools/record"

	"mcp-gateway.local/bed/tools/internal/imagemap"
	"mcp-gateway.local/bed/tools/internal/sandbox"
)

// Config is what the kubelet is told at its start.
type Config struct {
	Client   kubernetes.Interface
	Shared   informers.SharedInformerFactory
	NodeName string
	Pool     *sandbox.Pool
	Bridge   string // the bridge's interface name
	DNS      string // the address of the cluster's name server
	Domain   string // the cluster's domain
	Scratch  string // a folder that can hold overlay layers
	Logs     string // where containers' logs go
	Images   []string
	// Crash loops wait for BackoffFirst, then twice as long each time up to BackoffMax.
	BackoffFirst time.Duration
	BackoffMax   time.Duration
}

// Kubelet owns one worker per Pod.
type Kubelet struct {
	Config
	services   corelisters.ServiceLister
	configMaps corelisters.ConfigMapLister
	secrets    corelisters.SecretLister
	recorder   record.EventRecorder

	mu      sync.Mutex
	workers map[types.UID]*worker
	closing bool
	ready   atomic.Bool
	group   sync.WaitGroup
}

// New makes a kubelet. The shared factory must be started after this call.
func New(c Config) *Kubelet {
	k := &Kubelet{
		Config:     c,
		workers:    map[types.UID]*worker{},
		services:   c.Shared.Core().V1().Services().Lister(),
		configMaps: c.Shared.Core().V1().ConfigMaps().Lister(),
		secrets:    c.Shared.Core().V1().Secrets().Lister(),
	}
	broadcaster := record.NewBroadcaster()
	broadcaster.StartRecordingToSink(&typedcorev1.EventSinkImpl{Interface: c.Client.CoreV1().Events("")})
	k.recorder = broadcaster.NewRecorder(scheme.Scheme, corev1.EventSource{Component: "kubelet", Host: c.NodeName})
	return k
}

// Run works until the context ends and then stops every container.
func (k *Kubelet) Run(ctx context.Context) error {
	if err := k.registerNode(ctx); err != nil {
		return err
	}
	go k.heartbeat(ctx)
	k.watchPods(ctx, fields.OneTermEqualSelector("spec.nodeName", ""), cache.ResourceEventHandlerFuncs{
		AddFunc:    func(o any) { k.bind(ctx, o.(*corev1.Pod)) },
		UpdateFunc: func(_, o any) { k.bind(ctx, o.(*corev1.Pod)) },
	})
	mine := k.watchPods(ctx, fields.OneTermEqualSelector("spec.nodeName", k.NodeName), cache.ResourceEventHandlerFuncs{
		AddFunc:    func(o any) { k.seen(o.(*corev1.Pod)) },
		UpdateFunc: func(_, o any) { k.seen(o.(*corev1.Pod)) },
		DeleteFunc: k.gone,
	})
	if !cache.WaitForCacheSync(ctx.Done(), mine.HasSynced) {
		return ctx.Err()
	}
	k.awaitReports(ctx)
	k.ready.Store(true)
	log.Printf("node %s is up", k.NodeName)
	<-ctx.Done()
	k.shutDown()
	return nil
}

// Ready tells whether what the API says of the Pods comes from this kubelet.
func (k *Kubelet) Ready() bool { return k.ready.Load() }

// awaitReports waits until every Pod that was there at the start has been reported
// once, since the API still shows it as an earlier kubelet left it.
func (k *Kubelet) awaitReports(ctx context.Context) {
	k.mu.Lock()
	var reported []chan struct{}
	for _, w := range k.workers {
		reported = append(reported, w.reported)
	}
	k.mu.Unlock()
	for _, r := range reported {
		select {
		case <-r:
		case <-ctx.Done():
			return
		}
	}
}

// watchPods watches one choice of Pods. A full look every now and then repairs
// what a failed binding left behind.
func (k *Kubelet) watchPods(ctx context.Context, which fields.Selector, handler cache.ResourceEventHandler) cache.Controller {
	source := cache.NewListWatchFromClient(k.Client.CoreV1().RESTClient(), "pods", corev1.NamespaceAll, which)
	_, controller := cache.NewInformerWithOptions(cache.InformerOptions{
		ListerWatcher: source, ObjectType: &corev1.Pod{}, ResyncPeriod: 5 * time.Second, Handler: handler,
	})
	go controller.RunWithContext(ctx)
	return controller
}

func (k *Kubelet) seen(pod *corev1.Pod) {
	k.mu.Lock()
	defer k.mu.Unlock()
	w := k.workers[pod.UID]
	if w == nil {
		if k.closing || finished(pod) && pod.DeletionTimestamp == nil {
			return
		}
		w = newWorker(k, pod)
		k.workers[pod.UID] = w
		k.group.Go(func() {
			w.run()
			k.mu.Lock()
			defer k.mu.Unlock()
			delete(k.workers, pod.UID)
		})
		return
	}
	w.update(pod)
}

// finished tells whether a Pod has nothing more to run, as seen by the API.
func finished(pod *corev1.Pod) bool {
	return pod.Status.Phase == corev1.PodSucceeded || pod.Status.Phase == corev1.PodFailed
}

func (k *Kubelet) gone(o any) {
	if last, ok := o.(cache.DeletedFinalStateUnknown); ok {
		o = last.Obj
	}
	pod, ok := o.(*corev1.Pod)
	if !ok {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if w := k.workers[pod.UID]; w != nil {
		w.vanish()
	}
}

// shutDown ends all containers, quickly but in order.
func (k *Kubelet) shutDown() {
	k.mu.Lock()
	k.closing = true
	for _, w := range k.workers {
		w.vanish()
	}
	k.mu.Unlock()
	k.group.Wait()
}

// find gives the worker of a Pod by name; of two with one name the live one.
func (k *Kubelet) find(namespace, name string) (*worker, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, w := range k.workers {
		if pod := w.current(); pod.Namespace == namespace && pod.Name == name {
			return w, nil
		}
	}
	return nil, fmt.Errorf("pod %s/%s is not running on this node", namespace, name)
}

// image looks an image up. The map is read anew each time, so that entries can be
// added while the bed runs.
func (k *Kubelet) image(name string) (imagemap.Entry, error) {
	m, err := imagemap.Load(k.Images...)
	if err != nil {
		return imagemap.Entry{}, err
	}
	entry, ok := m.Find(name)
	if !ok {
		return entry, fmt.Errorf("image %q is not in the bed's image map; add it with: bed image %s=COMMAND",
			name, imagemap.Repository(name))
	}
	return entry, nil
}

// logFolder is where a Pod's logs are, readable for people too.
func (k *Kubelet) logFolder(pod *corev1.Pod) string {
	return filepath.Join(k.Logs, pod.Namespace+"_"+pod.Name+"_"+string(pod.UID))
}

func (k *Kubelet) scratchFolder(pod *corev1.Pod) string {
	return filepath.Join(k.Scratch, string(pod.UID))
}

// event records an Event on a Pod.
func (k *Kubelet) event(pod *corev1.Pod, kind, reason, format string, args ...any) {
	k.recorder.Eventf(pod, kind, reason, format, args...)
}

// clean removes a gone Pod's scratch files; its logs stay.
func (k *Kubelet) clean(pod *corev1.Pod) {
	if err := os.RemoveAll(k.scratchFolder(pod)); err != nil {
		log.Printf("%s/%s: %v", pod.Namespace, pod.Name, err)
	}
}
