package volumes

import (
	"os"
	"path/filepath"
	"testing"
)

func TestWriteReplacesContentsAtOnce(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "v")
	steps := []payload{
		{"a": {"1", 0o644}, "sub/b": {"2", 0o600}},
		{"sub/b": {"3", 0o600}, "c": {"4", 0o444}},
	}
	for _, p := range steps {
		if err := write(folder, p); err != nil {
			t.Fatal(err)
		}
		for name, want := range p {
			got, err := os.ReadFile(filepath.Join(folder, name))
			if err != nil || string(got) != want.data {
				t.Errorf("%s = %q, %v, want %q", name, got, err, want.data)
			}
			if info, _ := os.Stat(filepath.Join(folder, name)); info.Mode().Perm() != want.mode {
				t.Errorf("%s has mode %o, want %o", name, info.Mode().Perm(), want.mode)
			}
		}
	}
	if _, err := os.Lstat(filepath.Join(folder, "a")); !os.IsNotExist(err) {
		t.Errorf("a removed key is still there: %v", err)
	}
	entries, _ := os.ReadDir(folder)
	if len(entries) != 4 { // ..data, the folder behind it, c and sub
		t.Errorf("left over entries: %v", entries)
	}
}
