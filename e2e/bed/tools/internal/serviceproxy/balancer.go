package serviceproxy

import (
	"context"
	"net/netip"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// balance gives a Service of type LoadBalancer its outer address, as a cloud would.
func (p *Proxy) balance(ctx context.Context, s *corev1.Service) error {
	if s.Spec.Type != corev1.ServiceTypeLoadBalancer || len(s.Status.LoadBalancer.Ingress) > 0 {
		return nil
	}
	address, err := OuterAddress(s.Spec.ClusterIP, p.balancer)
	if err != nil {
		return err
	}
	s = s.DeepCopy()
	s.Status.LoadBalancer.Ingress = []corev1.LoadBalancerIngress{{IP: address.String()}}
	_, err = p.client.CoreV1().Services(s.Namespace).UpdateStatus(ctx, s, metav1.UpdateOptions{})
	return err
}

// OuterAddress maps a Service's address into the balancer's network. The host part
// stays the same, so that no two Services meet and nothing needs to be remembered.
func OuterAddress(clusterIP string, network netip.Prefix) (netip.Addr, error) {
	inner, err := netip.ParseAddr(clusterIP)
	if err != nil {
		return netip.Addr{}, err
	}
	outer, host := network.Masked().Addr().As4(), inner.As4()
	for i := range outer {
		fixed := min(max(network.Bits()-8*i, 0), 8)
		outer[i] |= host[i] & (0xff >> fixed)
	}
	return netip.AddrFrom4(outer), nil
}
