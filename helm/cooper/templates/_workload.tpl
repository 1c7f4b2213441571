{{/* The parts that all services share. Each takes a dict: root; component; image (name without registry); values (the
     component's); own (settings of this component); storage, database, grpc, rest (whether it has them; rest is for
     users); scaled (whether there may be several), then with topic and group, what it consumes and as whom. */}}

{{- define "cooper.account" -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
automountServiceAccountToken: false
{{- end -}}

{{- define "cooper.service" -}}
apiVersion: v1
kind: Service
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  selector:
    {{- include "cooper.selector" . | nindent 4 }}
  ports:
    - name: http
      port: 8080
      targetPort: http
    {{- if .grpc }}
    - name: grpc
      port: 9090
      targetPort: grpc
    {{- end }}
{{- end -}}

{{- define "cooper.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ . }}
runAsGroup: {{ . }}
fsGroup: {{ . }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "cooper.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Service links would put a variable for every Service into every pod, under names that may be settings: Kafka's
     image, for one, takes KAFKA_PORT for its own. They are off everywhere. */}}
{{- define "cooper.podDefaults" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* Where a service's pods may stand. */}}
{{- define "cooper.placement" -}}
{{- $gpu := ternary .root.Values.gpu dict (eq (toString .values.gpu) "true") -}}
{{- with $gpu.runtimeClassName }}
runtimeClassName: {{ . }}
{{- end }}
{{- with merge dict (default dict .values.nodeSelector) (default dict $gpu.nodeSelector) }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with concat (default list .values.tolerations) (default list $gpu.tolerations) }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- if .scaled }}
{{- $selector := include "cooper.selector" . }}
{{- with .root.Values.topologySpread }}
topologySpreadConstraints:
  {{- range . }}
  - maxSkew: {{ .maxSkew }}
    topologyKey: {{ .topologyKey }}
    whenUnsatisfiable: {{ .whenUnsatisfiable }}
    labelSelector:
      matchLabels:
        {{- $selector | nindent 8 }}
  {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "cooper.probe" -}}
httpGet:
  path: /actuator/health/{{ .health }}
  port: http
  scheme: {{ ternary "HTTPS" "HTTP" (and .root.Values.tls.enabled .root.Values.tls.rest) }}
{{- end -}}

{{/* Secrets as files, each mounted below /etc/cooper by its volume's name; 288 is 0440: for the group that the pod has. */}}
{{- define "cooper.secretVolumes" -}}
{{- $values := .root.Values }}
- name: service
  secret:
    secretName: {{ $values.security.services.existingSecret }}
    defaultMode: 288
    items:
      - {key: {{ $values.security.services.tokenKey }}, path: token}
      - {key: {{ $values.security.services.recordKey }}, path: record-key}
{{- with $values.security.tokens }}
{{- if .existingSecret }}
- name: tokens
  secret:
    secretName: {{ .existingSecret }}
    defaultMode: 288
    items:
      - {key: {{ .key }}, path: tokens}
{{- end }}
{{- end }}
{{- if $values.tls.enabled }}
- name: tls
  secret:
    secretName: {{ include "cooper.tls.secret" .root }}
    defaultMode: 288
{{- end }}
{{- if and $values.kafka.tls.enabled $values.kafka.tls.caSecret }}
- name: kafka-tls
  secret:
    secretName: {{ $values.kafka.tls.caSecret }}
    defaultMode: 288
    items:
      - {key: {{ $values.kafka.tls.caKey }}, path: ca.crt}
{{- end }}
{{- if and .database (not $values.postgres.bundled.enabled) $values.postgres.external.caSecret }}
- name: postgres-tls
  secret:
    secretName: {{ $values.postgres.external.caSecret }}
    defaultMode: 288
    items:
      - {key: {{ $values.postgres.external.caKey }}, path: ca.crt}
{{- end }}
{{- with include "cooper.secretFiles" . }}
- name: secrets
  projected:
    defaultMode: 288
    sources:
      {{- . | trim | nindent 6 }}
{{- end }}
{{- end -}}

{{- define "cooper.podTemplate" -}}
{{- $root := .root -}}
{{- $secretVolumes := include "cooper.secretVolumes" . -}}
{{- $resources := deepCopy (default dict .values.resources) -}}
{{- if .values.gpu -}}
{{- $resources = mergeOverwrite $resources (dict "limits" (dict $root.Values.gpu.resource 1)) -}}
{{- end -}}
metadata:
  labels:
    {{- include "cooper.labels" . | nindent 4 }}
  annotations:
    # New settings make new pods.
    checksum/settings: {{ include "cooper.configMap" . | sha256sum }}
    {{- with .values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "cooper.fullname" .root }}-{{ .component }}
  {{- include "cooper.podDefaults" . | nindent 2 }}
  securityContext:
    {{- include "cooper.podSecurity" 10001 | nindent 4 }}
  terminationGracePeriodSeconds: {{ default 60 .values.terminationGracePeriodSeconds }}
  {{- with include "cooper.placement" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      image: {{ include "cooper.image" . }}
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      securityContext:
        {{- include "cooper.containerSecurity" . | nindent 8 }}
      ports:
        - name: http
          containerPort: 8080
        {{- if .grpc }}
        - name: grpc
          containerPort: 9090
        {{- end }}
      envFrom:
        - configMapRef:
            name: {{ include "cooper.fullname" .root }}-{{ .component }}
      env:
        - name: COOPER_INSTANCE
          valueFrom:
            fieldRef:
              fieldPath: metadata.name
        {{- with .values.javaOptions }}
        - name: JAVA_TOOL_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with concat $root.Values.extraEnv (default list .values.extraEnv) }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      # The process is up within the time given here. Loading a model is no matter of life: a service is alive while it
      # loads and not yet ready, and it is alive no more when its work has not moved for too long.
      startupProbe:
        {{- include "cooper.probe" (dict "root" $root "health" "liveness") | nindent 8 }}
        periodSeconds: 5
        failureThreshold: {{ div (add $root.Values.startupSeconds 4) 5 }}
      readinessProbe:
        {{- include "cooper.probe" (dict "root" $root "health" "readiness") | nindent 8 }}
        periodSeconds: 5
        timeoutSeconds: 3
      livenessProbe:
        {{- include "cooper.probe" (dict "root" $root "health" "liveness") | nindent 8 }}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      lifecycle:
        preStop:
          # Callers have to hear that the pod goes before it stops to answer.
          sleep:
            seconds: 5
      {{- with $resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if .storage }}
        - name: storage
          mountPath: {{ $root.Values.storage.mountPath }}
        {{- end }}
        {{- range fromYamlArray $secretVolumes }}
        - name: {{ .name }}
          mountPath: /etc/cooper/{{ .name }}
          readOnly: true
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: {{ default "4Gi" .values.tmpSize }}
    {{- if .storage }}
    - name: storage
      persistentVolumeClaim:
        claimName: {{ include "cooper.storage.claim" .root }}
    {{- end }}
    {{- $secretVolumes | trim | nindent 4 }}
{{- end -}}

{{- define "cooper.disruptionBudget" -}}
{{- if .root.Values.disruptionBudgets -}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  maxUnavailable: {{ ternary 1 .values.maxUnavailable (kindIs "invalid" .values.maxUnavailable) }}
  # A pod that is not ready serves nobody, and keeps no node.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "cooper.selector" . | nindent 6 }}
{{- end -}}
{{- end -}}

{{/* A service without state of its own, and all that belongs to it. */}}
{{- define "cooper.deployment" -}}
{{- $scaling := default (dict "by" "none") .values.autoscaling -}}
{{ include "cooper.account" . }}
---
{{ include "cooper.configMap" . }}
---
{{ include "cooper.service" . }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  {{- if not .scaled }}
  replicas: 1
  strategy:
    type: Recreate
  {{- else }}
  {{- if eq $scaling.by "none" }}
  replicas: {{ .values.replicas }}
  {{- end }}
  strategy:
    type: RollingUpdate
    rollingUpdate:
      {{- /* No GPU stands by for a pod more than there are. */}}
      maxSurge: {{ ternary 0 1 (eq (toString .values.gpu) "true") }}
      maxUnavailable: {{ ternary 1 0 (eq (toString .values.gpu) "true") }}
  {{- end }}
  selector:
    matchLabels:
      {{- include "cooper.selector" . | nindent 6 }}
  template:
    {{- include "cooper.podTemplate" . | nindent 4 }}
{{ include "cooper.disruptionBudget" . }}
{{- if .scaled }}
{{ include "cooper.autoscaler" . }}
{{- end }}
{{- end -}}

{{/* The trainer of one model, and all that belongs to it. */}}
{{- define "cooper.trainer" -}}
{{ include "cooper.account" . }}
---
{{ include "cooper.configMap" . }}
---
{{ include "cooper.service" . }}
---
# A StatefulSet never runs two of them, not even while a node is lost: two trainers would train two models.
apiVersion: apps/v1
kind: StatefulSet
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  serviceName: {{ include "cooper.fullname" .root }}-{{ .component }}
  replicas: 1
  selector:
    matchLabels:
      {{- include "cooper.selector" . | nindent 6 }}
  template:
    {{- include "cooper.podTemplate" . | nindent 4 }}
{{ include "cooper.disruptionBudget" . }}
{{- end -}}
