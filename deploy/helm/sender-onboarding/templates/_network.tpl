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

{{/* The port of an address, or of its scheme. */}}
{{- define "onboarding.portOf" -}}
{{- $url := urlParse . -}}
{{- regexFind ":\\d+$" $url.host | trimPrefix ":" | default (eq $url.scheme "http" | ternary "80" "443") -}}
{{- end -}}

{{/* On the ports of the values, and of the addresses that the part calls. Takes (root, part). */}}
{{- define "onboarding.toWeb" -}}
{{- $values := .root.Values }}
{{- $addresses := list }}
{{- if eq .part "gateway" }}
{{- $addresses = list $values.gateway.env.ONBOARDING_COMPANY_LOOKUP_URL }}
{{- range $values.gateway.eventSources.sources }}
{{- $addresses = append $addresses (dig "signature" "jwksUrl" "" .) }}
{{- end }}
{{- else if eq .part "codec" }}
{{- $addresses = list $values.codec.env.ONBOARDING_CODEC_JWKS_URL }}
{{- else }}
{{- $addresses = list $values.worker.env.AR24_BASE_URL $values.worker.env.ONBOARDING_NOTIFY_URL }}
{{- end }}
{{- $ports := list }}
{{- range $values.networkPolicies.web.ports }}
{{- $ports = append $ports (int .) }}
{{- end }}
{{- range compact $addresses }}
{{- $ports = append $ports (include "onboarding.portOf" . | int) }}
{{- end }}
- to:
    {{- toYaml $values.networkPolicies.web.to | nindent 4 }}
  ports:
    {{- range uniq $ports }}
    - { port: {{ . }}, protocol: TCP }
    {{- end }}
{{- end -}}

{{/* On the port of the endpoint. Takes (root, endpoint). */}}
{{- define "onboarding.toCollector" -}}
- ports: [{ port: {{ include "onboarding.portOf" .endpoint }}, protocol: TCP }]
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
    {{- include "onboarding.toWeb" . | nindent 4 }}
{{- end -}}
