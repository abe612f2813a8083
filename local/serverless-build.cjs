'use strict';
const { execFileSync } = require('node:child_process');

/** Builds the bundles before they are packed, so that what is deployed is never stale. */
class BuildBeforePackage {
  constructor() {
    this.hooks = {
      'before:package:createDeploymentArtifacts': () =>
        execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] }),
    };
  }
}

module.exports = BuildBeforePackage;
