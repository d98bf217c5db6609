/**
 * Alerts of the chart that ours take the place of, and which: with both, one fault would be told twice. Five
 * of them ask a bare `absent` over what may be many clusters (`targets.ts`).
 */
export const replacedAlerts: Readonly<Record<string, string>> = {
  Watchdog: 'Watchdog',
  KubeAPIDown: 'TargetsGone',
  KubeControllerManagerDown: 'TargetsGone',
  KubeProxyDown: 'TargetsGone',
  KubeSchedulerDown: 'TargetsGone',
  KubeletDown: 'TargetsGone',
  KubePersistentVolumeFillingUp: 'VolumeFilling',
  AlertmanagerFailedReload: 'AlertmanagerConfigNotLoaded',
  AlertmanagerFailedToSendAlerts: 'AlertmanagerNotificationsFailing',
  AlertmanagerClusterFailedToSendAlerts: 'AlertmanagerNotificationsFailing',
  PrometheusErrorSendingAlertsToSomeAlertmanagers: 'PrometheusAlertsDropped',
  PrometheusErrorSendingAlertsToAnyAlertmanager: 'PrometheusAlertsDropped',
  PrometheusNotConnectedToAlertmanagers: 'AlertmanagerNotDiscovered',
  PrometheusRemoteStorageFailures: 'EdgeRemoteWriteFailing',
  PrometheusRemoteWriteBehind: 'EdgeRemoteWriteBehind',
  PrometheusOperatorReconcileErrors: 'OperatorReconcileFailing',
  PrometheusOperatorRejectedResources: 'OperatorObjectRejected',
};
