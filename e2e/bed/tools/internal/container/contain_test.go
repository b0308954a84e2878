package container

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestResolveInFollowsLinksBelowTheRoot(t *testing.T) {
	root := t.TempDir()
	for _, d := range []string{"run", "var", "opt/app"} {
		if err := os.MkdirAll(filepath.Join(root, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"var/run": "/run", "opt/current": "app", "up": "../../../opt"} {
		if err := os.Symlink(to, filepath.Join(root, link)); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{
		"/var/run/secrets/x": "/run/secrets/x",
		"/opt/current/etc":   "/opt/app/etc",
		"/new/one":           "/new/one",
		"/up/app":            "/opt/app", // ".." stops at the root
	} {
		if got, err := resolveIn(root, path); err != nil || got != root+want {
			t.Errorf("resolveIn(%q) = %q, %v, want %q", path, got, err, root+want)
		}
	}
}

func TestResolveInRefusesCircles(t *testing.T) {
	root := t.TempDir()
	if err := os.Symlink("b", filepath.Join(root, "b")); err != nil {
		t.Fatal(err)
	}
	if _, err := resolveIn(root, "/b/c"); err == nil {
		t.Error("a circle of links must be an error")
	}
}

func TestOtherMounts(t *testing.T) {
	table := `1 0 8:1 / / rw - ext4 /dev/sda1 rw
2 1 0:5 / /proc rw - proc proc rw
3 1 0:6 / /dev/shm rw - tmpfs tmpfs rw
4 1 8:2 / /home rw - ext4 /dev/sda2 rw
5 1 8:3 / /my\040disk rw - ext4 /dev/sda3 rw
6 1 0:9 / /srv/bed/pods rw - tmpfs bed-pods rw
7 1 0:4 / /run/netns/x rw - nsfs nsfs rw
8 1 0:4 / /development rw - ext4 /dev/sda4 rw
9 1 0:8 / /srv rw - ext4 /dev/sda5 rw
10 6 0:10 / /srv/bed/pods/uid/containers/c-0/root rw - overlay overlay rw
`
	want := []string{"/home", "/my disk", "/development", "/srv"}
	if got := otherMounts(table, "/srv/bed/pods/uid/containers/c-0"); !reflect.DeepEqual(got, want) {
		t.Errorf("mounts = %v, want %v", got, want)
	}
}
