// Package probing runs a container's startup, liveness and readiness probes.
package probing

import (
	"context"
	"fmt"
	"time"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/probe"
	grpcprobe "k8s.io/kubernetes/pkg/probe/grpc"
	httpprobe "k8s.io/kubernetes/pkg/probe/http"
	tcpprobe "k8s.io/kubernetes/pkg/probe/tcp"
)

// Exec runs a command in the probed container. ok tells whether it exited zero.
type Exec func(ctx context.Context, command []string) (output string, ok bool, err error)

// Target is what is probed.
type Target struct {
	Container *corev1.Container
	PodIP     string
	Exec      Exec
}

// Result is one verdict.
type Result struct {
	Success bool
	Message string
}

// Once runs a probe one time.
func Once(p *corev1.Probe, t Target) Result {
	timeout := seconds(p.TimeoutSeconds, 1)
	verdict, message, err := probe.Failure, "", error(nil)
	switch {
	case p.HTTPGet != nil:
		verdict, message, err = onceHTTP(p.HTTPGet, t, timeout)
	case p.TCPSocket != nil:
		host := orElse(p.TCPSocket.Host, t.PodIP)
		var port int
		if port, err = probe.ResolveContainerPort(p.TCPSocket.Port, t.Container); err == nil {
			verdict, message, err = tcpprobe.New().Probe(host, port, timeout)
		}
	case p.GRPC != nil:
		service := ""
		if p.GRPC.Service != nil {
			service = *p.GRPC.Service
		}
		verdict, message, err = grpcprobe.New().Probe(t.PodIP, service, int(p.GRPC.Port), timeout)
	case p.Exec != nil:
		return onceExec(p.Exec.Command, t, timeout)
	default:
		err = fmt.Errorf("the probe has no action")
	}
	if err != nil {
		return Result{Message: err.Error()}
	}
	return Result{Success: verdict == probe.Success || verdict == probe.Warning, Message: message}
}

func onceHTTP(get *corev1.HTTPGetAction, t Target, timeout time.Duration) (probe.Result, string, error) {
	request, err := httpprobe.NewRequestForHTTPGetAction(get, t.Container, t.PodIP, "probe")
	if err != nil {
		return probe.Failure, "", err
	}
	return httpprobe.New(false).Probe(request, timeout)
}

func onceExec(command []string, t Target, timeout time.Duration) Result {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	output, ok, err := t.Exec(ctx, command)
	if err != nil {
		return Result{Message: err.Error()}
	}
	return Result{Success: ok, Message: output}
}

func orElse(value, other string) string {
	if value == "" {
		return other
	}
	return value
}

func seconds(value, byDefault int32) time.Duration {
	if value <= 0 {
		value = byDefault
	}
	return time.Duration(value) * time.Second
}

// Judge counts results in a row and says when the verdict changes.
type Judge struct {
	successes, failures int32
	needSuccess         int32
	needFailure         int32
}

// NewJudge takes the thresholds of a probe.
func NewJudge(p *corev1.Probe) *Judge {
	return &Judge{needSuccess: max(p.SuccessThreshold, 1), needFailure: thresholdOr(p.FailureThreshold, 3)}
}

func thresholdOr(value, byDefault int32) int32 {
	if value <= 0 {
		return byDefault
	}
	return value
}

// Add takes a result in. decided is true when a threshold has been reached; good
// is the verdict then.
func (j *Judge) Add(success bool) (good, decided bool) {
	if success {
		j.successes, j.failures = j.successes+1, 0
		return true, j.successes >= j.needSuccess
	}
	j.failures, j.successes = j.failures+1, 0
	return false, j.failures >= j.needFailure
}

// Run probes until the context ends. It reports each threshold that is reached,
// with the last message, and every single failure.
func Run(ctx context.Context, p *corev1.Probe, t Target, verdict func(good bool, r Result), failed func(r Result)) {
	judge := NewJudge(p)
	wait := time.Duration(p.InitialDelaySeconds) * time.Second
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		wait = seconds(p.PeriodSeconds, 10)
		r := Once(p, t)
		if ctx.Err() != nil {
			return
		}
		if !r.Success {
			failed(r)
		}
		if good, decided := judge.Add(r.Success); decided {
			verdict(good, r)
		}
	}
}
