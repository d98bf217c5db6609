import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const project = join(__dirname, '..');
const files = execFileSync('git', ['ls-files', '*.md'], { cwd: project, encoding: 'utf8' })
  .trim()
  .split('\n');
const folders = execFileSync('git', ['ls-tree', '-d', '--name-only', 'HEAD'], {
  cwd: project,
  encoding: 'utf8',
})
  .trim()
  .split('\n');

const read = (file: string) => readFileSync(join(project, file), 'utf8');
const withoutBlocks = (text: string) => text.replace(/^ *```[^]*?^ *```/gm, '');
const withoutCode = (text: string) => withoutBlocks(text).replace(/`[^`\n]*`/g, '');

/** The anchors of a page's headings, as GitHub makes them. */
function anchors(text: string): string[] {
  const headings = [...withoutBlocks(text).matchAll(/^#+ +(.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{Letter}\p{Number}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
  return headings.map((anchor, i) => {
    const earlier = headings.slice(0, i).filter((other) => other === anchor).length;
    return earlier === 0 ? anchor : `${anchor}-${earlier}`;
  });
}

/** The links of a page to files of the repository, as they stand in it. */
const links = (text: string): string[] =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)|^\[[^\]]+\]: +(\S+)/gm)]
    .map(([, inline, reference]) => inline ?? reference ?? '')
    .filter((target) => !/^[a-z]+:/.test(target));

/** What is wrong with a link; undefined when it leads to a file, and to a heading in it if it names one. */
function broken(file: string, link: string): string | undefined {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? file : relative(project, join(project, dirname(file), path));
  if (!existsSync(join(project, target))) return `${link}: there is no ${target}`;
  if (anchor === undefined || !target.endsWith('.md') || anchors(read(target)).includes(anchor))
    return undefined;
  return `${link}: ${target} has no such heading`;
}

/** The paths below a folder of the repository that a page names as code: `components/thanos/store.ts`. */
const namedPaths = (text: string): string[] =>
  [...withoutBlocks(text).matchAll(/`([\w.-]+\/[\w./-]*)`/g)]
    .map(([, path = '']) => path)
    .filter((path) => folders.includes(path.split('/')[0] ?? ''));

describe('the committed Markdown pages', () => {
  it.each(files)('%s links to what there is', (file) => {
    expect(links(read(file)).flatMap((link) => broken(file, link) ?? [])).toEqual([]);
  });

  // A decision is a page of its time: what it names may have moved since.
  it.each(files.filter((file) => !file.startsWith('docs/adr/')))('%s names paths that there are', (file) => {
    expect(namedPaths(read(file)).filter((path) => !existsSync(join(project, path)))).toEqual([]);
  });
});

describe('a link', () => {
  const text =
    '# A `b`: c, d\n\n[a](#a-b-c-d) [no](#b) [x](nothing.md) [y](https://example.org)\n\n## Twice\n\n## Twice\n';

  it('is found, unless it leads out of the repository', () => {
    expect(links(text)).toEqual(['#a-b-c-d', '#b', 'nothing.md']);
    expect(links('`[a](b)`\n\n```\n[a](c)\n```\n\n[a]: d\n')).toEqual(['d']);
  });

  it('may name a heading as GitHub does', () => {
    expect(anchors(text)).toEqual(['a-b-c-d', 'twice', 'twice-1']);
  });

  it('is broken without its file or heading', () => {
    expect(broken('README.md', 'nothing.md')).toBe('nothing.md: there is no nothing.md');
    expect(broken('README.md', '#nothing')).toBe('#nothing: README.md has no such heading');
    expect(broken('docs/operating.md', '../README.md')).toBeUndefined();
  });
});
