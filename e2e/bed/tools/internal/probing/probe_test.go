package probing

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/util/intstr"
)

func TestJudgeWaitsForTheThresholds(t *testing.T) {
	j := NewJudge(&corev1.Probe{SuccessThreshold: 2, FailureThreshold: 2})
	for i, c := range []struct{ result, decided bool }{
		{true, false}, {true, true}, {false, false}, {true, false}, {false, false}, {false, true}, {false, true},
	} {
		if good, decided := j.Add(c.result); good != c.result || decided != c.decided {
			t.Errorf("step %d: Add(%v) = %v, %v, want decided %v", i, c.result, good, decided, c.decided)
		}
	}
}

func TestJudgeDefaults(t *testing.T) {
	j := NewJudge(&corev1.Probe{})
	j.Add(false)
	j.Add(false)
	if _, decided := j.Add(false); !decided {
		t.Error("three failures must decide by default")
	}
	if _, decided := j.Add(true); !decided {
		t.Error("one success must decide by default")
	}
}

func TestOnceFindsNamedPorts(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/ready" || r.Header.Get("X-Probe") != "yes" {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
	}))
	defer server.Close()
	host, text, _ := net.SplitHostPort(server.Listener.Addr().String())
	port, _ := strconv.Atoi(text)
	target := Target{PodIP: host, Container: &corev1.Container{
		Ports: []corev1.ContainerPort{{Name: "web", ContainerPort: int32(port)}}}}
	get := func(path string) *corev1.Probe {
		return &corev1.Probe{ProbeHandler: corev1.ProbeHandler{HTTPGet: &corev1.HTTPGetAction{Path: path,
			Port: intstr.FromString("web"), HTTPHeaders: []corev1.HTTPHeader{{Name: "X-Probe", Value: "yes"}}}}}
	}
	if r := Once(get("/ready"), target); !r.Success {
		t.Errorf("probe failed: %s", r.Message)
	}
	if r := Once(get("/other"), target); r.Success || r.Message != "HTTP probe failed with statuscode: 503" {
		t.Errorf("result = %+v, want a failure with its status code", r)
	}
	tcp := &corev1.Probe{ProbeHandler: corev1.ProbeHandler{TCPSocket: &corev1.TCPSocketAction{Port: intstr.FromInt32(int32(port))}}}
	if r := Once(tcp, target); !r.Success {
		t.Errorf("tcp probe failed: %s", r.Message)
	}
	server.Close()
	if r := Once(tcp, target); r.Success {
		t.Error("a closed port must fail")
	}
}

func TestOnceExec(t *testing.T) {
	p := &corev1.Probe{ProbeHandler: corev1.ProbeHandler{Exec: &corev1.ExecAction{Command: []string{"check"}}}}
	target := Target{Exec: func(_ context.Context, command []string) (string, bool, error) {
		return "seen " + command[0], false, nil
	}}
	if r := Once(p, target); r.Success || r.Message != "seen check" {
		t.Errorf("result = %+v", r)
	}
}
