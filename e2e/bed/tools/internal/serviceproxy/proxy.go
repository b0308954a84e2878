// Package serviceproxy makes Services reachable without kube-proxy.
//
// Every address of the Service network is local to the bed's network namespace,
// so this package simply listens on each Service's address and port and copies
// TCP connections to a ready endpoint. As with kube-proxy, a port without ready
// endpoints refuses connections. UDP is not served.
package serviceproxy

import (
	"context"
	"fmt"
	"log"
	"math/rand/v2"
	"net"
	"net/netip"
	"sync"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	corelisters "k8s.io/client-go/listers/core/v1"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
	"k8s.io/client-go/tools/cache"
)

// Proxy keeps the listeners in step with Services and EndpointSlices.
type Proxy struct {
	client   kubernetes.Interface
	services corelisters.ServiceLister
	slices   discoverylisters.EndpointSliceLister
	synced   []cache.InformerSynced
	balancer netip.Prefix
	dirty    chan struct{}

	fronts map[string]*front // by listening address
}

// New makes a proxy. Services of type LoadBalancer get addresses of the given
// network. The shared factory must be started after this call.
func New(client kubernetes.Interface, shared informers.SharedInformerFactory, balancer netip.Prefix) *Proxy {
	services, slices := shared.Core().V1().Services(), shared.Discovery().V1().EndpointSlices()
	p := &Proxy{
		client: client, services: services.Lister(), slices: slices.Lister(), balancer: balancer,
		dirty: make(chan struct{}, 1), fronts: map[string]*front{},
		synced: []cache.InformerSynced{services.Informer().HasSynced, slices.Informer().HasSynced},
	}
	touch := cache.ResourceEventHandlerFuncs{
		AddFunc:    func(any) { p.touch() },
		UpdateFunc: func(any, any) { p.touch() },
		DeleteFunc: func(any) { p.touch() },
	}
	for _, informer := range []cache.SharedIndexInformer{services.Informer(), slices.Informer()} {
		if _, err := informer.AddEventHandler(touch); err != nil {
			log.Fatalf("service proxy: %v", err) // only after the informer has stopped
		}
	}
	return p
}

func (p *Proxy) touch() {
	select {
	case p.dirty <- struct{}{}:
	default:
	}
}

// Run works until the context ends.
func (p *Proxy) Run(ctx context.Context) {
	if !cache.WaitForCacheSync(ctx.Done(), p.synced...) {
		return
	}
	// A regular look repairs a listener whose address was still taken.
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		p.sync(ctx)
		select {
		case <-ctx.Done():
			for _, f := range p.fronts {
				f.listener.Close()
			}
			return
		case <-p.dirty:
		case <-ticker.C:
		}
	}
}

func (p *Proxy) sync(ctx context.Context) {
	services, err := p.services.List(labels.Everything())
	if err != nil {
		log.Printf("service proxy: %v", err)
		return
	}
	wanted := map[string][]string{}
	for _, s := range services {
		// After a conflict the newer object comes by anyway.
		if err := p.balance(ctx, s); err != nil && ctx.Err() == nil && !apierrors.IsConflict(err) {
			log.Printf("service proxy: %s/%s: load balancer address: %v", s.Namespace, s.Name, err)
		}
		p.collect(s, wanted)
	}
	for address, f := range p.fronts {
		if _, keep := wanted[address]; !keep {
			f.listener.Close()
			delete(p.fronts, address)
		}
	}
	for address, backends := range wanted {
		p.serve(address, backends)
	}
}

// collect adds the listening addresses of a Service that has ready endpoints.
func (p *Proxy) collect(s *corev1.Service, wanted map[string][]string) {
	own := labels.SelectorFromSet(labels.Set{discoveryv1.LabelServiceName: s.Name})
	slices, err := p.slices.EndpointSlices(s.Namespace).List(own)
	if err != nil {
		return
	}
	for _, port := range s.Spec.Ports {
		if port.Protocol != corev1.ProtocolTCP && port.Protocol != "" {
			continue
		}
		backends := Backends(slices, port.Name)
		if len(backends) == 0 {
			continue
		}
		for _, address := range Addresses(s, port) {
			wanted[address] = backends
		}
	}
}

// Addresses lists where a Service's port is to be reached.
func Addresses(s *corev1.Service, port corev1.ServicePort) []string {
	var out []string
	hosts := append([]string{}, s.Spec.ExternalIPs...)
	if s.Spec.ClusterIP != "" && s.Spec.ClusterIP != corev1.ClusterIPNone {
		hosts = append(hosts, s.Spec.ClusterIP)
	}
	for _, ingress := range s.Status.LoadBalancer.Ingress {
		hosts = append(hosts, ingress.IP)
	}
	for _, h := range hosts {
		if h != "" {
			out = append(out, net.JoinHostPort(h, fmt.Sprint(port.Port)))
		}
	}
	if port.NodePort != 0 {
		out = append(out, fmt.Sprintf("0.0.0.0:%d", port.NodePort))
	}
	return out
}

// Backends lists the ready endpoints of a named port.
func Backends(slices []*discoveryv1.EndpointSlice, port string) []string {
	var out []string
	for _, slice := range slices {
		for _, p := range slice.Ports {
			if p.Port == nil || p.Name != nil && *p.Name != port || p.Name == nil && port != "" {
				continue
			}
			for _, e := range slice.Endpoints {
				if e.Conditions.Ready != nil && !*e.Conditions.Ready || len(e.Addresses) == 0 {
					continue
				}
				out = append(out, net.JoinHostPort(e.Addresses[0], fmt.Sprint(*p.Port)))
			}
		}
	}
	return out
}

// front is one listening address.
type front struct {
	listener net.Listener
	mu       sync.Mutex
	backends []string
}

func (p *Proxy) serve(address string, backends []string) {
	if f := p.fronts[address]; f != nil {
		f.mu.Lock()
		f.backends = backends
		f.mu.Unlock()
		return
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		log.Printf("service proxy: %v", err)
		return
	}
	f := &front{listener: listener, backends: backends}
	p.fronts[address] = f
	go f.accept()
}

func (f *front) accept() {
	for {
		conn, err := f.listener.Accept()
		if err != nil {
			return // closed
		}
		go f.forward(conn.(*net.TCPConn))
	}
}

// dialTimeout is short: an endpoint is on this machine or it is gone.
const dialTimeout = 2 * time.Second

// forward tries the endpoints in random order until one takes the connection.
func (f *front) forward(client *net.TCPConn) {
	f.mu.Lock()
	backends := append([]string{}, f.backends...)
	f.mu.Unlock()
	rand.Shuffle(len(backends), func(i, j int) { backends[i], backends[j] = backends[j], backends[i] })
	for _, b := range backends {
		if server, err := net.DialTimeout("tcp", b, dialTimeout); err == nil {
			join(client, server.(*net.TCPConn))
			return
		}
	}
	_ = client.SetLinger(0) // a reset, as when nobody listens
	client.Close()
}

// join copies both ways and hands on each side's end of data.
func join(a, b *net.TCPConn) {
	var group sync.WaitGroup
	pump := func(to, from *net.TCPConn) {
		if _, err := to.ReadFrom(from); err != nil {
			// A broken side must not leave the other one waiting.
			_ = to.SetLinger(0)
			to.Close()
			from.Close()
			return
		}
		_ = to.CloseWrite()
	}
	group.Go(func() { pump(a, b) })
	group.Go(func() { pump(b, a) })
	group.Wait()
	a.Close()
	b.Close()
}
