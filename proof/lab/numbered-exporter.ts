import { numberedPage } from '../samples/numbered';
import { Exporter } from './exporter';

/** One answered scrape: the number that it gave to every series, and when (Unix time in milliseconds). */
export interface Served {
  number: number;
  at: number;
}

/** Exporter of numbered samples. The number is that of the scrape, and each path is counted on its own. */
export class NumberedExporter {
  private constructor(
    private readonly exporter: Exporter,
    private readonly served: ReadonlyMap<string, readonly Served[]>,
  ) {}

  static async start(): Promise<NumberedExporter> {
    const served = new Map<string, Served[]>();
    const page = (path: string): string => {
      const scrapes = served.get(path) ?? [];
      served.set(path, scrapes);
      const number = scrapes.length + 1;
      scrapes.push({ number, at: Date.now() });
      return numberedPage(number, Number(path.split('/')[2]));
    };
    return new NumberedExporter(await Exporter.start(page), served);
  }

  /** Path of a page with so many series. */
  static path(key: string, series: number): string {
    return `/${key}/${series}`;
  }

  get address(): string {
    return this.exporter.address;
  }

  /** Every scrape of a path so far. */
  scrapes(path: string): readonly Served[] {
    return this.served.get(path) ?? [];
  }

  stop(): Promise<void> {
    return this.exporter.stop();
  }
}
