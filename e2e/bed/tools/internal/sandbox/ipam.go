// Package sandbox gives each Pod a network of its own: a network namespace, a
// virtual cable to the bed's bridge and an address.
package sandbox

import (
	"fmt"
	"net/netip"
	"sync"
)

// Pool hands out addresses of a network. It walks on before it reuses one, so
// that a late connection to a gone Pod does not end at its successor.
type Pool struct {
	mu     sync.Mutex
	prefix netip.Prefix
	last   netip.Addr
	used   map[netip.Addr]bool
}

// NewPool begins after the first host address, which belongs to the bridge.
func NewPool(prefix netip.Prefix) *Pool {
	bridge := prefix.Masked().Addr().Next()
	return &Pool{prefix: prefix.Masked(), last: bridge, used: map[netip.Addr]bool{bridge: true}}
}

// Bridge is the address of the bed itself in this network.
func (p *Pool) Bridge() netip.Addr { return p.prefix.Addr().Next() }

// Bits is the length of the network's prefix.
func (p *Pool) Bits() int { return p.prefix.Bits() }

// Take gives a free address.
func (p *Pool) Take() (netip.Addr, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for tried := 0; tried <= len(p.used)+1; tried++ {
		p.last = p.last.Next()
		if !p.prefix.Contains(p.last.Next()) { // the broadcast address is no host
			p.last = p.prefix.Addr().Next()
		}
		if !p.used[p.last] {
			p.used[p.last] = true
			return p.last, nil
		}
	}
	return netip.Addr{}, fmt.Errorf("no free Pod address in %s", p.prefix)
}

// Release takes an address back.
func (p *Pool) Release(a netip.Addr) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.used, a)
}
