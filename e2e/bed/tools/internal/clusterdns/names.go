// Package clusterdns is the bed's name server. It knows Services and, of them,
// headless Services' endpoints, names that spell an address (as sslip.io does) and
// the names of an extra hosts file. Every other name does not exist: there is no
// way out of the bed.
package clusterdns

import (
	"net/netip"
	"regexp"
	"strings"
)

// spelled finds an IPv4 address in a name such as mcp.127-0-0-1.sslip.io.
var spelled = regexp.MustCompile(`(?:^|[.-])(\d{1,3})[.-](\d{1,3})[.-](\d{1,3})[.-](\d{1,3})\.(?:sslip|nip)\.io$`)

// Spelled gives the address that a name spells.
func Spelled(name string) (netip.Addr, bool) {
	parts := spelled.FindStringSubmatch(name)
	if parts == nil {
		return netip.Addr{}, false
	}
	address, err := netip.ParseAddr(strings.Join(parts[1:], "."))
	return address, err == nil
}

// ParseHosts reads lines of an address and names. A name may begin with "*." and
// then stands for every name below it.
func ParseHosts(text string) map[string]netip.Addr {
	hosts := map[string]netip.Addr{}
	for _, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		address, err := netip.ParseAddr(fields[0])
		if err != nil {
			continue
		}
		for _, name := range fields[1:] {
			hosts[strings.ToLower(strings.TrimSuffix(name, "."))] = address
		}
	}
	return hosts
}

// FindHost looks a name up, the exact name before any wildcard.
func FindHost(hosts map[string]netip.Addr, name string) (netip.Addr, bool) {
	if a, ok := hosts[name]; ok {
		return a, true
	}
	for rest := name; ; {
		_, parent, found := strings.Cut(rest, ".")
		if !found {
			return netip.Addr{}, false
		}
		if a, ok := hosts["*."+parent]; ok {
			return a, true
		}
		rest = parent
	}
}

// ServiceName is a name inside the cluster's domain, taken apart.
type ServiceName struct {
	Host, Service, Namespace string
}

// ParseService takes [HOST.]SERVICE.NAMESPACE.svc.DOMAIN apart.
func ParseService(name, domain string) (ServiceName, bool) {
	inside, ok := strings.CutSuffix(name, ".svc."+domain)
	if !ok {
		return ServiceName{}, false
	}
	parts := strings.Split(inside, ".")
	switch len(parts) {
	case 2:
		return ServiceName{Service: parts[0], Namespace: parts[1]}, true
	case 3:
		return ServiceName{Host: parts[0], Service: parts[1], Namespace: parts[2]}, true
	}
	return ServiceName{}, false
}
