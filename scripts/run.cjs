'use strict'
// Runs a TypeScript program of this project: node scripts/run.cjs <program.ts> [arguments]
// esbuild bundles the program's own sources (packages stay outside) into a new file under .cache, so
// that it always runs the current sources.
require('./command-line/node-version.cjs').requireNode()

const fs = require('node:fs')
const path = require('node:path')
const esbuild = require('esbuild')

const [node, , program, ...args] = process.argv
const outdir = path.join(__dirname, '..', '.cache', `run-${process.pid}`)
const outfile = path.join(outdir, `${path.basename(program, '.ts')}.cjs`)

fs.mkdirSync(outdir, { recursive: true })
sweep()
process.on('exit', () => fs.rmSync(outdir, { recursive: true, force: true }))
void run()

async function run() {
  const building = esbuild.build({
    entryPoints: [path.resolve(program)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'inline',
    logLevel: 'error',
  })
  // esbuild has printed file, line and message
  await building.catch(() => process.exit(1))
  await esbuild.stop()
  process.setSourceMapsEnabled(true)
  process.argv = [node, program, ...args]
  require(outfile)
}

/** Removes the folders of programs that were killed. */
function sweep() {
  for (const folder of fs.readdirSync(path.dirname(outdir))) {
    const [, pid] = /^run-(\d+)$/.exec(folder) || []
    if (pid && !isRunning(Number(pid))) {
      fs.rmSync(path.join(path.dirname(outdir), folder), { recursive: true, force: true })
    }
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}
