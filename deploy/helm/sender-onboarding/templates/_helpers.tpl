{{- define "onboarding.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* A Service's name has at most 63 characters, and the longest ending is -exporter-metrics. */}}
{{- define "onboarding.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 46 | trimAll "-" -}}
{{- else if contains (include "onboarding.name" .) .Release.Name -}}
{{- .Release.Name | trunc 46 | trimAll "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "onboarding.name" .) | trunc 46 | trimAll "-" -}}
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
{{- lower . | replace "." "-" | replace "_" "-" | replace "+" "-" | trunc 30 | trimAll "-" -}}
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

{{/*
The secrets of each group of variables, as JSON: the entry in the values by the variable. Takes the root.
*/}}
{{- define "onboarding.secrets.temporal" -}}
{{- with .Values.temporal.apiKey }}
{{- if .name }}{{ dict "TEMPORAL_API_KEY" . | toJson }}{{ else }}{}{{ end }}
{{- end }}
{{- end -}}

{{/* What gateway and commands need to find and start onboardings. */}}
{{- define "onboarding.secrets.hash" -}}
{{- with .Values.secrets }}
{{- dict "ONBOARDING_HASH_KEY" .hashKey "ONBOARDING_FORMER_HASH_KEYS" .formerHashKeys | toJson }}
{{- end }}
{{- end -}}

{{- define "onboarding.secrets.worker" -}}
{{- with .Values.secrets }}
{{- $all := dict "AR24_TOKEN" .ar24Token "AR24_PRIVATE_KEY" .ar24PrivateKey }}
{{- $_ := set $all "ONBOARDING_NOTIFY_URL" .notifyUrl }}
{{- $_ := set $all "ONBOARDING_NOTIFY_SECRETS" .notifySecrets }}
{{- $_ := set $all "OTEL_EXPORTER_OTLP_HEADERS" .traceHeaders }}
{{- $all | toJson }}
{{- end }}
{{- end -}}

{{- define "onboarding.secrets.gateway" -}}
{{- $all := dict "ONBOARDING_API_KEYS" .Values.secrets.apiKeys "ONBOARDING_LINK_KEYS" .Values.secrets.linkKeys }}
{{- $_ := set $all "ONBOARDING_AR24_WEBHOOK_SECRETS" .Values.secrets.ar24WebhookSecrets }}
{{- $_ := set $all "OTEL_EXPORTER_OTLP_HEADERS" .Values.secrets.traceHeaders }}
{{- with .Values.gateway.eventSources }}
{{- if .sources }}{{ $all = merge $all .secrets }}{{ end }}
{{- end }}
{{- $all | toJson }}
{{- end -}}

{{/* What commands read beside the secrets of a worker: `link` makes links as the gateway does, `doctor` looks for webhooks. */}}
{{- define "onboarding.secrets.operator" -}}
{{- $all := dict }}
{{- if .Values.gateway.enabled }}
{{- $_ := set $all "ONBOARDING_LINK_KEYS" .Values.secrets.linkKeys }}
{{- $_ := set $all "ONBOARDING_AR24_WEBHOOK_SECRETS" .Values.secrets.ar24WebhookSecrets }}
{{- end }}
{{- $all | toJson }}
{{- end -}}

{{/*
A group's secrets, from the existing Secrets: as variables, or as files whose paths are in variables. An entry without a
key is left out. Takes (root, group).
*/}}
{{- define "onboarding.secretVariables" -}}
{{- range $name, $entry := include (printf "onboarding.secrets.%s" .group) .root | fromJson }}
{{- if $entry.key }}
{{- if $.root.Values.secrets.asFiles }}
- name: {{ $name }}_FILE
  value: /etc/onboarding/secrets/{{ $name }}
{{- else }}
{{- include "onboarding.secretVariable" (dict "root" $.root "name" $name "entry" $entry) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Takes (root, name, entry). */}}
{{- define "onboarding.secretVariable" }}
- name: {{ .name }}
  valueFrom:
    secretKeyRef:
      name: {{ .entry.name | default .root.Values.secrets.name }}
      key: {{ .entry.key }}
{{- end -}}

{{/* What is mounted of the groups' secrets, as JSON. Takes (root, groups). */}}
{{- define "onboarding.secretSources" -}}
{{- $sources := list }}
{{- if .root.Values.secrets.asFiles }}
{{- range $group := .groups }}
{{- range $name, $entry := include (printf "onboarding.secrets.%s" $group) $.root | fromJson }}
{{- if $entry.key }}
{{- $items := list (dict "key" $entry.key "path" $name) }}
{{- $secret := dict "name" ($entry.name | default $.root.Values.secrets.name) "items" $items }}
{{- $sources = append $sources (dict "secret" $secret) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $sources | toJson }}
{{- end -}}

{{/* Not by subPath: such a file would not follow its Secret. Takes (root, groups). */}}
{{- define "onboarding.secretsMount" -}}
{{- if include "onboarding.secretSources" . | fromJsonArray }}
- name: secrets
  mountPath: /etc/onboarding/secrets
  readOnly: true
{{- end }}
{{- end -}}

{{/* Takes (root, groups). */}}
{{- define "onboarding.secretsVolume" -}}
{{- with include "onboarding.secretSources" . | fromJsonArray }}
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- toYaml . | nindent 6 }}
{{- end }}
{{- end -}}

{{/* Variables from a part's `env`. */}}
{{- define "onboarding.variables" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end -}}
{{- end -}}

{{/* Where Temporal is, and the certificates. */}}
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
{{- end }}
{{- end -}}

{{/* The same for the project's programs, which read the API key again when its file changes. */}}
{{- define "onboarding.connectionVariables" -}}
{{- include "onboarding.temporalVariables" . }}
{{- include "onboarding.secretVariables" (dict "root" . "group" "temporal") }}
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

{{/* Only the certificate of the authority, at the same place: for NODE_EXTRA_CA_CERTS of the codec server, which does not call Temporal. */}}
{{- define "onboarding.authorityMount" -}}
{{- with .Values.temporal.tls }}
{{- if and .enabled .ca.name }}
- name: temporal-ca
  mountPath: /etc/temporal/tls
  readOnly: true
{{- end }}
{{- end }}
{{- end -}}

{{- define "onboarding.authorityVolume" -}}
{{- with .Values.temporal.tls }}
{{- if and .enabled .ca.name }}
- name: temporal-ca
  secret:
    secretName: {{ .ca.name }}
    defaultMode: 0440
    items: [{ key: {{ .ca.key }}, path: ca.crt }]
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

{{- define "onboarding.hashVariables" -}}
{{- include "onboarding.secretVariables" (dict "root" . "group" "hash") }}
{{- end -}}

{{- define "onboarding.workerVariables" -}}
{{- include "onboarding.secretVariables" (dict "root" . "group" "worker") }}
{{- include "onboarding.variables" .Values.worker.env }}
{{- end -}}

{{/* What a worker reads, and so most commands of `onboard`. Takes the root. */}}
{{- define "onboarding.commandVariables" -}}
{{- include "onboarding.connectionVariables" . }}
{{- include "onboarding.encryptionVariable" . }}
{{- include "onboarding.hashVariables" . }}
{{- include "onboarding.workerVariables" . }}
- name: ONBOARDING_RETENTION_DAYS
  value: {{ .Values.temporal.retentionDays | quote }}
{{- end -}}

{{/* The same for the pods in which operators run all commands. Takes the root. */}}
{{- define "onboarding.operatorVariables" -}}
{{- include "onboarding.commandVariables" . }}
{{- include "onboarding.secretVariables" (dict "root" . "group" "operator") }}
{{- with .Values.gateway }}
{{- if .enabled }}
{{- include "onboarding.variables" (pick .env "ONBOARDING_PUBLIC_URL" "ONBOARDING_RETURN_HOSTS" "ONBOARDING_LINK_DAYS" "ONBOARDING_MAILS_PER_ADDRESS_AND_DAY") }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Takes (root, groups), the groups of secrets. */}}
{{- define "onboarding.commandMounts" -}}
{{- include "onboarding.encryptionMount" .root }}
{{- include "onboarding.temporalMount" .root }}
{{- include "onboarding.secretsMount" . }}
- { name: tmp, mountPath: /tmp }
{{- end -}}

{{/* Takes (root, groups). */}}
{{- define "onboarding.commandVolumes" -}}
{{- include "onboarding.encryptionVolume" .root }}
{{- include "onboarding.temporalVolume" .root }}
{{- include "onboarding.secretsVolume" . }}
- { name: tmp, emptyDir: { sizeLimit: 64Mi } }
{{- end -}}

{{- define "onboarding.gatewayVariables" -}}
{{- include "onboarding.secretVariables" (dict "root" . "group" "gateway") }}
{{- if .Values.gateway.eventSources.sources }}
- name: ONBOARDING_EVENT_SOURCES
  value: /etc/onboarding/events/event-sources.json
{{- end }}
{{- include "onboarding.variables" .Values.gateway.env }}
{{- end -}}
