{{/* How many replicas there are, when that is not said: by load of the processor (HorizontalPodAutoscaler), or by how far
     the consumers are behind (KEDA's ScaledObject). */}}
{{- define "cooper.autoscaler" -}}
{{- $values := .root.Values -}}
{{- $name := printf "%s-%s" (include "cooper.fullname" .root) .component -}}
{{- $scaling := default (dict "by" "none") .values.autoscaling -}}
{{- $most := ternary .values.replicas $scaling.max (eq $scaling.by "none") | int -}}
{{- if gt $most (int $values.kafka.partitions) -}}
{{- fail (printf "%s would have %d replicas, and kafka.partitions is %d: no more than that have work; lower the one or raise the other" .component $most (int $values.kafka.partitions)) -}}
{{- end -}}
{{- if eq $scaling.by "cpu" -}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ $name }}
  minReplicas: {{ $scaling.min }}
  maxReplicas: {{ $scaling.max }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target:
          type: Utilization
          averageUtilization: {{ $scaling.threshold }}
{{- else if eq $scaling.by "lag" -}}
{{- if $values.kafka.bundled.enabled -}}
{{- fail (printf "%s scales by lag, and KEDA's operator, which stands in another namespace, cannot reach the bundled Kafka: take a Kafka of your own (kafka.bundled.enabled=false), or scale by cpu" .component) -}}
{{- end -}}
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  {{- include "cooper.metadata" . | nindent 2 }}
spec:
  scaleTargetRef:
    name: {{ $name }}
  minReplicaCount: {{ $scaling.min }}
  maxReplicaCount: {{ $scaling.max }}
  triggers:
    - type: kafka
      metadata:
        bootstrapServers: {{ include "cooper.kafka.bootstrapServers" .root | quote }}
        consumerGroup: {{ printf "%s.%s" $values.topicPrefix .group | quote }}
        topic: {{ printf "%s.%s" $values.topicPrefix .topic | quote }}
        lagThreshold: {{ $scaling.threshold | quote }}
        offsetResetPolicy: earliest
      {{- with $values.keda.triggerAuthentication }}
      authenticationRef:
        name: {{ . }}
      {{- end }}
{{- end -}}
{{- end -}}
