/**
 * The dashboards of kube-prometheus-stack 88.5.3 on a central cluster with every part of the control plane,
 * uid and title; `npm run check:chart` compares them with the real chart. A uid of theirs in another
 * dashboard keeps Grafana from importing any.
 */
export const chartDashboards: Readonly<Record<string, string>> = {
  'alertmanager-overview': 'Alertmanager / Overview',
  vkQ0UHxik: 'CoreDNS',
  '6be0s85Mk': 'Grafana Overview',
  '09ec8aa1e996d6ffcd6817bbaff4db1b': 'Kubernetes / API server',
  b59e6c9f2fcbe2e16d77fc492374cc4f: 'Kubernetes / Compute Resources /  Multi-Cluster',
  efa86fd1d0c121a26444b636a3f509a8: 'Kubernetes / Compute Resources / Cluster',
  '85a562078cdf77779eaa1add43ccec1e': 'Kubernetes / Compute Resources / Namespace (Pods)',
  a87fb0d919ec0ea5f6543124e16c42a5: 'Kubernetes / Compute Resources / Namespace (Workloads)',
  '200ac8fdbfbb74b39aff88118e4d1c2c': 'Kubernetes / Compute Resources / Node (Pods)',
  '058020e04168bfdea0c52269cb699df2': 'Kubernetes / Compute Resources / Nodes Overview',
  '6581e46e4e5c7ba40a07646395ef7b23': 'Kubernetes / Compute Resources / Pod',
  a164a7f0339f99e89cea5cb47e9be617: 'Kubernetes / Compute Resources / Workload',
  '72e0e05bef5099e5f049b05fdc429ed4': 'Kubernetes / Controller Manager',
  '3138fa155d5915769fbded898ac09fd9': 'Kubernetes / Kubelet',
  ff635a025bcfea7bc3dd4f508990a3e9: 'Kubernetes / Networking / Cluster',
  '8b7a8b326d7a6f1f04244066368c67af': 'Kubernetes / Networking / Namespace (Pods)',
  bbb2a765a623ae38130206c7d94a160f: 'Kubernetes / Networking / Namespace (Workload)',
  '7a18067ce943a40ae25454675c19ff5c': 'Kubernetes / Networking / Pod',
  '728bf77cc1166d2f3133bf25846876cc': 'Kubernetes / Networking / Workload',
  '919b92a8e8041bd567af9edab12c840c': 'Kubernetes / Persistent Volumes',
  '632e265de029684c40b21cb76bca4f94': 'Kubernetes / Proxy',
  '2e6b6a3b4bddf1427b3a55aa1311c656': 'Kubernetes / Scheduler',
  '7d57716318ee0dddbac5a7f451fb7753': 'Node Exporter / Nodes',
  '3e97d1d02672cdd0861f4c97c64f89b2': 'Node Exporter / USE Method / Cluster',
  fac67cfbe174d3ef53eb473d73d9212f: 'Node Exporter / USE Method / Node',
  '9fa0d141-d019-4ad7-8bc5-42196ee308bd': 'Prometheus / Overview',
  c2f4e12cdf69feb95caa41a5a1b423d9: 'etcd',
};
