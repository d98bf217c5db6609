import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dashboardViolations, mostBytes } from '../../checks/dashboards';
import { dashboardFolder } from '../../components/grafana/dashboards';

const folder = mkdtempSync(join(tmpdir(), 'dashboards-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
});

function put(path: string, content: object | string | Buffer = {}): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  const name = /([^/]*)\.json$/.exec(path)?.[1] ?? 'x';
  writeFileSync(
    file,
    typeof content === 'string' || Buffer.isBuffer(content)
      ? content
      : JSON.stringify({ uid: name, title: name, panels: [], ...content }),
  );
}

const found = () =>
  dashboardViolations(dashboardFolder(folder)).map(({ key, found: text }) => `${key}: ${text ?? ''}`);

describe('the dashboards of the repository', () => {
  it('are all taken, also of teams, of which two may have a title in two folders', () => {
    expect(dashboardViolations()).toEqual([]);
    put('Team Blue/orders.json', { title: 'A' });
    put('Team Red/payments.json', { title: 'A' });
    put('Team Red/README.md', 'ours');
    expect(found()).toEqual([]);
  });

  it('may begin with a byte order mark, and be longer than they are when they are deployed', () => {
    put('Team/orders.json', `\ufeff{"uid":"a","title":"A","panels":[]${' '.repeat(mostBytes)}}`);
    expect(found()).toEqual([]);
  });

  it.each<[string, () => void, string]>([
    [
      'no JSON',
      () => {
        put('T/a.json', '{');
      },
      'T/a.json: no JSON (',
    ],
    [
      'nothing',
      () => {
        put('T/a.json', '');
      },
      'T/a.json: no JSON (',
    ],
    [
      'a list',
      () => {
        put('T/a.json', '[]');
      },
      'T/a.json: a list',
    ],
    [
      'null',
      () => {
        put('T/a.json', 'null');
      },
      'T/a.json: null',
    ],
    [
      "an answer of Grafana's API",
      () => {
        put('T/a.json', '{"dashboard":{"panels":[]}}');
      },
      "T/a.json: an answer of Grafana's API",
    ],
    [
      'v1 in an object',
      () => {
        put('T/a.json', '{"spec":{"panels":[]}}');
      },
      'T/a.json: an object of Kubernetes',
    ],
    [
      'v2',
      () => {
        put('T/a.json', '{"spec":{"elements":{}}}');
      },
      'T/a.json: a dashboard in the form v2',
    ],
    [
      'panels that are no list',
      () => {
        put('T/a.json', { panels: { a: 1 } });
      },
      'T/a.json: panels: {"a":1}',
    ],
    [
      'no uid',
      () => {
        put('T/a.json', { uid: null });
      },
      'T/a.json: the uid null',
    ],
    [
      'a long uid',
      () => {
        put('T/a.json', { uid: 'x'.repeat(41) });
      },
      'T/a.json: the uid "xxxxx',
    ],
    [
      'a uid with other characters',
      () => {
        put('T/a.json', { uid: 'a b/ä' });
      },
      'T/a.json: the uid "a b/ä"',
    ],
    [
      'the uid of a dashboard of the chart',
      () => {
        put('T/a.json', { uid: 'efa86fd1d0c121a26444b636a3f509a8' });
      },
      'T/a.json: the uid "efa86fd1d0c121a26444b636a3f509a8" of a dashboard of kube-prometheus-stack',
    ],
    [
      'a blank title',
      () => {
        put('T/a.json', { title: '  ' });
      },
      'T/a.json: the title "  "',
    ],
    [
      'an export for others',
      () => {
        put('T/a.json', { __inputs: [{ name: 'DS_PROMETHEUS' }] });
      },
      'T/a.json: __inputs',
    ],
    [
      'more than a ConfigMap holds',
      () => {
        put('T/a.json', { description: 'x'.repeat(mostBytes) });
      },
      'T/a.json: 1044532 bytes on one line',
    ],
    [
      'a name that no ConfigMap can have',
      () => {
        put('T/My_dash.json', { uid: 'a' });
      },
      'T/My_dash.json: the file name "My_dash"',
    ],
    [
      'another folder name',
      () => {
        put('T&T/a.json');
      },
      'T&T/a.json: the folder "T&T"',
    ],
    [
      "Grafana's own folder",
      () => {
        put('General/a.json');
      },
      'General/a.json: the folder "General"',
    ],
    [
      "the chart's folder",
      () => {
        put('kube-prometheus-stack/a.json');
      },
      'kube-prometheus-stack/a.json: the folder',
    ],
    [
      'our folder',
      () => {
        put('Monitoring/a.json');
      },
      'Monitoring/a.json: the folder "Monitoring"',
    ],
    [
      'other bytes than UTF-8',
      () => {
        put('T/a.json', Buffer.from([0x7b, 0xff, 0x7d]));
      },
      'T/a.json: what is no text in UTF-8',
    ],
    [
      'an ending in capitals',
      () => {
        put('T/a.JSON');
      },
      'T/a.JSON: what does not end with .json',
    ],
    [
      'a place outside of folders',
      () => {
        put('a.json');
      },
      'a.json: what is in no folder',
    ],
    [
      'a folder in its folder',
      () => {
        put('T/deep/a.json');
      },
      'T/deep: what is no file',
    ],
    [
      'a link that leads nowhere',
      () => {
        mkdirSync(join(folder, 'T'));
        symlinkSync('nowhere', join(folder, 'T', 'a.json'));
      },
      'T/a.json: what is no file',
    ],
  ])('are refused with %s', (_, prepare, expected) => {
    prepare();
    const [only, ...more] = found();
    expect(only?.slice(0, expected.length)).toBe(expected);
    expect(more).toEqual([]);
  });

  it('are refused where two clash, and then it is not ours that is to be changed', () => {
    put('Monitoring/fleet.json', { uid: 'monitoring-fleet', title: 'Fleet' });
    put('Blue/a.json', { uid: 'monitoring-fleet' });
    put('Blue/b.json', { title: ' a ' });
    put('Team Blue/x.json', { uid: 'x1', title: 'X1' });
    put('team-blue/x.json', { uid: 'x2', title: 'X2' });
    expect(found()).toEqual([
      'Blue/a.json: the uid monitoring-fleet of Monitoring/fleet.json',
      'Blue/b.json: the title "a" in Blue of Blue/a.json',
      'team-blue/x.json: the ConfigMap dashboard-team-blue-x of Team Blue/x.json',
    ]);
  });
});
