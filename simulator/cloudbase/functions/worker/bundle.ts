import path from 'node:path'
import { build } from 'esbuild'
import { simulatorFolder } from '../../../kit/own-sources'

let code: Promise<string> | undefined

/** Returns the JavaScript code of the worker threads, bundled once per process. */
export function workerCode(): Promise<string> {
  code ??= bundle()
  return code
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(simulatorFolder, 'cloudbase', 'functions', 'worker', 'main.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
  })
  return outputFiles[0]!.text
}
