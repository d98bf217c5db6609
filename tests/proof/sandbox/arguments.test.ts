import { run } from '../../../tools/command-line';
import { program, type Actions } from '../../../proof/sandbox/arguments';

const real = {
  storageClass: undefined,
  ingressClass: undefined,
  domain: undefined,
  loadBalancer: undefined,
};
const none = { kubeconfigs: [], real, address: undefined };

/** What a command line makes of the sandbox: the calls, what is printed, and the exit code. */
async function seen(...argv: string[]) {
  const calls: unknown[][] = [];
  const names = ['everything', 'tools', 'up', 'preview', 'destroy', 'consumer', 'env', 'down'] as const;
  const actions = Object.fromEntries(
    names.map((name) => [
      name,
      (...given: unknown[]) => {
        calls.push([name, ...given]);
        return Promise.resolve();
      },
    ]),
  ) as unknown as Actions;
  const printed: string[] = [];
  const write = (text: string | Uint8Array) => {
    printed.push(String(text));
    return true;
  };
  const spies = [process.stdout, process.stderr].map((to) =>
    jest.spyOn(to, 'write').mockImplementation(write),
  );
  try {
    await run(program(actions), argv);
    return { calls, text: printed.join(''), code: process.exitCode ?? 0 };
  } finally {
    process.exitCode = undefined;
    // Each run listens once more.
    process.stdout.removeAllListeners('error');
    for (const spy of spies) spy.mockRestore();
  }
}

const calls = async (...argv: string[]) => (await seen(...argv)).calls;

describe('the command line of the sandbox', () => {
  it('names a command that it does not have, and those that it has', async () => {
    const { calls: made, text, code } = await seen('frobnicate');
    expect({ made, first: text.split('\n')[0], code }).toEqual({
      made: [],
      first: "unknown command 'frobnicate'; there are tools, up, preview, destroy, consumer, env, down",
      code: 2,
    });
  });

  it('means everything when it is empty', async () => {
    expect(await calls()).toEqual([['everything', none]]);
  });

  it.each([
    [['tools'], ['tools', 'provide']],
    [
      ['tools', '--check'],
      ['tools', 'check'],
    ],
    [
      ['tools', '--lock'],
      ['tools', 'lock'],
    ],
    [['env'], ['env']],
    [['consumer'], ['consumer']],
    [['down'], ['down', false]],
    [
      ['down', '--forget'],
      ['down', true],
    ],
    [['up'], ['up', { stacks: [], flags: [] }, none, false]],
    [
      ['up', 'cluster-03', '--yes'],
      ['up', { stacks: ['cluster-03'], flags: [] }, none, true],
    ],
  ])('%j is %j', async (argv, call) => {
    expect(await calls(...argv)).toEqual([call]);
  });

  it.each(['preview', 'destroy'])('hands flags of %s on to pulumi', async (verb) => {
    expect(await calls(verb, 'cluster-01', '--diff', '--target=urn:x')).toEqual([
      [verb, { stacks: ['cluster-01'], flags: ['--diff', '--target=urn:x'] }],
    ]);
  });

  it('takes clusters that exist, each by its kubeconfig, and what they have otherwise', async () => {
    const given = ['--kubeconfig', 'cluster-01=/a b', '--kubeconfig=cluster-02=c=d', '--address=10.0.0.1'];
    const others = [
      '--storage-class=standard',
      '--ingress-class',
      'nginx',
      '--domain=a.b',
      '--load-balancer=10.0.0.2',
    ];
    expect(await calls(...given, ...others)).toEqual([
      [
        'everything',
        {
          kubeconfigs: ['cluster-01=/a b', 'cluster-02=c=d'],
          address: '10.0.0.1',
          real: { storageClass: 'standard', ingressClass: 'nginx', domain: 'a.b', loadBalancer: '10.0.0.2' },
        },
      ],
    ]);
  });

  it.each([[['--help']], [['up', '--help']]])('prints the usage for %j', async (argv) => {
    const { text, code, calls } = await seen(...argv);
    expect(text).toContain('Usage: npm run sandbox --');
    expect({ code, calls }).toEqual({ code: 0, calls: [] });
  });

  it.each([
    [['start'], "unknown command 'start'; there are tools, up,"],
    [['down', '--force'], "unknown option '--force'"],
    [['--force'], "unknown option '--force'"],
    [['--kubeconfig'], "option '--kubeconfig <STACK=FILE>' argument missing"],
  ])('refuses %j with the usage', async (argv, message) => {
    const { text, code, calls } = await seen(...argv);
    expect(text).toContain(message);
    expect(text).toContain('Usage: npm run sandbox --');
    expect({ code, calls }).toEqual({ code: 2, calls: [] });
  });
});
