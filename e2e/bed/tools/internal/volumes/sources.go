package volumes

import (
	"context"
	"fmt"
	"os"
	"time"

	corev1 "k8s.io/api/core/v1"

	"mcp-gateway.local/bed/tools/internal/podspec"
)

func (s *Set) configMap(p payload, name string, items []corev1.KeyToPath, mode os.FileMode, optional *bool) error {
	text, ok := s.source.ConfigMap(name)
	if !ok {
		return absent("configmap", name, optional)
	}
	data := map[string]string{}
	for k, v := range text {
		data[k] = v
	}
	for k, v := range s.source.Binary(name) {
		data[k] = string(v)
	}
	return project(p, data, items, mode, optional)
}

func (s *Set) secret(p payload, name string, items []corev1.KeyToPath, mode os.FileMode, optional *bool) error {
	raw, ok := s.source.Secret(name)
	if !ok {
		return absent("secret", name, optional)
	}
	data := map[string]string{}
	for k, v := range raw {
		data[k] = string(v)
	}
	return project(p, data, items, mode, optional)
}

func absent(kind, name string, optional *bool) error {
	if optional != nil && *optional {
		return nil
	}
	return fmt.Errorf("%s %q not found", kind, name)
}

// project copies all keys, or those that items choose under the names they give.
func project(p payload, data map[string]string, items []corev1.KeyToPath, mode os.FileMode, optional *bool) error {
	if items == nil {
		for k, v := range data {
			p[k] = content{v, mode}
		}
		return nil
	}
	for _, item := range items {
		value, ok := data[item.Key]
		if !ok {
			if optional != nil && *optional {
				continue
			}
			return fmt.Errorf("references non-existent key: %s", item.Key)
		}
		itemMode := mode
		if item.Mode != nil {
			itemMode = os.FileMode(*item.Mode)
		}
		p[item.Path] = content{value, itemMode}
	}
	return nil
}

func (s *Set) downward(p payload, items []corev1.DownwardAPIVolumeFile, mode os.FileMode, d podspec.Downward) error {
	for _, item := range items {
		var value string
		var err error
		switch {
		case item.FieldRef != nil:
			value, err = d.Field(item.FieldRef.FieldPath)
		case item.ResourceFieldRef != nil:
			value, err = d.Resource(item.ResourceFieldRef, &corev1.Container{})
		}
		if err != nil {
			return err
		}
		p[item.Path] = content{value, mode}
	}
	return nil
}

func (s *Set) accountToken(ctx context.Context, p payload, volume string, from *corev1.ServiceAccountTokenProjection, mode os.FileMode) error {
	seconds := int64(3600)
	if from.ExpirationSeconds != nil {
		seconds = *from.ExpirationSeconds
	}
	key := volume + "/" + from.Path
	t := s.tokens[key]
	if time.Now().After(t.renew) {
		text, expires, err := s.source.Token(ctx, from.Audience, seconds)
		if err != nil {
			return fmt.Errorf("ServiceAccount token: %w", err)
		}
		// At four fifths of its life, as the kubelet does.
		t = token{text, time.Now().Add(time.Until(expires) * 4 / 5)}
		s.tokens[key] = t
	}
	p[from.Path] = content{t.text, mode}
	return nil
}
