{{/* The parts that all services share. Each takes a dict: root; component; image (name without registry); values (the
     component's); own (settings of this component); storage, database, grpc (whether it has them). */}}

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

{{- define "cooper.podTemplate" -}}
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
  terminationGracePeriodSeconds: 60
  {{- with .values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: {{ .component }}
      {{- $image := .root.Values.image }}
      image: {{ with $image.registry }}{{ . }}/{{ end }}{{ .image }}:{{ default .root.Chart.AppVersion $image.tag }}
      imagePullPolicy: {{ $image.pullPolicy }}
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
        {{- if .database }}
        - name: SPRING_DATASOURCE_USERNAME
          valueFrom:
            secretKeyRef:
              name: {{ .root.Values.postgres.existingSecret }}
              key: {{ .root.Values.postgres.usernameKey }}
        - name: SPRING_DATASOURCE_PASSWORD
          valueFrom:
            secretKeyRef:
              name: {{ .root.Values.postgres.existingSecret }}
              key: {{ .root.Values.postgres.passwordKey }}
        {{- end }}
        {{- with concat .root.Values.extraEnv (default list .values.extraEnv) }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      # A service reads control, and perhaps a model, before it serves: five minutes at most.
      startupProbe:
        httpGet: {path: /actuator/health/liveness, port: http}
        periodSeconds: 5
        failureThreshold: 60
      readinessProbe:
        httpGet: {path: /actuator/health/readiness, port: http}
        periodSeconds: 5
        timeoutSeconds: 3
      livenessProbe:
        httpGet: {path: /actuator/health/liveness, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      {{- with .values.resources }}
      resources:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      volumeMounts:
        - name: tmp
          mountPath: /tmp
        {{- if .storage }}
        - name: storage
          mountPath: {{ .root.Values.storage.mountPath }}
        {{- end }}
  volumes:
    - name: tmp
      emptyDir:
        sizeLimit: 4Gi
    {{- if .storage }}
    - name: storage
      persistentVolumeClaim:
        claimName: {{ include "cooper.storage.claim" .root }}
    {{- end }}
{{- end -}}

{{/* A service without state of its own, and all that belongs to it. */}}
{{- define "cooper.deployment" -}}
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
  replicas: {{ .replicas }}
  strategy:
    type: {{ .strategy }}
  selector:
    matchLabels:
      {{- include "cooper.selector" . | nindent 6 }}
  template:
    {{- include "cooper.podTemplate" . | nindent 4 }}
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
{{- end -}}
