// Runs a TypeScript program of this project: node scripts/run.mjs <program.ts> [arguments]
// esbuild bundles the program's own sources (packages stay outside) into a new file under .cache, so
// that it always runs the current sources.
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { build, stop } from 'esbuild'

const root = path.resolve(import.meta.dirname, '..')
const [program, ...args] = process.argv.slice(2)
const outdir = path.join(root, '.cache', `run-${process.pid}`)
const outfile = path.join(outdir, `${path.basename(program, '.ts')}.cjs`)

mkdirSync(outdir, { recursive: true })
sweep()
process.on('exit', () => rmSync(outdir, { recursive: true, force: true }))
try {
  await build({
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
} catch {
  process.exit(1) // esbuild has printed file, line and message
}
await stop()
process.setSourceMapsEnabled(true)
process.argv = [process.argv[0], program, ...args]
createRequire(import.meta.url)(outfile)

/** Removes the folders of programs that were killed. */
function sweep() {
  for (const folder of readdirSync(path.dirname(outdir))) {
    const pid = Number(/^run-(\d+)$/.exec(folder)?.[1])
    if (pid && !isRunning(pid)) {
      rmSync(path.join(path.dirname(outdir), folder), { recursive: true, force: true })
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
