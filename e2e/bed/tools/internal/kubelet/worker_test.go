package kubelet

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	corev1 "k8s.io/api/core/v1"
)

func TestMergeConditionsKeepsOwnAndTakesForeign(t *testing.T) {
	seen := []corev1.PodCondition{
		{Type: corev1.PodReady, Status: corev1.ConditionFalse},
		{Type: "gate", Status: corev1.ConditionTrue},
		{Type: corev1.PodScheduled, Status: corev1.ConditionTrue},
	}
	sent := []corev1.PodCondition{
		{Type: corev1.PodReady, Status: corev1.ConditionTrue},
		{Type: "gate", Status: corev1.ConditionFalse},
	}
	want := []corev1.PodCondition{
		{Type: corev1.PodReady, Status: corev1.ConditionTrue},
		{Type: "gate", Status: corev1.ConditionTrue},
		{Type: corev1.PodScheduled, Status: corev1.ConditionTrue},
	}
	if got := mergeConditions(seen, sent); !reflect.DeepEqual(got, want) {
		t.Errorf("conditions = %v, want %v", got, want)
	}
}

func TestNewMemberCountsTheRunsOfAnEarlierKubelet(t *testing.T) {
	before := []corev1.ContainerStatus{{Name: "c", ContainerID: "process://u/c/2", RestartCount: 2}, {Name: "d"}}
	c := newMember(&corev1.Container{Name: "c"}, before)
	if c.Restarts != 2 || c.State.Terminated == nil || c.State.Terminated.Reason != "ContainerStatusUnknown" {
		t.Errorf("state = %+v, restarts %d, want a lost third run", c.State, c.Restarts)
	}
	if d := newMember(&corev1.Container{Name: "d"}, before); d.State.Waiting == nil {
		t.Errorf("state = %+v, want a container that never ran to wait", d.State)
	}
}

func TestLogRunsAreInOrder(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"10.log", "9.log", "notes.txt"} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := logRuns(folder); err != nil || !reflect.DeepEqual(got, []int{9, 10}) {
		t.Errorf("runs = %v, %v, want 9 and 10", got, err)
	}
}
