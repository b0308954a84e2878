// Package podspec turns parts of a Pod into what a process needs: environment,
// arguments and downward API values. It talks to nobody.
package podspec

import (
	"fmt"
	"sort"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/kubernetes/pkg/kubelet/envvars"
	"k8s.io/kubernetes/third_party/forked/golang/expansion"
)

// Lookup fetches the objects that environment variables refer to. The boolean is
// false when the object does not exist.
type Lookup struct {
	ConfigMap func(name string) (map[string]string, bool)
	Secret    func(name string) (map[string][]byte, bool)
}

// ServiceEnv gives the variables for the Services a Pod may see: those of its own
// namespace, unless it opted out, and always the API server's.
func ServiceEnv(services []*corev1.Service, pod *corev1.Pod) []corev1.EnvVar {
	links := pod.Spec.EnableServiceLinks == nil || *pod.Spec.EnableServiceLinks
	var seen []*corev1.Service
	for _, s := range services {
		api := s.Namespace == "default" && s.Name == "kubernetes"
		if api || links && s.Namespace == pod.Namespace {
			seen = append(seen, s)
		}
	}
	// The API server's variables come first, so that a Service of the Pod's own
	// namespace that is also named kubernetes wins.
	sort.SliceStable(seen, func(i, j int) bool { return seen[i].Namespace == "default" && seen[j].Namespace != "default" })
	return envvars.FromServices(seen)
}

// Env is a set of variables that $(NAME) can refer to.
type Env map[string]string

// List gives the variables as NAME=value, sorted.
func (e Env) List() []string {
	list := make([]string, 0, len(e))
	for k, v := range e {
		list = append(list, k+"="+v)
	}
	sort.Strings(list)
	return list
}

// Expand replaces $(NAME) in a container's command or args. Unlike in env, the
// Services' variables take part.
func (e Env) Expand(words []string) []string {
	mapping := expansion.MappingFuncFor(e)
	out := make([]string, 0, len(words))
	for _, w := range words {
		out = append(out, expansion.Expand(w, mapping))
	}
	return out
}

// BuildEnv computes a container's environment. base holds what the image brings.
func BuildEnv(base map[string]string, services []corev1.EnvVar, d Downward, c *corev1.Container, look Lookup) (Env, error) {
	env := Env{"HOSTNAME": d.Hostname}
	for k, v := range base {
		env[k] = v
	}
	service := map[string]string{}
	for _, s := range services {
		service[s.Name] = s.Value
	}
	own := map[string]string{}
	for _, from := range c.EnvFrom {
		if err := addEnvFrom(own, from, look); err != nil {
			return nil, err
		}
	}
	mapping := expansion.MappingFuncFor(own, service)
	for _, v := range c.Env {
		value, skip, err := envValue(v, d, c, look)
		if err != nil {
			return nil, err
		}
		if v.ValueFrom == nil {
			value = expansion.Expand(value, mapping)
		}
		if !skip {
			own[v.Name] = value
		}
	}
	for _, layer := range []map[string]string{service, own} {
		for k, v := range layer {
			env[k] = v
		}
	}
	return env, nil
}

func addEnvFrom(env map[string]string, from corev1.EnvFromSource, look Lookup) error {
	switch {
	case from.ConfigMapRef != nil:
		data, ok := look.ConfigMap(from.ConfigMapRef.Name)
		if !ok {
			return missing("configmap", from.ConfigMapRef.Name, from.ConfigMapRef.Optional)
		}
		for k, v := range data {
			env[from.Prefix+k] = v
		}
	case from.SecretRef != nil:
		data, ok := look.Secret(from.SecretRef.Name)
		if !ok {
			return missing("secret", from.SecretRef.Name, from.SecretRef.Optional)
		}
		for k, v := range data {
			env[from.Prefix+k] = string(v)
		}
	}
	return nil
}

// missing words the error as the kubelet does, since people search for it.
func missing(kind, name string, optional *bool) error {
	if optional != nil && *optional {
		return nil
	}
	return fmt.Errorf("%s %q not found", kind, name)
}

func missingKey(kind, name, key string, optional *bool) error {
	if optional != nil && *optional {
		return nil
	}
	return fmt.Errorf("couldn't find key %s in %s %s", key, kind, name)
}

// envValue resolves one variable; skip is true for an optional reference that
// leads nowhere.
func envValue(v corev1.EnvVar, d Downward, c *corev1.Container, look Lookup) (value string, skip bool, err error) {
	from := v.ValueFrom
	switch {
	case from == nil:
		return v.Value, false, nil
	case from.FieldRef != nil:
		value, err = d.Field(from.FieldRef.FieldPath)
		return value, false, err
	case from.ResourceFieldRef != nil:
		value, err = d.Resource(from.ResourceFieldRef, c)
		return value, false, err
	case from.ConfigMapKeyRef != nil:
		return configMapKey(from.ConfigMapKeyRef, look)
	case from.SecretKeyRef != nil:
		return secretKey(from.SecretKeyRef, look)
	default:
		return "", false, fmt.Errorf("variable %s: this kind of valueFrom is not supported by the bed", v.Name)
	}
}

func configMapKey(ref *corev1.ConfigMapKeySelector, look Lookup) (string, bool, error) {
	data, ok := look.ConfigMap(ref.Name)
	if !ok {
		return "", true, missing("configmap", ref.Name, ref.Optional)
	}
	value, ok := data[ref.Key]
	if !ok {
		return "", true, missingKey("ConfigMap", ref.Name, ref.Key, ref.Optional)
	}
	return value, false, nil
}

func secretKey(ref *corev1.SecretKeySelector, look Lookup) (string, bool, error) {
	data, ok := look.Secret(ref.Name)
	if !ok {
		return "", true, missing("secret", ref.Name, ref.Optional)
	}
	value, ok := data[ref.Key]
	if !ok {
		return "", true, missingKey("Secret", ref.Name, ref.Key, ref.Optional)
	}
	return string(value), false, nil
}
