package serviceproxy

import (
	"io"
	"net"
	"net/netip"
	"reflect"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
)

func ptr[T any](v T) *T { return &v }

func TestOuterAddress(t *testing.T) {
	got, err := OuterAddress("10.96.12.7", netip.MustParsePrefix("10.97.0.0/16"))
	if err != nil || got.String() != "10.97.12.7" {
		t.Errorf("address = %s, %v, want 10.97.12.7", got, err)
	}
}

func TestBackendsAreReadyEndpointsOfThePort(t *testing.T) {
	slices := []*discoveryv1.EndpointSlice{{
		Ports: []discoveryv1.EndpointPort{{Name: ptr("http"), Port: ptr(int32(8080))}, {Name: ptr("grpc"), Port: ptr(int32(9090))}},
		Endpoints: []discoveryv1.Endpoint{
			{Addresses: []string{"10.244.0.2"}, Conditions: discoveryv1.EndpointConditions{Ready: ptr(true)}},
			{Addresses: []string{"10.244.0.3"}, Conditions: discoveryv1.EndpointConditions{Ready: ptr(false)}},
			{Addresses: []string{"10.244.0.4"}},
		},
	}}
	want := []string{"10.244.0.2:8080", "10.244.0.4:8080"}
	if got := Backends(slices, "http"); !reflect.DeepEqual(got, want) {
		t.Errorf("backends = %v, want %v", got, want)
	}
	if got := Backends(slices, ""); got != nil {
		t.Errorf("backends of an unnamed port = %v, want none", got)
	}
}

func TestAddresses(t *testing.T) {
	s := &corev1.Service{Spec: corev1.ServiceSpec{ClusterIP: "10.96.0.9"}}
	s.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: "10.97.0.9"}}
	want := []string{"10.96.0.9:80", "10.97.0.9:80", "0.0.0.0:30080"}
	if got := Addresses(s, corev1.ServicePort{Port: 80, NodePort: 30080}); !reflect.DeepEqual(got, want) {
		t.Errorf("addresses = %v, want %v", got, want)
	}
	s.Spec.ClusterIP, s.Status = corev1.ClusterIPNone, corev1.ServiceStatus{}
	if got := Addresses(s, corev1.ServicePort{Port: 80}); got != nil {
		t.Errorf("addresses of a headless Service = %v, want none", got)
	}
}

// TestForward checks that an end of data crosses the proxy in each direction alone.
func TestForward(t *testing.T) {
	backend, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer backend.Close()
	go func() {
		conn, err := backend.Accept()
		if err != nil {
			return
		}
		text, _ := io.ReadAll(conn)
		_, _ = conn.Write(append([]byte("got "), text...))
		conn.Close()
	}()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{listener: listener, backends: []string{"127.0.0.1:1", backend.Addr().String()}}
	go f.accept()
	defer listener.Close()
	conn, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	_, _ = conn.Write([]byte("it"))
	_ = conn.(*net.TCPConn).CloseWrite()
	if answer, err := io.ReadAll(conn); string(answer) != "got it" {
		t.Errorf("answer = %q, %v", answer, err)
	}
}
