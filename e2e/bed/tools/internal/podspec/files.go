package podspec

import (
	"fmt"
	"slices"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Hosts is a Pod's /etc/hosts.
func Hosts(d Downward, domain string) string {
	names := d.Hostname
	if sub := d.Pod.Spec.Subdomain; sub != "" {
		names = fmt.Sprintf("%s.%s.%s.svc.%s %s", d.Hostname, sub, d.Pod.Namespace, domain, d.Hostname)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "127.0.0.1 localhost\n::1 localhost ip6-localhost\n%s %s\n", d.PodIP, names)
	for _, alias := range d.Pod.Spec.HostAliases {
		fmt.Fprintf(&b, "%s %s\n", alias.IP, strings.Join(alias.Hostnames, " "))
	}
	return b.String()
}

// Resolver is a Pod's /etc/resolv.conf.
func Resolver(pod *corev1.Pod, server, domain string) string {
	servers := []string{server}
	searches := []string{pod.Namespace + ".svc." + domain, "svc." + domain, domain}
	options := []string{"ndots:5"}
	if pod.Spec.DNSPolicy == corev1.DNSNone {
		servers, searches, options = nil, nil, nil
	}
	if c := pod.Spec.DNSConfig; c != nil {
		servers = append(servers, c.Nameservers...)
		searches = append(searches, c.Searches...)
		for _, o := range c.Options {
			options = slices.DeleteFunc(options, func(known string) bool {
				name, _, _ := strings.Cut(known, ":")
				return name == o.Name
			})
			text := o.Name
			if o.Value != nil {
				text += ":" + *o.Value
			}
			options = append(options, text)
		}
	}
	var b strings.Builder
	for _, s := range servers {
		fmt.Fprintf(&b, "nameserver %s\n", s)
	}
	if len(searches) > 0 {
		fmt.Fprintf(&b, "search %s\n", strings.Join(searches, " "))
	}
	if len(options) > 0 {
		fmt.Fprintf(&b, "options %s\n", strings.Join(options, " "))
	}
	return b.String()
}
