{{/* Settings that every service takes, as environment variables. */}}
{{- define "cooper.settings" -}}
COOPER_TOPIC_PREFIX: {{ .Values.topicPrefix | quote }}
COOPER_KAFKA_BOOTSTRAP_SERVERS: {{ include "cooper.kafka.bootstrapServers" . | quote }}
COOPER_KAFKA_PARTITIONS: {{ .Values.kafka.partitions | quote }}
COOPER_KAFKA_REPLICATION: {{ .Values.kafka.replication | quote }}
SERVER_ADDRESS: "0.0.0.0"
SERVER_PORT: "8080"
{{- end -}}

{{/* A component's ConfigMap: the settings above and its own (a dict). Takes root, component, own, grpc. */}}
{{- define "cooper.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
data:
  {{- include "cooper.settings" .root | nindent 2 }}
  {{- if .grpc }}
  SPRING_GRPC_SERVER_ADDRESS: "0.0.0.0"
  SPRING_GRPC_SERVER_PORT: "9090"
  {{- end }}
  {{- range $name, $value := .own }}
  {{ $name }}: {{ $value | quote }}
  {{- end }}
{{- end -}}
