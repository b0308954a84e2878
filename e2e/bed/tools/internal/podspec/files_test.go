package podspec

import (
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestResolver(t *testing.T) {
	pod := testPod()
	want := "nameserver 10.96.0.10\nsearch n.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n"
	if got := Resolver(pod, "10.96.0.10", "cluster.local"); got != want {
		t.Errorf("resolver = %q", got)
	}
	two := "2"
	pod.Spec.DNSConfig = &corev1.PodDNSConfig{Searches: []string{"x"}, Options: []corev1.PodDNSConfigOption{{Name: "ndots", Value: &two}}}
	pod.Spec.DNSPolicy = corev1.DNSNone
	if got, want := Resolver(pod, "10.96.0.10", "cluster.local"), "search x\noptions ndots:2\n"; got != want {
		t.Errorf("resolver = %q, want %q", got, want)
	}
}

func TestHosts(t *testing.T) {
	pod := testPod()
	pod.Spec.Subdomain = "db"
	pod.Spec.HostAliases = []corev1.HostAlias{{IP: "10.0.0.1", Hostnames: []string{"a", "b"}}}
	want := "127.0.0.1 localhost\n::1 localhost ip6-localhost\n10.244.0.9 p.db.n.svc.cluster.local p\n10.0.0.1 a b\n"
	if got := Hosts(Downward{Pod: pod, PodIP: "10.244.0.9", Hostname: "p"}, "cluster.local"); got != want {
		t.Errorf("hosts = %q, want %q", got, want)
	}
}
