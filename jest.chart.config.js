/**
 * What needs the real charts (CHART_DIR) and helm, and so not part of `npm test`: run by `npm run
 * check:chart` after a change of a chart's version.
 *
 * @type {import('jest').Config}
 */
module.exports = { ...require('./jest.config'), testMatch: ['**/*.chart.ts'] };
