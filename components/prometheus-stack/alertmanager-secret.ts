import type * as pulumi from '@pulumi/pulumi';
import * as k8s from '../foundation/kubernetes';
import { receiversSecret } from './alertmanager-secret-files';

/**
 * The Secret with what receivers take from the stack's encrypted configuration, a key each. Alertmanager's
 * pods mount it and read a file each time that they send, so that a new value needs no restart: about a
 * minute after the update it counts.
 *
 * @param values by key
 */
export const alertmanagerSecret = (
  namespace: string,
  values: Readonly<Record<string, pulumi.Output<string>>>,
  opts: pulumi.CustomResourceOptions,
): k8s.core.v1.Secret =>
  new k8s.core.v1.Secret(
    receiversSecret,
    { metadata: { name: receiversSecret, namespace }, type: 'Opaque', stringData: { ...values } },
    opts,
  );
