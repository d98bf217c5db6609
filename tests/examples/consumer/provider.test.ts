import { centralProvider } from '../../../examples/consumer/provider';
import { register } from '../../support/mocks';

it('the provider of a consumer keeps no path of the machine that deployed', async () => {
  const before = process.env['KUBECONFIG'];
  process.env['KUBECONFIG'] = '/home/alice/config';
  try {
    const registered = await register(() => centralProvider('cluster-01'));
    expect(registered.inputs('pulumi:providers:kubernetes')).toEqual({ context: 'cluster-01' });
  } finally {
    if (before === undefined) delete process.env['KUBECONFIG'];
    else process.env['KUBECONFIG'] = before;
  }
});
