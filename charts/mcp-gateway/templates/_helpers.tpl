{{- define "mcp-gateway.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- /* The release's name if it says mcp-gateway already. Room is left for "-controller". */ -}}
{{- define "mcp-gateway.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 45 | trimSuffix "-" -}}
{{- else if contains (include "mcp-gateway.name" .) .Release.Name -}}
{{- .Release.Name | trunc 45 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "mcp-gateway.name" .) | trunc 45 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "mcp-gateway.controller" -}}
{{- include "mcp-gateway.fullname" . }}-controller
{{- end -}}

{{- define "mcp-gateway.labels" -}}
{{ include "mcp-gateway.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "mcp-gateway.selector" -}}
app.kubernetes.io/name: mcp-gateway
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- /* What the controller's pods carry and only they; the labels that users know are among them. */ -}}
{{- define "mcp-gateway.controllerSelector" -}}
app: mcp-controller
app.kubernetes.io/component: controller
{{ include "mcp-gateway.selector" . }}
{{- end -}}

{{- define "mcp-gateway.controllerLabels" -}}
app: mcp-controller
app.kubernetes.io/component: controller
{{ include "mcp-gateway.labels" . }}
{{- end -}}

{{- /* (dict "image" .Values.image "root" .) */ -}}
{{- define "mcp-gateway.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ .image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{- define "mcp-gateway.crossNamespace" -}}
{{- if and .Values.mcpGatewayExtension.create (ne .Values.mcpGatewayExtension.gatewayRef.namespace .Release.Namespace) -}}true{{- end -}}
{{- end -}}

{{- /* Two controllers would undo each other's work; say so before anything is installed. */ -}}
{{- define "mcp-gateway.onlyController" -}}
{{- range (lookup "rbac.authorization.k8s.io/v1" "ClusterRole" "" "").items -}}
{{- $labels := .metadata.labels | default dict -}}
{{- $annotations := .metadata.annotations | default dict -}}
{{- if and (eq (get $labels "app") "mcp-controller") (eq (get $labels "app.kubernetes.io/name") "mcp-gateway") -}}
{{- $release := get $annotations "meta.helm.sh/release-name" -}}
{{- $namespace := get $annotations "meta.helm.sh/release-namespace" -}}
{{- if or (ne $release $.Release.Name) (ne $namespace $.Release.Namespace) -}}
{{- fail (printf "ClusterRole %s belongs to another installation of the controller (%s). One controller serves the whole cluster: set controller.enabled=false for this release." .metadata.name (ternary (printf "release %s in namespace %s" $release $namespace) "not by Helm" (ne $release ""))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
