{{- define "onboarding.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{- define "onboarding.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else if contains (include "onboarding.name" .) .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "onboarding.name" .) | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* Labels by which selectors find the pods of a part. Takes (root, part). */}}
{{- define "onboarding.selector" -}}
app.kubernetes.io/name: {{ include "onboarding.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .part }}
{{- end -}}

{{/* A build's id as a part of a name and as a label. */}}
{{- define "onboarding.slug" -}}
{{- lower . | replace "." "-" | replace "_" "-" | replace "+" "-" | trunc 30 | trimSuffix "-" -}}
{{- end -}}

{{/* Tells the workers of two builds apart. Takes something with a buildId, which may be empty. */}}
{{- define "onboarding.buildLabel" -}}
{{- with .buildId -}}
sender-onboarding/build: {{ include "onboarding.slug" . | quote }}
{{- end -}}
{{- end -}}

{{- define "onboarding.labels" -}}
{{ include "onboarding.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "onboarding.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ .tag | default $.Chart.AppVersion }}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "onboarding.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "onboarding.fullname" .) }}
{{- else -}}
{{ .Values.serviceAccount.name | default "default" }}
{{- end -}}
{{- end -}}

{{/* A variable from an existing Secret, unless the entry names no key. Takes (root, name, entry). */}}
{{- define "onboarding.secretVariable" -}}
{{- with .entry -}}
{{- if .key }}
- name: {{ $.name }}
  valueFrom:
    secretKeyRef:
      name: {{ .name | default $.root.Values.secrets.name }}
      key: {{ .key }}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Variables from a part's `env`. */}}
{{- define "onboarding.variables" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end -}}
{{- end -}}

{{/* Where Temporal is, and how to log in there. */}}
{{- define "onboarding.temporalVariables" }}
{{- with .Values.temporal }}
- name: TEMPORAL_ADDRESS
  value: {{ .address | quote }}
- name: TEMPORAL_NAMESPACE
  value: {{ .namespace | quote }}
{{- if .tls.enabled }}
- name: TEMPORAL_TLS
  value: 'true'
{{- with .tls.serverName }}
- name: TEMPORAL_TLS_SERVER_NAME
  value: {{ . | quote }}
{{- end }}
{{- if .tls.ca.name }}
- name: TEMPORAL_TLS_SERVER_CA_CERT_PATH
  value: /etc/temporal/tls/ca.crt
{{- end }}
{{- if .tls.client.name }}
- name: TEMPORAL_TLS_CLIENT_CERT_PATH
  value: /etc/temporal/tls/tls.crt
- name: TEMPORAL_TLS_CLIENT_KEY_PATH
  value: /etc/temporal/tls/tls.key
{{- end }}
{{- end }}
{{- if .apiKey.name }}
{{- include "onboarding.secretVariable" (dict "root" $ "name" "TEMPORAL_API_KEY" "entry" .apiKey) }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "onboarding.temporalMount" -}}
{{- with .Values.temporal.tls }}
{{- if and .enabled (or .ca.name .client.name) }}
- name: temporal-tls
  mountPath: /etc/temporal/tls
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "onboarding.temporalVolume" -}}
{{- with .Values.temporal.tls }}
{{- if and .enabled (or .ca.name .client.name) }}
- name: temporal-tls
  projected:
    defaultMode: 0440
    sources:
      {{- with .ca }}
      {{- if .name }}
      - secret:
          name: {{ .name }}
          items: [{ key: {{ .key }}, path: ca.crt }]
      {{- end }}
      {{- end }}
      {{- with .client }}
      {{- if .name }}
      - secret:
          name: {{ .name }}
          items:
            - { key: {{ .certKey }}, path: tls.crt }
            - { key: {{ .keyKey }}, path: tls.key }
      {{- end }}
      {{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The encryption keys as a file: the environment of a process is easier to read than its files. */}}
{{- define "onboarding.encryptionVariable" }}
- name: ONBOARDING_ENCRYPTION_KEYS_FILE
  value: /etc/onboarding/keys/encryption-keys
{{- end -}}

{{- define "onboarding.encryptionMount" }}
- name: encryption-keys
  mountPath: /etc/onboarding/keys
  readOnly: true
{{- end -}}

{{- define "onboarding.encryptionVolume" -}}
{{- with .Values.secrets }}
- name: encryption-keys
  secret:
    secretName: {{ .encryptionKeys.name | default .name }}
    defaultMode: 0440
    items: [{ key: {{ .encryptionKeys.key }}, path: encryption-keys }]
{{- end }}
{{- end -}}

{{/* What gateway and commands need to find and start onboardings. */}}
{{- define "onboarding.hashVariables" -}}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_HASH_KEY" "entry" .Values.secrets.hashKey) }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_FORMER_HASH_KEYS" "entry" .Values.secrets.formerHashKeys) }}
{{- end -}}

{{- define "onboarding.workerVariables" -}}
{{- $secrets := .Values.secrets }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "AR24_TOKEN" "entry" $secrets.ar24Token) }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "AR24_PRIVATE_KEY" "entry" $secrets.ar24PrivateKey) }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_NOTIFY_SECRETS" "entry" $secrets.notifySecrets) }}
{{- include "onboarding.variables" .Values.worker.env }}
{{- end -}}

{{- define "onboarding.gatewayVariables" -}}
{{- $secrets := .Values.secrets }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_API_KEYS" "entry" $secrets.apiKeys) }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_LINK_KEYS" "entry" $secrets.linkKeys) }}
{{- include "onboarding.secretVariable" (dict "root" . "name" "ONBOARDING_AR24_WEBHOOK_SECRETS" "entry" $secrets.ar24WebhookSecrets) }}
{{- with .Values.gateway.eventSources }}
{{- if .sources }}
- name: ONBOARDING_EVENT_SOURCES
  value: /etc/onboarding/events/event-sources.json
{{- range $name, $entry := .secrets }}
{{- include "onboarding.secretVariable" (dict "root" $ "name" $name "entry" $entry) }}
{{- end }}
{{- end }}
{{- end }}
{{- include "onboarding.variables" .Values.gateway.env }}
{{- end -}}
