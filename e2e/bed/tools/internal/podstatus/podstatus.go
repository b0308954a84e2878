// Package podstatus computes a Pod's status from the states of its containers.
package podstatus

import (
	"fmt"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Container is what the kubelet knows of one container.
type Container struct {
	Spec     *corev1.Container
	ID       string
	State    corev1.ContainerState
	Last     corev1.ContainerState
	Restarts int32
	Ready    bool
	Started  bool
}

// Sidecar tells whether an init container is one that keeps running.
func Sidecar(c *corev1.Container) bool {
	return c.RestartPolicy != nil && *c.RestartPolicy == corev1.ContainerRestartPolicyAlways
}

// Succeeded tells whether a container has done its work.
func (c Container) Succeeded() bool {
	return c.State.Terminated != nil && c.State.Terminated.ExitCode == 0
}

// everRan tells whether a container has got as far as running.
func (c Container) everRan() bool {
	return c.State.Running != nil || c.State.Terminated != nil || c.Last.Terminated != nil
}

// passed tells whether the next init container, or the Pod proper, may start.
func (c Container) passed() bool {
	if Sidecar(c.Spec) {
		return c.State.Running != nil && c.Started
	}
	return c.Succeeded()
}

// Inputs are everything the status depends on.
type Inputs struct {
	Pod        *corev1.Pod
	Init, Main []Container
	PodIP      string
	HostIP     string
	Start      time.Time
	Now        time.Time
}

// Compute gives the new status. Conditions that belong to others are kept.
func Compute(in Inputs) corev1.PodStatus {
	s := *in.Pod.Status.DeepCopy()
	start := metav1.NewTime(in.Start)
	s.StartTime = &start
	s.HostIP, s.HostIPs = in.HostIP, []corev1.HostIP{{IP: in.HostIP}}
	s.PodIP, s.PodIPs = in.PodIP, nil
	if in.PodIP != "" {
		s.PodIPs = []corev1.PodIP{{IP: in.PodIP}}
	}
	s.ObservedGeneration = in.Pod.Generation
	s.InitContainerStatuses = statuses(in.Init)
	s.ContainerStatuses = statuses(in.Main)
	s.Phase = phase(in)
	setConditions(&s, in)
	return s
}

func statuses(containers []Container) []corev1.ContainerStatus {
	var out []corev1.ContainerStatus
	for _, c := range containers {
		started := c.Started
		out = append(out, corev1.ContainerStatus{
			Name: c.Spec.Name, Image: c.Spec.Image, ImageID: c.Spec.Image, ContainerID: c.ID,
			State: c.State, LastTerminationState: c.Last, RestartCount: c.Restarts,
			Ready: c.Ready, Started: &started,
		})
	}
	return out
}

func phase(in Inputs) corev1.PodPhase {
	policy := in.Pod.Spec.RestartPolicy
	for _, c := range in.Init {
		if failedForGood(c, policy) {
			return corev1.PodFailed
		}
		if !c.passed() && !Sidecar(c.Spec) {
			return corev1.PodPending
		}
	}
	running, succeeded, failed := 0, 0, 0
	for _, c := range in.Main {
		switch {
		case !c.everRan():
			return corev1.PodPending
		case c.Succeeded() && policy != corev1.RestartPolicyAlways:
			succeeded++
		case failedForGood(c, policy):
			failed++
		default:
			running++
		}
	}
	switch {
	case running > 0:
		return corev1.PodRunning
	case failed > 0:
		return corev1.PodFailed
	case succeeded > 0:
		return corev1.PodSucceeded
	}
	return corev1.PodPending
}

func failedForGood(c Container, policy corev1.RestartPolicy) bool {
	return policy == corev1.RestartPolicyNever && !Sidecar(c.Spec) &&
		c.State.Terminated != nil && c.State.Terminated.ExitCode != 0
}

func setConditions(s *corev1.PodStatus, in Inputs) {
	var unfinished, unready []string
	for _, c := range in.Init {
		if !c.passed() {
			unfinished = append(unfinished, c.Spec.Name)
		}
	}
	for _, c := range in.Main {
		if !c.Ready {
			unready = append(unready, c.Spec.Name)
		}
	}
	done := s.Phase == corev1.PodSucceeded
	set := func(kind corev1.PodConditionType, good bool, reason, message string) {
		if good {
			reason, message = "", ""
		} else if done {
			reason, message = "PodCompleted", ""
		}
		setCondition(s, kind, good, reason, message, in)
	}
	set(corev1.PodReadyToStartContainers, in.PodIP != "", "", "")
	setCondition(s, corev1.PodInitialized, len(unfinished) == 0, "ContainersNotInitialized",
		"containers with incomplete status: ["+strings.Join(unfinished, " ")+"]", in)
	message := "containers with unready status: [" + strings.Join(unready, " ") + "]"
	ready := len(unready) == 0 && len(unfinished) == 0
	set(corev1.ContainersReady, ready, "ContainersNotReady", message)
	reason := "ContainersNotReady"
	if gate := closedGate(s, in.Pod); ready && gate != "" {
		ready, reason, message = false, "ReadinessGatesNotReady", gate
	}
	set(corev1.PodReady, ready, reason, message)
}

// closedGate names a readiness gate that is not open yet.
func closedGate(s *corev1.PodStatus, pod *corev1.Pod) string {
	for _, gate := range pod.Spec.ReadinessGates {
		open := false
		for _, c := range s.Conditions {
			open = open || c.Type == gate.ConditionType && c.Status == corev1.ConditionTrue
		}
		if !open {
			return fmt.Sprintf("corresponding condition of pod readiness gate %q is not True", gate.ConditionType)
		}
	}
	return ""
}

func setCondition(s *corev1.PodStatus, kind corev1.PodConditionType, good bool, reason, message string, in Inputs) {
	status := corev1.ConditionFalse
	if good {
		status, reason, message = corev1.ConditionTrue, "", ""
	}
	next := corev1.PodCondition{
		Type: kind, Status: status, Reason: reason, Message: message,
		LastTransitionTime: metav1.NewTime(in.Now), ObservedGeneration: in.Pod.Generation,
	}
	for i, c := range s.Conditions {
		if c.Type != kind {
			continue
		}
		if c.Status == status {
			next.LastTransitionTime = c.LastTransitionTime
		}
		s.Conditions[i] = next
		return
	}
	s.Conditions = append(s.Conditions, next)
}
