package podstatus

import (
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

var (
	running  = corev1.ContainerState{Running: &corev1.ContainerStateRunning{}}
	waiting  = corev1.ContainerState{Waiting: &corev1.ContainerStateWaiting{Reason: "ContainerCreating"}}
	finished = terminated(0)
	crashed  = terminated(1)
)

func terminated(code int32) corev1.ContainerState {
	return corev1.ContainerState{Terminated: &corev1.ContainerStateTerminated{ExitCode: code}}
}

func container(state corev1.ContainerState, ready bool) Container {
	return Container{Spec: &corev1.Container{Name: "c"}, State: state, Ready: ready, Started: ready}
}

func inputs(policy corev1.RestartPolicy, init []Container, main ...Container) Inputs {
	return Inputs{
		Pod:  &corev1.Pod{Spec: corev1.PodSpec{RestartPolicy: policy}},
		Init: init, Main: main, PodIP: "10.244.0.5", HostIP: "10.244.0.1", Start: time.Unix(1, 0), Now: time.Unix(2, 0),
	}
}

func TestPhase(t *testing.T) {
	looping := container(waiting, false)
	looping.Last = crashed
	sidecar := container(running, true)
	always := corev1.ContainerRestartPolicyAlways
	sidecar.Spec.RestartPolicy = &always
	for name, c := range map[string]struct {
		in   Inputs
		want corev1.PodPhase
	}{
		"running":                  {inputs("Always", nil, container(running, false)), corev1.PodRunning},
		"creating":                 {inputs("Always", nil, container(waiting, false)), corev1.PodPending},
		"one of two creating":      {inputs("Always", nil, container(running, true), container(waiting, false)), corev1.PodPending},
		"crash loop":               {inputs("Always", nil, looping), corev1.PodRunning},
		"ended but restarts":       {inputs("Always", nil, container(finished, false)), corev1.PodRunning},
		"job done":                 {inputs("Never", nil, container(finished, false)), corev1.PodSucceeded},
		"job failed":               {inputs("Never", nil, container(crashed, false)), corev1.PodFailed},
		"job retries":              {inputs("OnFailure", nil, container(crashed, false)), corev1.PodRunning},
		"init running":             {inputs("Always", []Container{container(running, false)}, container(waiting, false)), corev1.PodPending},
		"init failed for good":     {inputs("Never", []Container{container(crashed, false)}, container(waiting, false)), corev1.PodFailed},
		"init done":                {inputs("Always", []Container{container(finished, false)}, container(running, true)), corev1.PodRunning},
		"sidecar beside a job":     {inputs("Never", []Container{sidecar}, container(finished, false)), corev1.PodSucceeded},
		"one failed, one finished": {inputs("Never", nil, container(crashed, false), container(finished, false)), corev1.PodFailed},
	} {
		if got := Compute(c.in).Phase; got != c.want {
			t.Errorf("%s: phase = %s, want %s", name, got, c.want)
		}
	}
}

func condition(s corev1.PodStatus, kind corev1.PodConditionType) corev1.PodCondition {
	for _, c := range s.Conditions {
		if c.Type == kind {
			return c
		}
	}
	return corev1.PodCondition{}
}

func TestReadyNeedsAllContainersAndGates(t *testing.T) {
	in := inputs("Always", nil, container(running, true), container(running, false))
	s := Compute(in)
	if c := condition(s, corev1.PodReady); c.Status != corev1.ConditionFalse || c.Reason != "ContainersNotReady" {
		t.Errorf("Ready = %+v, want False, ContainersNotReady", c)
	}
	in.Main[1].Ready = true
	in.Pod.Spec.ReadinessGates = []corev1.PodReadinessGate{{ConditionType: "example.org/gate"}}
	if c := condition(Compute(in), corev1.PodReady); c.Reason != "ReadinessGatesNotReady" {
		t.Errorf("Ready = %+v, want a closed gate", c)
	}
	in.Pod.Status.Conditions = []corev1.PodCondition{{Type: "example.org/gate", Status: corev1.ConditionTrue}}
	s = Compute(in)
	if c := condition(s, corev1.PodReady); c.Status != corev1.ConditionTrue {
		t.Errorf("Ready = %+v, want True", c)
	}
	if c := condition(s, "example.org/gate"); c.Status != corev1.ConditionTrue {
		t.Error("a condition of somebody else was lost")
	}
}

func TestTransitionTimeStaysWhileTheStatusStays(t *testing.T) {
	in := inputs("Always", nil, container(running, true))
	in.Pod.Status = Compute(in)
	in.Now = time.Unix(50, 0)
	if c := condition(Compute(in), corev1.PodReady); !c.LastTransitionTime.Equal(&metav1.Time{Time: time.Unix(2, 0)}) {
		t.Errorf("transition time moved to %s", c.LastTransitionTime)
	}
	in.Main[0].Ready = false
	if c := condition(Compute(in), corev1.PodReady); !c.LastTransitionTime.Equal(&metav1.Time{Time: time.Unix(50, 0)}) {
		t.Errorf("transition time = %s, want the new one", c.LastTransitionTime)
	}
}
