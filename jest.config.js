/** @type {import('jest').Config} */
module.exports = {
  roots: ['<rootDir>/tests'],
  testEnvironment: 'node',
  // A test that renders a stack takes a second, and many on a busy machine; one that hangs is still ended.
  testTimeout: 60_000,
  // execa and what it needs are ES modules only, which Jest's CommonJS cannot load.
  transformIgnorePatterns: [
    '/node_modules/(?!(execa|@sindresorhus/merge-streams|@sec-ant/readable-stream|figures|get-stream|human-signals|' +
      'is-plain-obj|is-stream|is-unicode-supported|npm-run-path|parse-ms|path-key|pretty-ms|strip-final-newline|' +
      'unicorn-magic|yoctocolors)/)',
  ],
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
};
