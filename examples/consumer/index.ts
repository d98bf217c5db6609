import * as kubernetes from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { readPublic } from '../../contract/read';
import { absenceRules, addresses, serviceMonitor } from './objects';
import { centralProvider } from './provider';

/**
 * The monitoring of a team's own service, made from what the central stack promises. It needs no key of
 * that stack: its own passphrase is enough.
 */
async function main(): Promise<object> {
  const config = new pulumi.Config();
  const central = await readPublic(config.require('central'));
  const opts = { provider: centralProvider(config.require('context')) };
  const { name: namespace } = new kubernetes.core.v1.Namespace('shop', { metadata: { name: 'shop' } }, opts)
    .metadata;
  const metadata = { name: 'shop', namespace };
  const monitoring = 'monitoring.coreos.com/v1';
  new kubernetes.apiextensions.CustomResource(
    'service-monitor',
    { apiVersion: monitoring, kind: 'ServiceMonitor', metadata, spec: serviceMonitor(central) },
    opts,
  );
  new kubernetes.apiextensions.CustomResource(
    'rules',
    { apiVersion: monitoring, kind: 'PrometheusRule', metadata, spec: absenceRules(central) },
    opts,
  );
  new kubernetes.core.v1.ConfigMap('addresses', { metadata, data: addresses(central) }, opts);
  return { dashboards: central.grafanaUrl, watched: central.tenants };
}

export = main;
