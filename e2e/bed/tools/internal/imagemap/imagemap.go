// Package imagemap says which program stands for a container image.
//
// The bed pulls no images. An image map entry names a repository and gives what
// the image's configuration would give: entrypoint, cmd, environment, working
// directory and, if it is not the host's, the root file system.
package imagemap

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"

	"sigs.k8s.io/yaml"
)

// Entry is what an image would bring to a container.
type Entry struct {
	// Name is a repository without a tag. A trailing "*" matches any continuation.
	Name string `json:"name"`
	// Entrypoint and Cmd mean what they mean in an image: a container's command
	// replaces both, a container's args replace Cmd.
	Entrypoint []string `json:"entrypoint,omitempty"`
	Cmd        []string `json:"cmd,omitempty"`
	// IgnoreCommand keeps Entrypoint although the container names a command, for
	// images whose paths do not exist on this machine.
	IgnoreCommand bool              `json:"ignoreCommand,omitempty"`
	Env           map[string]string `json:"env,omitempty"`
	Workdir       string            `json:"workdir,omitempty"`
	Rootfs        string            `json:"rootfs,omitempty"`
	// Pause makes a container that runs nothing and is up.
	Pause bool `json:"pause,omitempty"`
}

type file struct {
	Images []Entry `json:"images"`
}

// Map finds entries for image names.
type Map struct {
	entries []Entry
}

// variable is the only notation that is expanded, so that shell code inside an
// entry keeps its own dollar signs.
var variable = regexp.MustCompile(`\$\{(BED_[A-Z_]+)\}`)

// Load reads map files and, of folders, every *.yaml file in name order. Later
// entries win over earlier ones of the same name. A missing folder is no error,
// since the run time additions come one by one.
func Load(paths ...string) (*Map, error) {
	m := &Map{}
	for _, path := range paths {
		files, err := expandFolder(path)
		if err != nil {
			return nil, err
		}
		for _, name := range files {
			if err := m.add(name); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

func expandFolder(path string) ([]string, error) {
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return []string{path}, nil
	}
	files, err := filepath.Glob(filepath.Join(path, "*.yaml"))
	sort.Strings(files)
	return files, err
}

func (m *Map) add(name string) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	var f file
	if err := yaml.UnmarshalStrict(data, &f); err != nil {
		return fmt.Errorf("image map %s: %w", name, err)
	}
	for _, e := range f.Images {
		if e.Name == "" {
			return fmt.Errorf("image map %s: an entry has no name", name)
		}
		m.entries = append(m.entries, expand(e))
	}
	return nil
}

func expand(e Entry) Entry {
	e.Entrypoint, e.Cmd = expandAll(e.Entrypoint), expandAll(e.Cmd)
	e.Workdir, e.Rootfs = expandOne(e.Workdir), expandOne(e.Rootfs)
	for k, v := range e.Env {
		e.Env[k] = expandOne(v)
	}
	return e
}

func expandAll(in []string) []string {
	out := make([]string, 0, len(in))
	for _, s := range in {
		out = append(out, expandOne(s))
	}
	return out
}

func expandOne(s string) string {
	return variable.ReplaceAllStringFunc(s, func(v string) string {
		return os.Getenv(variable.FindStringSubmatch(v)[1])
	})
}

// Find returns the entry whose name fits the image best: the longest match wins,
// and of equally long ones the last.
func (m *Map) Find(image string) (Entry, bool) {
	repository := Repository(image)
	best, found := Entry{}, false
	bestLength := -1
	for _, e := range m.entries {
		if length := matchLength(e.Name, repository); length >= bestLength && length >= 0 {
			best, bestLength, found = e, length, true
		}
	}
	return best, found
}

func matchLength(pattern, repository string) int {
	if pattern == "*" {
		return 0
	}
	if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
		prefix = qualify(prefix)
		if strings.HasPrefix(repository, prefix) {
			return len(prefix)
		}
		return -1
	}
	// An exact name beats a pattern of the same length.
	if name := Repository(pattern); name == repository {
		return len(name) + 1
	}
	return -1
}

// Repository cuts tag and digest off an image name and completes short names the
// way container engines do ("curl" is docker.io/library/curl).
func Repository(image string) string {
	image, _, _ = strings.Cut(image, "@")
	slash := strings.LastIndex(image, "/")
	if colon := strings.LastIndex(image, ":"); colon > slash {
		image = image[:colon]
	}
	return qualify(image)
}

func qualify(name string) string {
	first, rest, many := strings.Cut(name, "/")
	switch {
	case !many:
		return "docker.io/library/" + name
	case strings.ContainsAny(first, ".:") || first == "localhost":
		return first + "/" + rest
	default:
		return "docker.io/" + name
	}
}

// Argv joins an entry with a container's command and args as an engine would.
func (e Entry) Argv(command, args []string) []string {
	if len(command) > 0 && !e.IgnoreCommand {
		return append(append([]string{}, command...), args...)
	}
	argv := append([]string{}, e.Entrypoint...)
	if len(args) > 0 {
		return append(argv, args...)
	}
	return append(argv, e.Cmd...)
}
