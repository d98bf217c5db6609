import { parse } from '../../../proof/sandbox/arguments';

const known = ['cluster-01', 'cluster-02'];
const nothing = {
  command: 'all',
  stacks: [],
  kubeconfigs: {},
  address: '127.0.0.1',
  check: false,
  lock: false,
  pulumi: [],
};

describe('the command line of the sandbox', () => {
  it('means everything when it is empty', () => {
    expect(parse([], known)).toEqual(nothing);
  });

  it('hands flags of preview, up and destroy on to pulumi', () => {
    expect(parse(['preview', 'cluster-01', '--diff', '--target=urn:x'], known)).toEqual({
      ...nothing,
      command: 'preview',
      stacks: ['cluster-01'],
      pulumi: ['--diff', '--target=urn:x'],
    });
  });

  it('takes clusters that exist, each by its kubeconfig', () => {
    const argv = ['--kubeconfig', 'cluster-01=/a b', '--kubeconfig=cluster-02=c=d', '--address=10.0.0.1'];
    expect(parse(argv, known)).toEqual({
      ...nothing,
      kubeconfigs: { 'cluster-01': '/a b', 'cluster-02': 'c=d' },
      address: '10.0.0.1',
    });
  });

  it.each([
    [['start'], 'unknown command: start'],
    [['down', '--force'], 'unknown option: --force'],
    [['--force'], 'unknown option: --force'],
    [['up', 'cluster-09'], 'the sandbox has the stacks cluster-01, cluster-02, not cluster-09'],
    [['--kubeconfig', 'a=b'], '--kubeconfig a=b: NAME=FILE, where NAME is one of cluster-01, cluster-02'],
    [['--kubeconfig'], '--kubeconfig : NAME=FILE, where NAME is one of cluster-01, cluster-02'],
    [['--kubeconfig', 'cluster-01=b'], '--kubeconfig is missing for cluster-02: give all clusters or none'],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(argv, known)).toThrow(message);
  });
});
