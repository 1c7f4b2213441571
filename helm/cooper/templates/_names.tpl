{{- define "cooper.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) | trunc 40 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects a component's pods. Takes a dict of root and component; a selector cannot change on an upgrade, so
     no version stands in it. */}}
{{- define "cooper.selector" -}}
app.kubernetes.io/name: {{ .root.Chart.Name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "cooper.labels" -}}
{{ include "cooper.selector" . }}
app.kubernetes.io/part-of: cooper
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | quote }}
{{- end -}}

{{- define "cooper.metadata" -}}
name: {{ include "cooper.fullname" .root }}-{{ .component }}
labels:
  {{- include "cooper.labels" . | nindent 2 }}
{{- end -}}

{{/* A service's image; with a GPU the one that has the CUDA libraries. */}}
{{- define "cooper.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ .image }}:{{ default .root.Chart.AppVersion $image.tag }}{{ if .values.gpu }}{{ .root.Values.gpu.tagSuffix }}{{ end -}}
{{- end -}}

{{- define "cooper.kafka.bootstrapServers" -}}
{{- if .Values.kafka.bundled.enabled -}}
{{ include "cooper.fullname" . }}-kafka:9092
{{- else -}}
{{ .Values.kafka.external.bootstrapServers }}
{{- end -}}
{{- end -}}

{{- define "cooper.postgres.url" -}}
{{- with .Values.postgres -}}
{{- if .bundled.enabled -}}
jdbc:postgresql://{{ include "cooper.fullname" $ }}-postgres:5432/{{ .database }}
{{- else -}}
jdbc:postgresql://{{ .external.host }}:{{ .external.port }}/{{ .database }}
{{- with .external.sslMode }}?sslmode={{ . }}{{ if $.Values.postgres.external.caSecret }}&sslrootcert=/etc/cooper/postgres-tls/ca.crt{{ end }}{{ end }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "cooper.storage.claim" -}}
{{- default (printf "%s-storage" (include "cooper.fullname" .)) .Values.storage.existingClaim -}}
{{- end -}}

{{- define "cooper.tls.secret" -}}
{{- default (printf "%s-tls" (include "cooper.fullname" .)) .Values.tls.existingSecret -}}
{{- end -}}

{{/* The port that a URL means. */}}
{{- define "cooper.urlPort" -}}
{{- $url := urlParse . -}}
{{- default (ternary "443" "80" (eq $url.scheme "https")) (regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host)) -}}
{{- end -}}
