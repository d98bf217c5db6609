import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { engines, scripts } from '../../package.json';

const script = join(__dirname, '..', '..', 'tools', 'supported-node.js');
// eslint-disable-next-line @typescript-eslint/no-require-imports -- plain JavaScript, which old versions of Node.js run too
const { refusal } = require(script) as { refusal: (version: string) => string | undefined };

describe('a version of Node.js', () => {
  it.each(['v20.19.0', 'v20.20.2', 'v22.23.3', 'v24.21.0', 'v26.12.1'])('%s serves', (version) => {
    expect(refusal(version)).toBeUndefined();
  });

  it.each(['v20.18.3', 'v18.20.8', 'v8.17.0'])('%s is refused, with what to do', (version) => {
    expect(refusal(version)).toBe(
      `Node.js ${version} is too old: 20.19 or newer is needed, 24 is the current LTS. ` +
        'Install it (https://nodejs.org/en/download) and put it first on PATH.',
    );
  });

  it('is held against engines of package.json, before npm installs anything', () => {
    expect(engines.node).toBe('>=20.19');
    expect(scripts.preinstall).toBe('node tools/supported-node.js');
    expect(execFileSync(process.execPath, [script], { encoding: 'utf8' })).toBe('');
  });
});
