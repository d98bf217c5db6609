import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenKubeconfigs } from '../../../proof/sandbox/given-clusters';
import { UsageError, UserError } from '../../../tools/command-line';
import { temporaryFolder } from '../../support/temporary-folder';

const folder = temporaryFolder('given');
const committed = { central: 'cluster-01', edges: ['cluster-02', 'cluster-03'], listed: ['cluster-02'] };

const kubeconfig = (name: string, text = good): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

const good = `
current-context: a
contexts: [{ name: a, context: { cluster: one } }]
clusters: [{ name: one, cluster: { server: https://192.0.2.1:6443 } }]
`;

/** What is said of the clusters on a command line. */
function refusal(texts: readonly string[], before: readonly string[] = []): UserError {
  try {
    givenKubeconfigs(texts, committed, before);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('not refused');
}

describe('clusters that are given', () => {
  it('are a file for each stack, whose path may hold an equals sign', () => {
    const [central, edge] = [kubeconfig('a'), kubeconfig('b=c')];
    expect(givenKubeconfigs([`cluster-01=${central}`, `cluster-02=${edge}`], committed)).toEqual({
      'cluster-01': central,
      'cluster-02': edge,
    });
  });

  it('may be none', () => {
    expect(givenKubeconfigs([], committed)).toEqual({});
  });

  it('may be one more beside those that were given earlier', () => {
    const edge = kubeconfig('a');
    expect(givenKubeconfigs([`cluster-03=${edge}`], committed, ['cluster-01', 'cluster-02'])).toEqual({
      'cluster-03': edge,
    });
  });

  it('are refused without the central one, or without an edge', () => {
    const file = kubeconfig('a');
    expect(refusal([`cluster-03=${file}`]).message).toBe(
      '--kubeconfig is missing for cluster-01: give the central cluster and one edge or more, or none',
    );
    expect(refusal([`cluster-01=${file}`]).message).toBe(
      '--kubeconfig is missing for cluster-02: give the central cluster and one edge or more, or none',
    );
  });

  it('are refused with all that is wrong at once, and with the usage where a word is no STACK=FILE', () => {
    const none = kubeconfig('none', 'a line');
    const noContext = kubeconfig('no-context', 'contexts: []\nclusters: []');
    const missing = join(folder, 'missing');
    const texts = [
      'central.kubeconfig',
      `cluster-09=${missing}`,
      `cluster-02=${none}`,
      `cluster-02=${folder}`,
      `cluster-03=${noContext}`,
    ];
    const error = refusal(texts);
    expect(error.message.split('\n')).toEqual([
      '--kubeconfig central.kubeconfig: STACK=FILE is needed, such as cluster-01=central.kubeconfig',
      'there is no Pulumi.cluster-09.yaml; the committed stacks are cluster-01, cluster-02, cluster-03.',
      `--kubeconfig of cluster-09: ${missing}: no such file. Name a file that can be read.`,
      `${none} is no kubeconfig: it has no lists "contexts" and "clusters". Name the file that kubectl uses for the cluster.`,
      `--kubeconfig of cluster-02: ${folder}: a folder. Name a file that can be read.`,
      `${noContext} has no current context. Run: kubectl --kubeconfig ${noContext} config use-context NAME`,
      '--kubeconfig cluster-02=… is given more than once. Keep one.',
      '--kubeconfig is missing for cluster-01: give the central cluster and one edge or more, or none',
    ]);
    expect(error).toBeInstanceOf(UsageError);
  });

  it('are refused without the usage where only files are wrong', () => {
    const missing = join(folder, 'missing');
    const error = refusal([`cluster-01=${missing}`, `cluster-02=${missing}`]);
    expect(error.message.split('\n')).toHaveLength(2);
    expect(error).not.toBeInstanceOf(UsageError);
  });
});
