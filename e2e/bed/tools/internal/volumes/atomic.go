package volumes

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// content is one file of a volume.
type content struct {
	data string
	mode os.FileMode
}

// payload maps relative paths to contents.
type payload map[string]content

// dataLink always points at the folder with the current contents. Programs that
// watch a mounted ConfigMap know it by this name.
const dataLink = "..data"

// write brings a folder to the given contents in one step: it fills a new hidden
// folder and then turns the link over, so that no reader sees a mixture.
func write(folder string, p payload) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	fresh, err := os.MkdirTemp(folder, "..")
	if err != nil {
		return err
	}
	if err := os.Chmod(fresh, 0o755); err != nil {
		return err
	}
	for name, c := range p {
		if err := writeContent(filepath.Join(fresh, name), c); err != nil {
			return err
		}
	}
	old, _ := os.Readlink(filepath.Join(folder, dataLink))
	next := filepath.Join(folder, "..data_tmp")
	if err := os.Symlink(filepath.Base(fresh), next); err != nil {
		return err
	}
	if err := os.Rename(next, filepath.Join(folder, dataLink)); err != nil {
		return err
	}
	if err := linkTop(folder, p); err != nil {
		return err
	}
	if old != "" {
		return os.RemoveAll(filepath.Join(folder, old))
	}
	return nil
}

func writeContent(path string, c content) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(path, []byte(c.data), c.mode); err != nil {
		return err
	}
	return os.Chmod(path, c.mode) // the umask must not have its way
}

// linkTop makes the visible names, and removes those that are gone.
func linkTop(folder string, p payload) error {
	wanted := map[string]bool{}
	for name := range p {
		top, _, _ := strings.Cut(filepath.Clean(name), "/")
		wanted[top] = true
	}
	present, err := os.ReadDir(folder)
	if err != nil {
		return err
	}
	for _, entry := range present {
		if name := entry.Name(); !strings.HasPrefix(name, "..") && !wanted[name] {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				return err
			}
		}
	}
	for _, top := range slices.Sorted(maps.Keys(wanted)) {
		err := os.Symlink(filepath.Join(dataLink, top), filepath.Join(folder, top))
		if err != nil && !os.IsExist(err) {
			return err
		}
	}
	return nil
}
