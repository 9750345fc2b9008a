'use strict'
// The oldest Node must be able to parse this file and scripts/run.cjs, which check its version.

/**
 * Returns whether a version of Node is too old for this project.
 * @param {string} present such as `20.19.0`
 * @param {string} engines `engines.node` of package.json: `>=` and the oldest version
 */
function isOld(present, engines) {
  const parts = present.split('.').map(Number)
  const oldest = oldestOf(engines).split('.').map(Number)
  for (let index = 0; index < oldest.length; index++) {
    if (parts[index] !== oldest[index]) return !(parts[index] > oldest[index])
  }
  return false
}

/** Returns the oldest version that `engines.node` allows. */
function oldestOf(engines) {
  return engines.replace(/^>=\s*/, '')
}

/** Ends the process with one sentence and exit code 1 if the running Node is too old. */
function requireNode() {
  const present = process.versions.node
  const engines = require('../../package.json').engines.node
  if (!isOld(present, engines)) return
  console.error(
    'This project needs Node ' +
      oldestOf(engines) +
      ' or later, and this is Node ' +
      present +
      ': install a newer one, then run npm ci.',
  )
  process.exit(1)
}

module.exports = { isOld: isOld, oldestOf: oldestOf, requireNode: requireNode }

// `node scripts/command-line/node-version.cjs && jest` is npm test.
if (require.main === module) requireNode()
