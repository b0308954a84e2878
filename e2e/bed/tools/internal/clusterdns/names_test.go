package clusterdns

import "testing"

func TestSpelled(t *testing.T) {
	for name, want := range map[string]string{
		"mcp.127-0-0-1.sslip.io":      "127.0.0.1",
		"127.0.0.1.sslip.io":          "127.0.0.1",
		"a.b-10-97-0-3.nip.io":        "10.97.0.3",
		"keycloak.10.97.0.3.sslip.io": "10.97.0.3",
	} {
		if got, ok := Spelled(name); !ok || got.String() != want {
			t.Errorf("Spelled(%q) = %s, %v, want %s", name, got, ok, want)
		}
	}
	for _, name := range []string{"sslip.io", "a.sslip.io", "1-2-3.sslip.io", "300-0-0-1.sslip.io", "127-0-0-1.example.org"} {
		if got, ok := Spelled(name); ok {
			t.Errorf("Spelled(%q) = %s, want nothing", name, got)
		}
	}
}

func TestHosts(t *testing.T) {
	hosts := ParseHosts("# comment\n10.97.0.1 *.mcp.test api.mcp.test # tail\n10.97.0.2 A.b.mcp.test.\nbad line\n")
	for name, want := range map[string]string{
		"api.mcp.test": "10.97.0.1", "x.y.mcp.test": "10.97.0.1", "a.b.mcp.test": "10.97.0.2",
	} {
		if got, ok := FindHost(hosts, name); !ok || got.String() != want {
			t.Errorf("FindHost(%q) = %s, %v, want %s", name, got, ok, want)
		}
	}
	if _, ok := FindHost(hosts, "mcp.test"); ok {
		t.Error("a wildcard must not match its own parent")
	}
}

func TestParseService(t *testing.T) {
	for name, want := range map[string]ServiceName{
		"web.n.svc.cluster.local":    {"", "web", "n"},
		"p-0.db.n.svc.cluster.local": {"p-0", "db", "n"},
	} {
		if got, ok := ParseService(name, "cluster.local"); !ok || got != want {
			t.Errorf("ParseService(%q) = %+v, %v", name, got, ok)
		}
	}
	for _, name := range []string{"web.n", "n.svc.cluster.local", "web.n.svc.example.org"} {
		if got, ok := ParseService(name, "cluster.local"); ok {
			t.Errorf("ParseService(%q) = %+v, want nothing", name, got)
		}
	}
}
