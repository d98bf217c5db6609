import { repositoryOf } from '../../../tools/github/api';

const set = { GITHUB_REPOSITORY: 'acme/monitoring', GITHUB_TOKEN: 'ghs_abc' };

describe('the repository of a workflow', () => {
  it('is asked at GitHub, or where GITHUB_API_URL says', () => {
    expect(repositoryOf(set).url).toBe('https://api.github.com');
    expect(repositoryOf({ ...set, GITHUB_API_URL: 'http://127.0.0.1:1/' }).url).toBe('http://127.0.0.1:1');
  });

  it('is refused with a token that no header holds, without repeating it', () => {
    for (const token of ['hunter\n2', 'schlüssel', 'a b']) {
      const ask = () => repositoryOf({ ...set, GITHUB_TOKEN: token });
      expect(ask).toThrow(/^GITHUB_TOKEN: found blanks or other characters/);
      expect(ask).not.toThrow(/hunter|schl/);
    }
  });

  it('is refused where it leads elsewhere', () => {
    expect(() => repositoryOf({ ...set, GITHUB_API_URL: 'nonsense' })).toThrow(
      /^GITHUB_API_URL: found "nonsense"/,
    );
    expect(() => repositoryOf({ ...set, GITHUB_REPOSITORY: '../..' })).toThrow(/^GITHUB_REPOSITORY: found/);
  });
});
