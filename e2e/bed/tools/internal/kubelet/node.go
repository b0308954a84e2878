package kubelet

import (
	"context"
	"fmt"
	"log"
	"runtime"
	"time"

	coordinationv1 "k8s.io/api/coordination/v1"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const (
	leaseNamespace = "kube-node-lease"
	heartbeatEvery = 10 * time.Second
	// apiPort is where "kubectl logs" and "kubectl exec" arrive.
	apiPort = 10250
)

// allocatable is generous on purpose: the machine's real limits apply anyway.
func allocatable() corev1.ResourceList {
	return corev1.ResourceList{
		corev1.ResourceCPU:    *resource.NewQuantity(int64(runtime.NumCPU()), resource.DecimalSI),
		corev1.ResourceMemory: resource.MustParse("16Gi"),
		corev1.ResourcePods:   resource.MustParse("500"),
	}
}

func (k *Kubelet) registerNode(ctx context.Context) error {
	node := &corev1.Node{ObjectMeta: metav1.ObjectMeta{
		Name: k.NodeName,
		Labels: map[string]string{
			corev1.LabelHostname: k.NodeName, corev1.LabelOSStable: runtime.GOOS, corev1.LabelArchStable: runtime.GOARCH,
		},
	}}
	_, err := k.Client.CoreV1().Nodes().Create(ctx, node, metav1.CreateOptions{})
	if err != nil && !apierrors.IsAlreadyExists(err) {
		return fmt.Errorf("register the node: %w", err)
	}
	if err := k.reportNode(ctx); err != nil {
		return fmt.Errorf("report the node's status: %w", err)
	}
	return nil
}

func (k *Kubelet) reportNode(ctx context.Context) error {
	node, err := k.Client.CoreV1().Nodes().Get(ctx, k.NodeName, metav1.GetOptions{})
	if err != nil {
		return err
	}
	now := metav1.Now()
	since := now
	for _, c := range node.Status.Conditions {
		if c.Type == corev1.NodeReady && c.Status == corev1.ConditionTrue {
			since = c.LastTransitionTime
		}
	}
	node.Status.Capacity, node.Status.Allocatable = allocatable(), allocatable()
	node.Status.Conditions = []corev1.NodeCondition{{
		Type: corev1.NodeReady, Status: corev1.ConditionTrue, Reason: "KubeletReady",
		Message: "process-kubelet runs Pods as processes", LastHeartbeatTime: now, LastTransitionTime: since,
	}}
	node.Status.Addresses = []corev1.NodeAddress{
		{Type: corev1.NodeInternalIP, Address: k.Pool.Bridge().String()},
		{Type: corev1.NodeHostName, Address: k.NodeName},
	}
	node.Status.DaemonEndpoints.KubeletEndpoint.Port = apiPort
	node.Status.NodeInfo.KubeletVersion = "process-kubelet"
	node.Status.NodeInfo.OperatingSystem = runtime.GOOS
	node.Status.NodeInfo.Architecture = runtime.GOARCH
	node.Status.NodeInfo.ContainerRuntimeVersion = "process://1"
	_, err = k.Client.CoreV1().Nodes().UpdateStatus(ctx, node, metav1.UpdateOptions{})
	return err
}

// heartbeat keeps the node's lease and status fresh.
func (k *Kubelet) heartbeat(ctx context.Context) {
	ticker := time.NewTicker(heartbeatEvery)
	defer ticker.Stop()
	for {
		if err := k.renewLease(ctx); err != nil && ctx.Err() == nil {
			log.Printf("lease: %v", err)
		}
		if err := k.reportNode(ctx); err != nil && ctx.Err() == nil {
			log.Printf("node status: %v", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

func (k *Kubelet) renewLease(ctx context.Context) error {
	leases := k.Client.CoordinationV1().Leases(leaseNamespace)
	now, seconds := metav1.NowMicro(), int32(40)
	spec := coordinationv1.LeaseSpec{HolderIdentity: &k.NodeName, LeaseDurationSeconds: &seconds, RenewTime: &now}
	lease, err := leases.Get(ctx, k.NodeName, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		lease = &coordinationv1.Lease{ObjectMeta: metav1.ObjectMeta{Name: k.NodeName, Namespace: leaseNamespace}, Spec: spec}
		_, err = leases.Create(ctx, lease, metav1.CreateOptions{})
		return err
	}
	if err != nil {
		return err
	}
	lease.Spec = spec
	_, err = leases.Update(ctx, lease, metav1.UpdateOptions{})
	return err
}

// bind is the whole scheduler: there is one node, so every Pod goes there.
func (k *Kubelet) bind(ctx context.Context, pod *corev1.Pod) {
	if pod.DeletionTimestamp != nil || len(pod.Spec.SchedulingGates) > 0 || pod.Spec.NodeName != "" {
		return
	}
	binding := &corev1.Binding{
		ObjectMeta: metav1.ObjectMeta{Name: pod.Name, Namespace: pod.Namespace, UID: pod.UID},
		Target:     corev1.ObjectReference{Kind: "Node", Name: k.NodeName},
	}
	err := k.Client.CoreV1().Pods(pod.Namespace).Bind(ctx, binding, metav1.CreateOptions{})
	switch {
	case err == nil:
		k.event(pod, corev1.EventTypeNormal, "Scheduled", "Successfully assigned %s/%s to %s", pod.Namespace, pod.Name, k.NodeName)
	case apierrors.IsConflict(err), apierrors.IsNotFound(err):
		// Somebody else bound or deleted it in the meantime.
	default:
		log.Printf("bind %s/%s: %v", pod.Namespace, pod.Name, err)
	}
}
