{{/* Settings that every service takes, as environment variables. What is secret comes as files. */}}
{{- define "cooper.settings" -}}
COOPER_TOPIC_PREFIX: {{ .Values.topicPrefix | quote }}
COOPER_KAFKA_BOOTSTRAP_SERVERS: {{ include "cooper.kafka.bootstrapServers" . | quote }}
COOPER_KAFKA_PARTITIONS: {{ .Values.kafka.partitions | quote }}
COOPER_KAFKA_REPLICATION: {{ .Values.kafka.replication | quote }}
SERVER_ADDRESS: "0.0.0.0"
SERVER_PORT: "8080"
{{- include "cooper.kafka.clientSettings" . }}
{{- with .Values.security }}
COOPER_SECURITY_SERVICE_TOKEN_FILE: /etc/cooper/service/token
COOPER_SECURITY_RECORD_KEY_FILE: /etc/cooper/service/record-key
{{- if .tokens.existingSecret }}
COOPER_SECURITY_TOKENS_FILE: /etc/cooper/tokens/tokens
{{- end }}
{{- if or .jwt.issuer .jwt.jwkSetUri }}
{{- with .jwt.issuer }}
COOPER_SECURITY_JWT_ISSUER: {{ . | quote }}
{{- end }}
{{- with .jwt.jwkSetUri }}
COOPER_SECURITY_JWT_JWK_SET_URI: {{ . | quote }}
{{- end }}
COOPER_SECURITY_JWT_AUDIENCE: {{ .jwt.audience | quote }}
COOPER_SECURITY_JWT_ROLES_CLAIM: {{ .jwt.rolesClaim | quote }}
{{- end }}
{{- end }}
{{- if .Values.tls.enabled }}
COOPER_SECURITY_TLS_BUNDLE: cooper
SPRING_SSL_BUNDLE_PEM_COOPER_KEYSTORE_CERTIFICATE: file:/etc/cooper/tls/tls.crt
SPRING_SSL_BUNDLE_PEM_COOPER_KEYSTORE_PRIVATE_KEY: file:/etc/cooper/tls/tls.key
SPRING_SSL_BUNDLE_PEM_COOPER_TRUSTSTORE_CERTIFICATE: file:/etc/cooper/tls/ca.crt
{{- if .Values.tls.rest }}
SERVER_SSL_BUNDLE: cooper
{{- end }}
{{- end }}
{{- with .Values.tracing }}
{{- if .endpoint }}
MANAGEMENT_TRACING_EXPORT_ENABLED: "true"
MANAGEMENT_OPENTELEMETRY_TRACING_EXPORT_OTLP_ENDPOINT: {{ .endpoint | quote }}
MANAGEMENT_TRACING_SAMPLING_PROBABILITY: {{ .probability | quote }}
{{- end }}
{{- end }}
{{- with .Values.logFormat }}
LOGGING_STRUCTURED_FORMAT_CONSOLE: {{ . }}
{{- end }}
{{- end -}}

{{/* How a broker of one's own is spoken to. */}}
{{- define "cooper.kafka.clientSettings" -}}
{{- with .Values.kafka }}
{{- if or .tls.enabled .sasl.mechanism }}
COOPER_KAFKA_CLIENT_SECURITY_PROTOCOL: {{ ternary "SASL_" "" (ne .sasl.mechanism "") }}{{ ternary "SSL" "PLAINTEXT" .tls.enabled }}
{{- end }}
{{- if .tls.enabled }}
{{- if .tls.caSecret }}
COOPER_KAFKA_CLIENT_SSL_TRUSTSTORE_TYPE: PEM
COOPER_KAFKA_CLIENT_SSL_TRUSTSTORE_LOCATION: /etc/cooper/kafka-tls/ca.crt
{{- end }}
{{- if .tls.clientSecret }}
COOPER_KAFKA_CLIENT_SSL_KEYSTORE_TYPE: PEM
{{- end }}
{{- end }}
{{- with .sasl.mechanism }}
COOPER_KAFKA_CLIENT_SASL_MECHANISM: {{ . }}
{{- end }}
{{- range $name, $value := .client }}
COOPER_KAFKA_CLIENT_{{ $name | upper | replace "." "_" }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Files in /etc/cooper/secrets, each named as the property whose value it holds: sources of a projected volume. */}}
{{- define "cooper.secretFiles" -}}
{{- $root := .root }}
{{- if .database }}
- secret:
    name: {{ $root.Values.postgres.existingSecret }}
    items:
      - {key: {{ $root.Values.postgres.usernameKey }}, path: spring.datasource.username}
      - {key: {{ $root.Values.postgres.passwordKey }}, path: spring.datasource.password}
{{- end }}
{{- with $root.Values.kafka.sasl }}
{{- if .mechanism }}
- secret:
    name: {{ .existingSecret }}
    items:
      - {key: {{ .jaasKey }}, path: cooper.kafka.client.sasl.jaas.config}
{{- end }}
{{- end }}
{{- with $root.Values.kafka.tls }}
{{- if and .enabled .clientSecret }}
- secret:
    name: {{ .clientSecret }}
    items:
      - {key: tls.key, path: cooper.kafka.client.ssl.keystore.key}
      - {key: tls.crt, path: cooper.kafka.client.ssl.keystore.certificate.chain}
{{- end }}
{{- end }}
{{- range concat $root.Values.secretSettings (default list .values.secretSettings) }}
- secret:
    name: {{ .secret }}
    items:
      - {key: {{ .key }}, path: {{ .setting }}}
{{- end }}
{{- end -}}

{{/* A component's ConfigMap: the settings above and its own (a dict). Takes root, component, values, own, grpc,
     database. */}}
{{- define "cooper.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
data:
  {{- include "cooper.settings" .root | nindent 2 }}
  {{- if include "cooper.secretFiles" . }}
  SPRING_CONFIG_IMPORT: configtree:/etc/cooper/secrets/
  {{- end }}
  {{- if .grpc }}
  SPRING_GRPC_SERVER_ADDRESS: "0.0.0.0"
  SPRING_GRPC_SERVER_PORT: "9090"
  {{- end }}
  {{- if and .rest .root.Values.ingress.enabled }}
  # Addresses in answers are those that the client asked.
  SERVER_FORWARD_HEADERS_STRATEGY: native
  {{- end }}
  {{- if .values.gpu }}
  COOPER_ENGINE_DEVICE: cuda
  # What the driver compiles; the root file system is read-only.
  CUDA_CACHE_PATH: /tmp/cuda
  {{- end }}
  {{- range $name, $value := .own }}
  {{ $name }}: {{ $value | quote }}
  {{- end }}
{{- end -}}
