// Package container runs one container as a process of this machine, in mount,
// PID and UTS namespaces of its own and in its Pod's network namespace.
//
// The process-kubelet starts itself again as "contain": that copy enters the
// namespaces, builds the file system view and then becomes the program.
package container

import (
	"encoding/json"
	"os"
)

// Mount binds a host path into the container.
type Mount struct {
	Source   string `json:"source"`
	Target   string `json:"target"`
	ReadOnly bool   `json:"readOnly,omitempty"`
}

// Spec is what the "contain" copy has to build. It travels as a JSON file.
type Spec struct {
	Argv     []string `json:"argv"`
	Env      []string `json:"env"`
	Workdir  string   `json:"workdir"`
	Hostname string   `json:"hostname"`
	TTY      bool     `json:"tty,omitempty"`

	// Rootfs is the lower layer; Scratch is a folder on a file system that can
	// hold an overlay's upper layer.
	Rootfs       string `json:"rootfs"`
	Scratch      string `json:"scratch"`
	ReadOnlyRoot bool   `json:"readOnlyRoot,omitempty"`

	// Files are written into the container's own layer, such as /etc/hosts.
	Files  map[string]string `json:"files,omitempty"`
	Mounts []Mount           `json:"mounts,omitempty"`
}

func (s Spec) save(name string) error {
	data, err := json.Marshal(s)
	if err != nil {
		return err
	}
	return os.WriteFile(name, data, 0o600)
}

func loadSpec(name string) (Spec, error) {
	var s Spec
	data, err := os.ReadFile(name)
	if err != nil {
		return s, err
	}
	return s, json.Unmarshal(data, &s)
}
