package sandbox

import (
	"net/netip"
	"testing"
)

func TestPoolSkipsTheBridgeAndWalksOn(t *testing.T) {
	p := NewPool(netip.MustParsePrefix("10.244.0.0/29"))
	var taken []netip.Addr
	for range 5 {
		a, err := p.Take()
		if err != nil {
			t.Fatal(err)
		}
		taken = append(taken, a)
	}
	if taken[0].String() != "10.244.0.2" || taken[4].String() != "10.244.0.6" {
		t.Errorf("addresses = %v, want .2 to .6", taken)
	}
	if a, err := p.Take(); err == nil {
		t.Errorf("a full pool gave %s", a)
	}
	p.Release(taken[1])
	if a, err := p.Take(); err != nil || a != taken[1] {
		t.Errorf("Take = %s, %v, want the released %s", a, err, taken[1])
	}
}

func TestPoolDoesNotReuseAtOnce(t *testing.T) {
	p := NewPool(netip.MustParsePrefix("10.244.0.0/16"))
	first, _ := p.Take()
	p.Release(first)
	if second, _ := p.Take(); second == first {
		t.Errorf("%s was handed out again at once", first)
	}
}
