import { checkedConfig } from '../../checks/config';
import { ConfigError } from '../../config/errors';
import type { RawConfig } from '../../config/raw';
import { configOf } from '../../tools/render/stack-file-content';
import { stackConfig } from '../../tools/render/stack-file';

const base = `config:
  monitoring:role: central
  monitoring:cluster:
    name: cluster-01
    label: central
    environment: production
    context: cluster-01
    server: https://192.0.2.1:6443
    domain: monitoring.example.org
    storageClass: longhorn
  monitoring:edges:
    - name: cluster-02
  monitoring:objectStore:
    kind: minio
    endpoint: s3.example.org
    bucket: thanos
`;

/** The smallest central stack file, with a line of it replaced, or lines after it. */
export const written = (change: { line?: [string, string]; more?: string }): RawConfig => {
  const [line = '', other = ''] = change.line ?? [];
  if (!base.includes(line)) throw new Error(`no ${line}`);
  return stackConfig('a', configOf('f', base.replace(line, () => other) + (change.more ?? '')));
};

export const environment = (text: string) =>
  written({ line: ['environment: production', `environment: ${text}`] });
export const more = (text: string) => written({ more: `  monitoring:${text}\n` });

const edgeBase = `config:
  monitoring:role: edge
  monitoring:cluster:
    name: cluster-02
    environment: production
    context: cluster-02
    server: https://192.0.2.2:6443
    storageClass: longhorn
  monitoring:central: organization/monitoring/cluster-01
`;

/** The smallest stack file of an edge, with lines after it. */
export const edge = (text: string) => stackConfig('a', configOf('f', `${edgeBase}  monitoring:${text}\n`));

/** What is said of a stack file, without its first line. */
export function said(raw: RawConfig): string[] {
  try {
    checkedConfig(raw);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n').slice(1);
    throw error;
  }
}
