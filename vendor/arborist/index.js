'use strict';

/** The SDK asks it for the packages of a function that becomes a cloud function; no stack here has one. */
exports.Arborist = class {
  constructor() {
    throw new Error(
      'vendor/arborist stands in for @npmcli/arborist, which cloud functions need. Remove it from dependencies and overrides in package.json, then run npm install.',
    );
  }
};
