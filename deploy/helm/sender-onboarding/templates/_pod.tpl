{{/* What all pods have in common. Takes (root, part), of a worker with a version its buildId, and annotations of the chart's own. */}}
{{- define "onboarding.podMetadata" -}}
{{- $values := get .root.Values .part }}
labels:
  {{- include "onboarding.labels" . | nindent 2 }}
  {{- include "onboarding.buildLabel" . | nindent 2 }}
  {{- with $values.podLabels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with merge (dict) (.annotations | default dict) $values.podAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Takes the root. */}}
{{- define "onboarding.podSecurity" -}}
automountServiceAccountToken: false
# Otherwise a Service called onboarding-gateway would set ONBOARDING_GATEWAY_PORT in every pod, to an address.
enableServiceLinks: false
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  # Secrets that are mounted as files belong to this group.
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- end -}}

{{- define "onboarding.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Takes (root, part). */}}
{{- define "onboarding.placement" -}}
{{- $values := get .root.Values .part }}
topologySpreadConstraints:
  {{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ $key }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "onboarding.selector" $ | nindent 8 }}
    matchLabelKeys: [pod-template-hash]
  {{- end }}
{{- with $values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Takes a port's name. */}}
{{- define "onboarding.liveProbes" -}}
startupProbe:
  httpGet: { path: /live, port: {{ . }} }
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet: { path: /live, port: {{ . }} }
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
{{- end -}}

{{/* Takes (root, part). */}}
{{- define "onboarding.disruptionBudget" -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "onboarding.fullname" .root }}-{{ .part }}
  labels:
    {{- include "onboarding.labels" . | nindent 4 }}
spec:
  maxUnavailable: 1
  # Workers are not ready while Temporal is away. By default the budget would then let no node be drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "onboarding.selector" . | nindent 6 }}
{{- end -}}
