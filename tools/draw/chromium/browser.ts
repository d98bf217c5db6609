import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { chromium, type Route } from 'playwright-core';
import type { Bundle } from './bundle';
import type { Drawing, Drawn } from './drawing';

/** Where the page believes to be; the name is reserved to lead nowhere (RFC 2606). */
const site = 'https://draw.invalid';

const folderOf = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** Grafana's icons, which its components load when they are drawn. */
const icons = join(folderOf('@grafana/ui'), 'dist', 'public', 'img', 'icons');

/** Grafana's fonts, of which its packages have only the names. */
const inter = (weight: number) =>
  join(folderOf('@fontsource/inter'), 'files', `inter-latin-${weight}-normal.woff2`);
const fonts: Readonly<Partial<Record<string, string>>> = {
  'inter/Inter-Regular.woff2': inter(400),
  'inter/Inter-Medium.woff2': inter(500),
};

const html = `<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/page.css">
<script>window.__grafana_public_path__ = '/public/';</script></head>
<body><div id="page"></div><script src="/page.js"></script></body></html>`;

/** Draws on one page after the other. Nothing that a page asks for leaves this machine. */
export interface Browser {
  /** @returns the picture (PNG), and what the page said about it */
  draw: (drawing: Drawing) => Promise<{ picture: Buffer; drawn: Drawn }>;
  close: () => Promise<void>;
}

/** @param executablePath of Chromium */
export async function browser(executablePath: string, bundle: Bundle): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath,
    // In a container Chromium often may not make its sandbox; it is shown our own page alone.
    chromiumSandbox: false,
    args: ['--force-color-profile=srgb', '--font-render-hinting=none'],
  });
  return {
    draw: async (drawing) => {
      const page = await browser.newPage({ viewport: { width: drawing.width, height: 1000 } });
      const thrown: string[] = [];
      page.on('pageerror', (error) => thrown.push(error.message));
      await page.route('**/*', (route) => answer(route, bundle));
      await page.goto(`${site}/`);
      // Not as JSON, which has neither NaN nor infinity.
      const drawn = await page.evaluate(
        (given) => (window as unknown as { draw: (drawing: Drawing) => Promise<Drawn> }).draw(given),
        drawing,
      );
      await page.setViewportSize({ width: drawing.width, height: drawn.height });
      const picture = await page.screenshot();
      await page.close();
      return { picture, drawn: { ...drawn, errors: [...drawn.errors, ...thrown] } };
    },
    close: () => browser.close(),
  };
}

/** The page's own files, Grafana's icons and fonts. */
async function answer(route: Route, { script, style }: Bundle): Promise<void> {
  const path = new URL(route.request().url()).pathname;
  const [, icon] = /^\/public\/.*img\/icons\/([\w/.-]+\.svg)$/.exec(path) ?? [];
  if (path === '/') return route.fulfill({ contentType: 'text/html', body: html });
  if (path === '/page.js') return route.fulfill({ contentType: 'text/javascript', body: script });
  if (path === '/page.css') return route.fulfill({ contentType: 'text/css', body: style });
  if (icon !== undefined) {
    return route.fulfill({ contentType: 'image/svg+xml', body: readFileSync(join(icons, icon)) });
  }
  const font = fonts[/^\/public\/fonts\/(.+)$/.exec(path)?.[1] ?? ''];
  if (font !== undefined) return route.fulfill({ contentType: 'font/woff2', body: readFileSync(font) });
  return route.abort();
}
