/** Name of the file beside Alertmanager's configuration. */
export const templateFile = 'monitoring.tmpl';

/** Where the operator puts the files that stand beside the configuration. */
export const templateGlob = '/etc/alertmanager/config/*.tmpl';

/** Alerts that a message lists, and that it describes; of more it says how many. */
const listed = 20;
const described = 3;

/**
 * What a message says, in the template language of Alertmanager: one title and one text for every receiver,
 * with the links to act on. `npm run rules` renders them.
 *
 * - `monitoring.title`: severity, alert, how many, and the cluster if it is one.
 * - `monitoring.text`: each alert in a line; of a few also its description.
 * - `monitoring.links`: runbook, query and silence; a silence is made in Grafana, which people reach and
 *   Alertmanager not.
 *
 * @param grafanaUrl of Grafana for people
 */
export const alertmanagerTemplates = (grafanaUrl: string): string => `\
{{ define "monitoring.title" -}}
[{{ if eq .Status "resolved" }}RESOLVED{{ else }}{{ with .CommonLabels.severity }}{{ . | toUpper }}{{ else }}FIRING{{ end }}{{ end }}]
{{- with .CommonLabels.alertname }} {{ . }}{{ else }} alerts{{ end }}
{{- if gt (len .Alerts.Firing) 1 }} ({{ len .Alerts.Firing }}){{ end }}
{{- with .CommonLabels.cluster }} in {{ . }}{{ end }}
{{- end }}

{{ define "monitoring.text" -}}
{{ $few := le (len .Alerts.Firing) ${described} -}}
{{ range $i, $alert := .Alerts.Firing -}}
{{ if lt $i ${listed} -}}
- {{ template "monitoring.alert" $alert }}
{{ if $few }}{{ with $alert.Annotations.description }}  {{ . }}
{{ end }}{{ end -}}
{{ end -}}
{{ end -}}
{{ if gt (len .Alerts.Firing) ${listed} -}}
… {{ len .Alerts.Firing }} in all
{{ end -}}
{{ range $i, $alert := .Alerts.Resolved -}}
{{ if lt $i ${listed} -}}
- resolved: {{ template "monitoring.alert" $alert }}
{{ end -}}
{{ end -}}
{{ end }}

{{ define "monitoring.alert" -}}
{{ with .Labels.cluster }}{{ . }}: {{ end }}
{{- with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ end }}
{{- end }}

{{ define "monitoring.source" }}{{ with index .Alerts 0 }}{{ .GeneratorURL }}{{ end }}{{ end }}

{{ define "monitoring.silence" -}}
${grafanaUrl}/alerting/silence/new?alertmanager=Alertmanager
{{- range .CommonLabels.SortedPairs }}&matcher={{ .Name }}%3D{{ .Value | urlquery }}{{ end }}
{{- end }}

{{ define "monitoring.links" -}}
{{ with .CommonAnnotations.runbook_url }}Runbook: {{ . }}
{{ end -}}
Query: {{ template "monitoring.source" . }}
Silence: {{ template "monitoring.silence" . }}
{{ end }}

{{ define "monitoring.links.markdown" -}}
{{ with .CommonAnnotations.runbook_url }}[Runbook]({{ . }}) · {{ end -}}
[Query]({{ template "monitoring.source" . }}) · [Silence]({{ template "monitoring.silence" . }})
{{- end }}

{{ define "monitoring.severity" -}}
{{ with .CommonLabels.severity }}{{ if match "^(critical|warning|info)$" . }}{{ . }}{{ else }}warning{{ end }}{{ else }}warning{{ end }}
{{- end }}

{{ define "monitoring.priority" -}}
{{ with .CommonLabels.severity }}{{ if eq . "critical" }}P1{{ else if eq . "info" }}P5{{ else }}P3{{ end }}{{ else }}P3{{ end }}
{{- end }}
`;
