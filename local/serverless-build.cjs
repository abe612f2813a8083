'use strict';
const { execFileSync } = require('node:child_process');

/** Builds the bundles before they are packed, so that what is deployed is never stale. */
class BuildBeforePackage {
  constructor() {
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => {
        // The tests have built already, and run beside others that read the bundles.
        if (process.env.BUNDLES_ARE_BUILT) return;
        execFileSync('npm', ['run', '--silent', 'build'], { stdio: ['ignore', 'inherit', 'inherit'] });
      },
    };
  }
}

module.exports = BuildBeforePackage;
