package podspec

import (
	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/api/v1/resource"
	"k8s.io/kubernetes/pkg/fieldpath"
)

// Downward answers the questions a Pod may ask about itself.
type Downward struct {
	Pod      *corev1.Pod
	PodIP    string
	HostIP   string
	Hostname string
	// Allocatable stands in for limits that a container does not set.
	Allocatable corev1.ResourceList
}

// Field gives the value of a fieldRef.
func (d Downward) Field(path string) (string, error) {
	account := d.Pod.Spec.ServiceAccountName
	if account == "" {
		account = "default"
	}
	switch path {
	case "spec.nodeName":
		return d.Pod.Spec.NodeName, nil
	case "spec.serviceAccountName":
		return account, nil
	case "status.podIP", "status.podIPs":
		return d.PodIP, nil
	case "status.hostIP", "status.hostIPs":
		return d.HostIP, nil
	}
	return fieldpath.ExtractFieldPathAsString(d.Pod, path)
}

// Resource gives the value of a resourceFieldRef.
func (d Downward) Resource(ref *corev1.ResourceFieldSelector, c *corev1.Container) (string, error) {
	for i := range d.Pod.Spec.Containers {
		if d.Pod.Spec.Containers[i].Name == ref.ContainerName {
			c = &d.Pod.Spec.Containers[i]
		}
	}
	c = c.DeepCopy()
	resource.MergeContainerResourceLimits(c, d.Allocatable)
	return resource.ExtractContainerResourceValue(ref, c)
}
