import { sharedAddress } from '../../checks/load-balancer';
import { centralConfig, centralRaw } from '../support/stack-configs';
import { readConfig } from '../../config/load';
import type { CentralConfig } from '../../config/central';

const found = (annotations: Record<string, string>) =>
  sharedAddress(
    readConfig(centralRaw({ 'receive.loadBalancer.annotations': annotations })).config as CentralConfig,
  );

const key = 'lbipam.cilium.io/sharing-key';
const across = 'lbipam.cilium.io/sharing-cross-namespace';

describe('an address that Cilium is to give two Services', () => {
  it.each([key, 'io.cilium/lb-ipam-sharing-key'])('is refused by %s alone', (name) => {
    expect(found({ [name]: 'monitoring' })).toEqual([
      {
        key: 'receive.loadBalancer.annotations',
        found: `${name} alone`,
        allowed: `beside it ${across} with the namespace of the Service that has the address too`,
        fix: `Add it, such as ${across}: kube-system for Cilium's Ingress; that Service must name monitoring in the same way (docs/assumptions.md).`,
      },
    ]);
  });

  it('is accepted with the namespace of the other, by either name', () => {
    const [both, older] = [across, 'io.cilium/lb-ipam-sharing-cross-namespace'].map((name) => ({
      [key]: 'monitoring',
      [name]: 'kube-system',
    }));
    expect(
      centralConfig({ 'receive.loadBalancer.annotations': both }).receive.loadBalancer.annotations,
    ).toEqual(both);
    expect(found(older ?? {})).toEqual([]);
  });

  it('is nobody’s matter without it', () => {
    expect(found({})).toEqual([]);
    expect(found({ 'metallb.io/allow-shared-ip': 'monitoring' })).toEqual([]);
  });
});
