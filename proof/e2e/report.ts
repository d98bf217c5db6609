import type { Writable } from 'node:stream';

/** Prints a line for each step when it ends, with the time it took, and counts what failed. */
export class Report {
  private passed = 0;
  private readonly failed: string[] = [];
  private readonly began = Date.now();
  private readonly out: Pick<Writable, 'write'>;

  constructor(out: Pick<Writable, 'write'> = process.stdout) {
    this.out = out;
  }

  /** Prints a heading above the lines that follow. */
  section(title: string): void {
    this.out.write(`\n${title}\n`);
  }

  /**
   * Runs what everything after it needs.
   *
   * @param run answers with what is added to the line
   * @throws what `run` throws, after its line
   */
  async step(title: string, run: () => Promise<string>): Promise<void> {
    const began = Date.now();
    try {
      this.line(began, '✔', title, await run());
    } catch (error) {
      this.line(began, '✖', title);
      throw error;
    }
  }

  /** Runs a check; when it fails the rest still runs. */
  async check(title: string, run: () => Promise<string>): Promise<void> {
    const began = Date.now();
    try {
      this.line(began, '✔', title, await run());
      this.passed++;
    } catch (error) {
      this.line(began, '✖', title, error instanceof Error ? error.message : String(error));
      this.failed.push(title);
    }
  }

  /** Prints the last line. @returns whether every check has passed */
  summary(): boolean {
    const seconds = ((Date.now() - this.began) / 1000).toFixed(0);
    const failed = this.failed.map((title) => `\n  ✖ ${title}`).join('');
    this.out.write(
      `\n${this.passed} checks passed, ${this.failed.length} failed, in ${seconds} s${failed}\n`,
    );
    return this.failed.length === 0;
  }

  /** Prints one line: what was found stands behind the title, further lines of it below. */
  private line(began: number, mark: string, title: string, found = ''): void {
    const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(7);
    const [first = '', ...rest] = found.split('\n');
    const more = rest.map((text) => `\n             ${text}`).join('');
    this.out.write(`${seconds} s  ${mark} ${title}${first ? `: ${first}` : ''}${more}\n`);
  }
}
