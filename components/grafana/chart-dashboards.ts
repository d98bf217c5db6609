/**
 * The uids of the dashboards of kube-prometheus-stack 88.5.3 on a central cluster, which `npm run
 * check:chart` compares with the real chart. One of them in another dashboard keeps Grafana from importing
 * any.
 */
export const chartDashboardUids: readonly string[] = [
  '058020e04168bfdea0c52269cb699df2',
  '09ec8aa1e996d6ffcd6817bbaff4db1b',
  '200ac8fdbfbb74b39aff88118e4d1c2c',
  '2e6b6a3b4bddf1427b3a55aa1311c656',
  '3138fa155d5915769fbded898ac09fd9',
  '3e97d1d02672cdd0861f4c97c64f89b2',
  '632e265de029684c40b21cb76bca4f94',
  '6581e46e4e5c7ba40a07646395ef7b23',
  '6be0s85Mk',
  '728bf77cc1166d2f3133bf25846876cc',
  '72e0e05bef5099e5f049b05fdc429ed4',
  '7a18067ce943a40ae25454675c19ff5c',
  '7d57716318ee0dddbac5a7f451fb7753',
  '85a562078cdf77779eaa1add43ccec1e',
  '8b7a8b326d7a6f1f04244066368c67af',
  '919b92a8e8041bd567af9edab12c840c',
  '9fa0d141-d019-4ad7-8bc5-42196ee308bd',
  'a164a7f0339f99e89cea5cb47e9be617',
  'a87fb0d919ec0ea5f6543124e16c42a5',
  'alertmanager-overview',
  'b59e6c9f2fcbe2e16d77fc492374cc4f',
  'bbb2a765a623ae38130206c7d94a160f',
  'c2f4e12cdf69feb95caa41a5a1b423d9',
  'efa86fd1d0c121a26444b636a3f509a8',
  'fac67cfbe174d3ef53eb473d73d9212f',
  'ff635a025bcfea7bc3dd4f508990a3e9',
  'vkQ0UHxik',
];
