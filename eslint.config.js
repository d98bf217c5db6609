const tseslint = require('typescript-eslint');
const pulumi = require('@pulumi/eslint-plugin');

module.exports = tseslint.config(
  {
    ignores: [
      'node_modules/',
      'coverage/',
      'vendor/',
      '*.config.js',
      '.dependency-cruiser.js',
      // Its packages are installed apart; without their types nothing can be said about it (its own `check` can).
      'tools/draw/chromium/',
      'policy/pack/',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['program.js', 'tools/supported-node.js'] },
        tsconfigRootDir: __dirname,
      },
    },
    plugins: { '@pulumi': pulumi },
    rules: {
      '@pulumi/no-output-in-template-literal': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // How wide code is, is for Prettier. ESLint has the rule until 11; then @stylistic/eslint-plugin does.
      'max-len': ['error', { code: 9999, comments: 110, ignoreUrls: true, ignorePattern: 'eslint-disable' }],
      // A resource takes effect by being constructed.
      'no-new': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
    },
  },
  {
    files: ['components/**', 'stacks/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: '@pulumi/kubernetes',
          message: 'Take it from components/foundation/kubernetes.ts, which loads faster.',
        },
      ],
    },
  },
  // It runs before anything is compiled, so it is JavaScript, which has no types to check.
  {
    files: ['program.js', 'tools/supported-node.js'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
      '@pulumi/no-output-in-template-literal': 'off',
    },
  },
);
