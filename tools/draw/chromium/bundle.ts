import { dirname, join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** What the page loads. */
export interface Bundle {
  script: string;
  style: string;
}

/** Packages whose only form is CommonJS that was once an ES module, and which Grafana's modules import. */
const wrapped = /^(react-custom-scrollbars-2|react-inlinesvg)$/;

/**
 * What a `.mjs` file imports from CommonJS has, as Node.js has it, the whole of `module.exports` as its
 * default; Grafana's own build takes `exports.default`. A file between the two that is no `.mjs` has it so.
 */
const defaultsOfCommonJs: Plugin = {
  name: 'defaults-of-commonjs',
  setup: ({ onLoad, onResolve, resolve }) => {
    const between = 'between';
    onResolve({ filter: wrapped }, async ({ path, namespace, ...from }) => {
      if (namespace === between) return undefined;
      const found = await resolve(path, { kind: from.kind, resolveDir: from.resolveDir, namespace: between });
      return found.errors.length > 0 ? found : { path: found.path, namespace: between };
    });
    onLoad({ filter: /./, namespace: between }, ({ path }) => ({
      contents: `export * from ${JSON.stringify(path)}; export { default } from ${JSON.stringify(path)};`,
      resolveDir: dirname(path),
    }));
  },
};

/** Bundles the page with Grafana's components; seconds. */
export async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'page', 'main.tsx')],
    tsconfig: join(__dirname, '..', 'tsconfig.json'),
    bundle: true,
    write: false,
    outdir: 'page',
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: {
      '.ttf': 'dataurl',
      '.woff': 'empty',
      '.woff2': 'dataurl',
      '.svg': 'dataurl',
      '.png': 'dataurl',
    },
    plugins: [defaultsOfCommonJs],
    logLevel: 'error',
  });
  const text = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}
