package podspec

import (
	"reflect"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/api/resource"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

func testPod() *corev1.Pod {
	return &corev1.Pod{ObjectMeta: metav1.ObjectMeta{Name: "p", Namespace: "n", Labels: map[string]string{"app": "x"}}}
}

func testLookup() Lookup {
	return Lookup{
		ConfigMap: func(name string) (map[string]string, bool) {
			return map[string]string{"level": "debug"}, name == "settings"
		},
		Secret: func(name string) (map[string][]byte, bool) {
			return map[string][]byte{"key": []byte("hidden")}, name == "keys"
		},
	}
}

func fieldVar(name, path string) corev1.EnvVar {
	return corev1.EnvVar{Name: name, ValueFrom: &corev1.EnvVarSource{FieldRef: &corev1.ObjectFieldSelector{FieldPath: path}}}
}

func TestBuildEnv(t *testing.T) {
	c := &corev1.Container{
		EnvFrom: []corev1.EnvFromSource{{Prefix: "S_", ConfigMapRef: &corev1.ConfigMapEnvSource{
			LocalObjectReference: corev1.LocalObjectReference{Name: "settings"}}}},
		Env: []corev1.EnvVar{
			fieldVar("IP", "status.podIP"),
			fieldVar("APP", "metadata.labels['app']"),
			fieldVar("ACCOUNT", "spec.serviceAccountName"),
			{Name: "URL", Value: "http://$(IP):$(WEB_SERVICE_PORT)/$(S_level)/$$(IP)/$(NONE)"},
			{Name: "KEY", ValueFrom: &corev1.EnvVarSource{SecretKeyRef: &corev1.SecretKeySelector{
				LocalObjectReference: corev1.LocalObjectReference{Name: "keys"}, Key: "key"}}},
		},
	}
	d := Downward{Pod: testPod(), PodIP: "10.244.0.9", Hostname: "p"}
	services := []corev1.EnvVar{{Name: "WEB_SERVICE_PORT", Value: "80"}}
	env, err := BuildEnv(map[string]string{"PATH": "/bin"}, services, d, c, testLookup())
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"ACCOUNT=default", "APP=x", "HOSTNAME=p", "IP=10.244.0.9", "KEY=hidden", "PATH=/bin", "S_level=debug",
		"URL=http://10.244.0.9:80/debug/$(IP)/$(NONE)", "WEB_SERVICE_PORT=80",
	}
	if got := env.List(); !reflect.DeepEqual(got, want) {
		t.Errorf("env = %v\nwant  %v", got, want)
	}
	if got := env.Expand([]string{"--at=$(IP)", "$(NONE)"}); got[0] != "--at=10.244.0.9" || got[1] != "$(NONE)" {
		t.Errorf("expanded args = %v", got)
	}
}

func TestBuildEnvReportsMissingReferences(t *testing.T) {
	optional := true
	ref := func(name, key string, opt *bool) *corev1.Container {
		return &corev1.Container{Env: []corev1.EnvVar{{Name: "A", ValueFrom: &corev1.EnvVarSource{
			ConfigMapKeyRef: &corev1.ConfigMapKeySelector{
				LocalObjectReference: corev1.LocalObjectReference{Name: name}, Key: key, Optional: opt}}}}}
	}
	d := Downward{Pod: testPod()}
	for _, c := range []struct {
		container *corev1.Container
		message   string
	}{
		{ref("gone", "level", nil), `configmap "gone" not found`},
		{ref("settings", "gone", nil), "couldn't find key gone in ConfigMap settings"},
		{ref("gone", "level", &optional), ""},
		{ref("settings", "gone", &optional), ""},
	} {
		env, err := BuildEnv(nil, nil, d, c.container, testLookup())
		if c.message == "" {
			if _, set := env["A"]; err != nil || set {
				t.Errorf("an optional reference must be skipped, got %v, %v", env, err)
			}
			continue
		}
		if err == nil || !strings.Contains(err.Error(), c.message) {
			t.Errorf("error = %v, want %q", err, c.message)
		}
	}
}

func TestResourceFallsBackToTheNode(t *testing.T) {
	d := Downward{Pod: testPod(), Allocatable: corev1.ResourceList{corev1.ResourceCPU: resource.MustParse("2")}}
	ref := &corev1.ResourceFieldSelector{Resource: "limits.cpu", Divisor: resource.MustParse("1")}
	if got, err := d.Resource(ref, &corev1.Container{}); got != "2" || err != nil {
		t.Errorf("limits.cpu = %q, %v, want 2", got, err)
	}
}

func TestServiceEnvKeepsToTheNamespace(t *testing.T) {
	service := func(ns, name, ip string) *corev1.Service {
		return &corev1.Service{ObjectMeta: metav1.ObjectMeta{Namespace: ns, Name: name},
			Spec: corev1.ServiceSpec{ClusterIP: ip, Ports: []corev1.ServicePort{{Port: 80}}}}
	}
	services := []*corev1.Service{
		service("n", "web", "10.96.0.7"), service("other", "db", "10.96.0.8"), service("default", "kubernetes", "10.96.0.1"),
	}
	names := map[string]string{}
	for _, v := range ServiceEnv(services, testPod()) {
		names[v.Name] = v.Value
	}
	if names["WEB_SERVICE_HOST"] != "10.96.0.7" || names["KUBERNETES_SERVICE_HOST"] != "10.96.0.1" {
		t.Errorf("variables are missing: %v", names)
	}
	if _, leaked := names["DB_SERVICE_HOST"]; leaked {
		t.Error("a Service of another namespace must not show")
	}
}
