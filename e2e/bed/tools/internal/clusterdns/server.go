package clusterdns

import (
	"context"
	"fmt"
	"log"
	"net"
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"
	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	corelisters "k8s.io/client-go/listers/core/v1"
	discoverylisters "k8s.io/client-go/listers/discovery/v1"
)

// ttl is short, since tests change the world fast.
const ttl = 1

// Server answers questions about the cluster's names.
type Server struct {
	domain    string
	hostsFile string
	services  corelisters.ServiceLister
	slices    discoverylisters.EndpointSliceLister

	mu       sync.Mutex
	hosts    map[string]netip.Addr
	hostsAge time.Time
}

// New makes a server. hostsFile need not exist; it is read anew when it changes.
func New(shared informers.SharedInformerFactory, domain, hostsFile string) *Server {
	return &Server{
		domain: domain, hostsFile: hostsFile,
		services: shared.Core().V1().Services().Lister(),
		slices:   shared.Discovery().V1().EndpointSlices().Lister(),
	}
}

// Serve listens on UDP and TCP until the context ends.
func (s *Server) Serve(ctx context.Context, address string) error {
	packets, err := net.ListenPacket("udp", address)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		packets.Close()
		return err
	}
	errs := make(chan error, 2)
	for _, server := range []*dns.Server{{PacketConn: packets, Handler: s}, {Listener: listener, Handler: s}} {
		context.AfterFunc(ctx, func() { _ = server.Shutdown() })
		go func() { errs <- server.ActivateAndServe() }()
	}
	if err := <-errs; ctx.Err() == nil {
		return fmt.Errorf("name server: %w", err)
	}
	return nil
}

// ServeDNS answers one question.
func (s *Server) ServeDNS(w dns.ResponseWriter, request *dns.Msg) {
	answer := new(dns.Msg)
	answer.SetReply(request)
	answer.Authoritative, answer.RecursionAvailable = true, true
	if len(request.Question) == 1 {
		q := request.Question[0]
		records, exists := s.resolve(strings.ToLower(strings.TrimSuffix(q.Name, ".")))
		if !exists {
			answer.Rcode = dns.RcodeNameError
		}
		answer.Answer = encode(q, records)
	}
	if err := w.WriteMsg(answer); err != nil {
		log.Printf("name server: %v", err)
	}
}

// target is what a name leads to: addresses or another name.
type target struct {
	addresses []netip.Addr
	alias     string
}

func encode(q dns.Question, t target) []dns.RR {
	header := dns.RR_Header{Name: q.Name, Class: dns.ClassINET, Ttl: ttl}
	if t.alias != "" {
		header.Rrtype = dns.TypeCNAME
		return []dns.RR{&dns.CNAME{Hdr: header, Target: dns.Fqdn(t.alias)}}
	}
	if q.Qtype != dns.TypeA {
		return nil // the name exists, but has only IPv4 addresses
	}
	var out []dns.RR
	header.Rrtype = dns.TypeA
	for _, a := range t.addresses {
		out = append(out, &dns.A{Hdr: header, A: net.IP(a.AsSlice())})
	}
	return out
}

func (s *Server) resolve(name string) (target, bool) {
	if name == "localhost" {
		return target{addresses: []netip.Addr{netip.AddrFrom4([4]byte{127, 0, 0, 1})}}, true
	}
	if a, ok := FindHost(s.readHosts(), name); ok {
		return target{addresses: []netip.Addr{a}}, true
	}
	if a, ok := Spelled(name); ok {
		return target{addresses: []netip.Addr{a}}, true
	}
	if parts, ok := ParseService(name, s.domain); ok {
		return s.service(parts)
	}
	return target{}, false
}

// readHosts reads the extra hosts file if it has changed.
func (s *Server) readHosts() map[string]netip.Addr {
	s.mu.Lock()
	defer s.mu.Unlock()
	info, err := os.Stat(s.hostsFile)
	if err != nil {
		s.hosts = nil
		return nil
	}
	if s.hosts == nil || !info.ModTime().Equal(s.hostsAge) {
		data, err := os.ReadFile(s.hostsFile)
		if err != nil {
			return s.hosts
		}
		s.hosts, s.hostsAge = ParseHosts(string(data)), info.ModTime()
	}
	return s.hosts
}

func (s *Server) service(n ServiceName) (target, bool) {
	service, err := s.services.Services(n.Namespace).Get(n.Service)
	if err != nil {
		return target{}, false
	}
	switch {
	case service.Spec.Type == corev1.ServiceTypeExternalName:
		return target{alias: service.Spec.ExternalName}, n.Host == ""
	case service.Spec.ClusterIP == corev1.ClusterIPNone:
		addresses := s.endpoints(n, service.Spec.PublishNotReadyAddresses)
		return target{addresses: addresses}, n.Host == "" || len(addresses) > 0
	case n.Host != "":
		return target{}, false
	}
	a, err := netip.ParseAddr(service.Spec.ClusterIP)
	return target{addresses: []netip.Addr{a}}, err == nil
}

// endpoints lists a headless Service's Pods, or the one with the host name.
func (s *Server) endpoints(n ServiceName, unready bool) []netip.Addr {
	own := labels.SelectorFromSet(labels.Set{discoveryv1.LabelServiceName: n.Service})
	slices, err := s.slices.EndpointSlices(n.Namespace).List(own)
	if err != nil {
		return nil
	}
	var out []netip.Addr
	for _, slice := range slices {
		for _, e := range slice.Endpoints {
			ready := e.Conditions.Ready == nil || *e.Conditions.Ready || unready
			named := n.Host == "" || e.Hostname != nil && *e.Hostname == n.Host
			if !ready || !named {
				continue
			}
			for _, text := range e.Addresses {
				if a, err := netip.ParseAddr(text); err == nil && a.Is4() {
					out = append(out, a)
				}
			}
		}
	}
	return out
}
