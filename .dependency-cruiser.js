/**
 * The order of the folders: each may import those before it and none after it.
 *
 *   config ← capacity ← contract, components ← checks ← stacks ← index; examples, policy, tools and proof stand apart
 *
 * Held by `npm run lint`. A new folder is first refused by `known-folders-only`: give it its place here.
 */
const productOnly = (folders) => `^(${folders.join('|')})/`;
const order = ['config', 'capacity', 'contract', 'observability', 'components', 'checks', 'stacks'];

/** What each folder may import besides itself, `versions.ts`, `package.json` and packages. */
const allowed = {
  config: [],
  capacity: ['config'],
  observability: ['config', 'capacity'],
  contract: ['config', 'capacity'],
  components: ['config', 'capacity', 'observability'],
  checks: ['config', 'capacity', 'observability', 'contract', 'components'],
  stacks: ['config', 'capacity', 'observability', 'contract', 'components', 'checks'],
  // What other teams can do: they have the contract alone.
  examples: ['contract'],
  // What another project can use: manifests are plain data, and amounts alone are read by a parser of ours.
  policy: ['config'],
  tools: [...order, 'policy'],
  proof: [...order, 'examples', 'policy', 'tools'],
  tests: [...order, 'examples', 'policy', 'tools', 'proof'],
};

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(allowed).map(([folder, others]) => ({
      name: `${folder}-imports-only-what-is-below`,
      comment: `${folder}/ may import ${others.map((other) => `${other}/`).join(', ') || 'no other folder of ours'}`,
      severity: 'error',
      from: { path: `^${folder}/` },
      to: {
        pathNot: [
          '^node_modules/',
          folder === 'tests'
            ? '^((index|versions)\\.ts|package\\.json)$'
            : '^(versions\\.ts|package\\.json)$',
          productOnly([folder, ...others]),
        ],
        dependencyTypesNot: ['core', 'npm', 'npm-dev', 'npm-peer', 'npm-optional'],
      },
    })),
    {
      name: 'no-cycles',
      comment: 'Two files that import each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'known-folders-only',
      comment:
        'index.ts and versions.ts stand at the top; everything else is in a folder that has its place in the order.',
      severity: 'error',
      from: { pathNot: [productOnly([...Object.keys(allowed)]), '^(index|versions)\\.ts$', '^[^/]+\\.js$'] },
      to: {},
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    // Packages that are imported by their parts, such as Grafana's Foundation SDK, say in `exports` what those are.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'require', 'node', 'default'],
    },
    doNotFollow: { path: 'node_modules' },
    // The page that tools/draw shows to Chromium and the policy pack have packages of their own, installed apart.
    exclude: { path: ['(^|/)node_modules/', '\\.config\\.js$', '^(tools/draw/chromium|policy/pack)/'] },
  },
};
