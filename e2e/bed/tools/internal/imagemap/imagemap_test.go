package imagemap

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestRepository(t *testing.T) {
	for image, want := range map[string]string{
		"curl":                             "docker.io/library/curl",
		"curlimages/curl:8.1":              "docker.io/curlimages/curl",
		"localhost:5000/a/b":               "localhost:5000/a/b",
		"localhost:5000/a/b:v1":            "localhost:5000/a/b",
		"example.org/team/app@sha256:0123": "example.org/team/app",
	} {
		if got := Repository(image); got != want {
			t.Errorf("Repository(%q) = %q, want %q", image, got, want)
		}
	}
}

func TestFindPrefersTheLongestAndThenTheLastEntry(t *testing.T) {
	m := &Map{entries: []Entry{
		{Name: "*", Workdir: "any"},
		{Name: "example.org/*", Workdir: "pattern"},
		{Name: "example.org/app", Workdir: "first"},
		{Name: "example.org/app", Workdir: "second"},
	}}
	for image, want := range map[string]string{
		"busybox":               "any",
		"example.org/other:1.0": "pattern",
		"example.org/app:1.0":   "second",
	} {
		if got, ok := m.Find(image); !ok || got.Workdir != want {
			t.Errorf("Find(%q) = %q, %v, want %q", image, got.Workdir, ok, want)
		}
	}
	if _, ok := (&Map{}).Find("busybox"); ok {
		t.Error("an empty map must find nothing")
	}
}

func TestArgv(t *testing.T) {
	e := Entry{Entrypoint: []string{"run"}, Cmd: []string{"default"}}
	forced := Entry{Entrypoint: []string{"run"}, IgnoreCommand: true}
	for _, c := range []struct {
		entry               Entry
		command, args, want []string
	}{
		{e, nil, nil, []string{"run", "default"}},
		{e, nil, []string{"a"}, []string{"run", "a"}},
		{e, []string{"sh"}, nil, []string{"sh"}},
		{e, []string{"sh"}, []string{"-c"}, []string{"sh", "-c"}},
		{forced, []string{"/app/server"}, []string{"a"}, []string{"run", "a"}},
	} {
		if got := c.entry.Argv(c.command, c.args); !reflect.DeepEqual(got, c.want) {
			t.Errorf("Argv(%v, %v) = %v, want %v", c.command, c.args, got, c.want)
		}
	}
}

func TestLoadExpandsOnlyBedVariables(t *testing.T) {
	t.Setenv("BED_DIR", "/bed")
	folder := t.TempDir()
	text := "images:\n- name: a/b\n  entrypoint: ['${BED_DIR}/x', '${HOME}', '$1']\n"
	if err := os.WriteFile(filepath.Join(folder, "a.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	m, err := Load(folder, filepath.Join(folder, "missing"))
	if err != nil {
		t.Fatal(err)
	}
	e, _ := m.Find("a/b:1")
	if want := []string{"/bed/x", "${HOME}", "$1"}; !reflect.DeepEqual(e.Entrypoint, want) {
		t.Errorf("entrypoint = %v, want %v", e.Entrypoint, want)
	}
}
