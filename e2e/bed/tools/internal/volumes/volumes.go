// Package volumes keeps the contents of Pods' volumes on disk and up to date.
package volumes

import (
	"context"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"time"

	corev1 "k8s.io/api/core/v1"

	"mcp-gateway.local/bed/tools/internal/podspec"
)

// Source answers what volumes are filled from.
type Source struct {
	podspec.Lookup
	// Binary gives a ConfigMap's binaryData.
	Binary func(name string) map[string][]byte
	// Token makes a token for the Pod's ServiceAccount.
	Token func(ctx context.Context, audience string, seconds int64) (token string, expires time.Time, err error)
}

// Set is the volumes of one Pod.
type Set struct {
	folder string
	source Source
	last   map[string]payload
	tokens map[string]token
}

type token struct {
	text  string
	renew time.Time
}

// New keeps its files below folder.
func New(folder string, source Source) *Set {
	return &Set{folder: folder, source: source, last: map[string]payload{}, tokens: map[string]token{}}
}

// Path is where a volume is on this machine.
func (s *Set) Path(v *corev1.Volume) string {
	if v.HostPath != nil {
		return v.HostPath.Path
	}
	return filepath.Join(s.folder, v.Name)
}

// Sync brings all volumes up to date. It is cheap when nothing has changed.
func (s *Set) Sync(ctx context.Context, d podspec.Downward) error {
	for i := range d.Pod.Spec.Volumes {
		v := &d.Pod.Spec.Volumes[i]
		if err := s.syncOne(ctx, v, d); err != nil {
			return fmt.Errorf("volume %q: %w", v.Name, err)
		}
	}
	return nil
}

func (s *Set) syncOne(ctx context.Context, v *corev1.Volume, d podspec.Downward) error {
	p := payload{}
	var err error
	switch {
	case v.EmptyDir != nil:
		return os.MkdirAll(s.Path(v), 0o777)
	case v.HostPath != nil:
		return hostPath(v.HostPath)
	case v.ConfigMap != nil:
		c := v.ConfigMap
		err = s.configMap(p, c.Name, c.Items, fileMode(c.DefaultMode), c.Optional)
	case v.Secret != nil:
		c := v.Secret
		err = s.secret(p, c.SecretName, c.Items, fileMode(c.DefaultMode), c.Optional)
	case v.DownwardAPI != nil:
		err = s.downward(p, v.DownwardAPI.Items, fileMode(v.DownwardAPI.DefaultMode), d)
	case v.Projected != nil:
		err = s.projected(ctx, p, v, d)
	default:
		return fmt.Errorf("this kind of volume is not supported by the bed")
	}
	if err != nil {
		return err
	}
	if last, known := s.last[v.Name]; known && maps.Equal(last, p) {
		return nil
	}
	if err := write(s.Path(v), p); err != nil {
		return err
	}
	s.last[v.Name] = p
	return nil
}

func fileMode(mode *int32) os.FileMode {
	if mode == nil {
		return 0o644
	}
	return os.FileMode(*mode)
}

func hostPath(h *corev1.HostPathVolumeSource) error {
	if h.Type != nil && *h.Type == corev1.HostPathDirectoryOrCreate {
		return os.MkdirAll(h.Path, 0o755)
	}
	if _, err := os.Stat(h.Path); err != nil {
		return fmt.Errorf("hostPath: %w", err)
	}
	return nil
}

func (s *Set) projected(ctx context.Context, p payload, v *corev1.Volume, d podspec.Downward) error {
	mode := fileMode(v.Projected.DefaultMode)
	for _, from := range v.Projected.Sources {
		var err error
		switch {
		case from.ConfigMap != nil:
			err = s.configMap(p, from.ConfigMap.Name, from.ConfigMap.Items, mode, from.ConfigMap.Optional)
		case from.Secret != nil:
			err = s.secret(p, from.Secret.Name, from.Secret.Items, mode, from.Secret.Optional)
		case from.DownwardAPI != nil:
			err = s.downward(p, from.DownwardAPI.Items, mode, d)
		case from.ServiceAccountToken != nil:
			err = s.accountToken(ctx, p, v.Name, from.ServiceAccountToken, mode)
		default:
			err = fmt.Errorf("this kind of projected source is not supported by the bed")
		}
		if err != nil {
			return err
		}
	}
	return nil
}
