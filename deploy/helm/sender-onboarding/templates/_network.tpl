{{- define "onboarding.toNames" -}}
- ports: [{ port: 53, protocol: UDP }, { port: 53, protocol: TCP }]
{{- end -}}

{{- define "onboarding.toTemporal" -}}
- ports: [{ port: {{ regexFind "\\d+$" .Values.temporal.address }}, protocol: TCP }]
  {{- with .Values.networkPolicies.temporal }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "onboarding.toWeb" -}}
{{- with .Values.networkPolicies.web -}}
- to:
    {{- toYaml .to | nindent 4 }}
  ports:
    {{- range .ports }}
    - { port: {{ . }}, protocol: TCP }
    {{- end }}
{{- end -}}
{{- end -}}

{{/* On the port of the endpoint, or of its scheme. Takes (root, endpoint). */}}
{{- define "onboarding.toCollector" -}}
{{- $url := urlParse .endpoint }}
{{- $port := regexFind ":\\d+$" $url.host | trimPrefix ":" | default (eq $url.scheme "https" | ternary "443" "80") }}
- ports: [{ port: {{ $port }}, protocol: TCP }]
  {{- with .root.Values.networkPolicies.collector }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Takes (peers, port). */}}
{{- define "onboarding.from" -}}
- ports: [{ port: {{ .port }}, protocol: TCP }]
  from:
    {{- toYaml (.peers | default (list (dict "namespaceSelector" (dict)))) | nindent 4 }}
{{- end -}}

{{/* Of a pod in which commands run, and which nobody calls. Takes (root, part). */}}
{{- define "onboarding.commandPolicy" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "onboarding.fullname" .root }}-{{ .part }}
  labels:
    {{- include "onboarding.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "onboarding.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  egress:
    {{- include "onboarding.toNames" .root | nindent 4 }}
    {{- include "onboarding.toTemporal" .root | nindent 4 }}
    {{- include "onboarding.toWeb" .root | nindent 4 }}
{{- end -}}
